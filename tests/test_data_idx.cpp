#include "data/idx.h"

#include <string>

#include "core/files/sha256.h"
#include "core/image.h"
#include "test_data_files.h"

namespace loom {
namespace {

using test::check_error;
using test::FileBytes;
using test::gzip_bytes;
using test::idx_bytes;
using test::join;

IdxFile images(const FileBytes& bytes) { return parse_idx(std::as_bytes(std::span(bytes)), "a", IdxKind::images); }
IdxFile labels(const FileBytes& bytes) { return parse_idx(std::as_bytes(std::span(bytes)), "a", IdxKind::labels); }

std::string hash_of(const FileBytes& bytes) { return sha256_hex(std::as_bytes(std::span(bytes))); }

// Sets the high-water mark of this process's memory to what is used now, and reads it, in KiB; 0 where unknown.
void reset_peak_memory() { std::ofstream("/proc/self/clear_refs") << 5; }
long peak_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    long value = 0;
    if (word == "VmHWM:" && status >> value) return value;
  }
  return 0;
}

}  // namespace

TEST_CASE("idx: images and labels, plain and gzip, told apart by content") {
  const FileBytes values{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255};
  const FileBytes plain = idx_bytes({2, 3, 2}, values);
  for (const FileBytes& bytes : {plain, gzip_bytes(plain)}) {
    const IdxFile file = images(bytes);
    CHECK(file.shape == Shape{2, 3, 2});
    CHECK(file.values == values);
    CHECK(file.sha256 == hash_of(plain));
  }
  const FileBytes plain_labels = idx_bytes({3}, {0, 9, 255});
  for (const FileBytes& bytes : {plain_labels, gzip_bytes(plain_labels)}) {
    CHECK(labels(bytes).shape == Shape{3});
    CHECK(labels(bytes).values == FileBytes{0, 9, 255});
  }
}

TEST_CASE("idx: from a file with any name") {
  const TemporaryDirectory folder;
  const FileBytes plain = idx_bytes({3}, {0, 9, 255});
  test::write_bytes(folder / "plain.gz", plain);
  test::write_bytes(folder / "packed", gzip_bytes(plain));
  CHECK(read_idx(folder / "plain.gz", IdxKind::labels).sha256 == hash_of(plain));
  CHECK(read_idx(folder / "packed", IdxKind::labels).sha256 == hash_of(plain));
  check_error([&] { read_idx(folder / "missing", IdxKind::labels); }, {"missing"});
}

TEST_CASE("idx: not an IDX file") {
  check_error([] { images({'P', 'K', 3, 4, 5}); }, {"a:", "not an IDX file", "50 4b 03 04", "00 00 08 03"});
  check_error([] { labels({'<', 'h', 't', 'm', 'l'}); }, {"a:", "not an IDX file", "00 00 08 01", "web page"});
}

TEST_CASE("idx: wrong element type or number of dimensions") {
  FileBytes bytes = idx_bytes({1, 1, 1}, {1});
  bytes[2] = 0x0d;
  check_error([&] { images(bytes); }, {"a:", "type", "0x0d", "0x08", "unsigned byte"});
  check_error([] { images(idx_bytes({1, 1}, {1})); }, {"a:", "2 dimensions", "expected 3"});
  check_error([] { images(idx_bytes({1, 1, 1, 1}, {1})); }, {"a:", "4 dimensions", "expected 3"});
}

TEST_CASE("idx: labels where images are expected, and the reverse") {
  check_error([] { images(idx_bytes({1}, {1})); }, {"a:", "holds labels", "images are expected", "swapped"});
  check_error([] { labels(idx_bytes({1, 1, 1}, {1})); }, {"a:", "holds images", "labels are expected", "swapped"});
}

TEST_CASE("idx: a file truncated anywhere, or longer than its header says") {
  const FileBytes plain = idx_bytes({2, 2, 2}, {1, 2, 3, 4, 5, 6, 7, 8});
  for (std::size_t size = 0; size < plain.size(); ++size) {
    const FileBytes part(plain.begin(), plain.begin() + static_cast<std::ptrdiff_t>(size));
    const char* what = size < 16 ? "inside the IDX header" : "images (2, 2, 2) need 8 bytes";
    check_error([&] { images(part); }, {"a:", what});
    check_error([&] { images(gzip_bytes(part)); }, {"a:", what});
  }
  check_error([&] { images(join({plain, {9}})); }, {"a:", "(2, 2, 2)", "need 8 bytes", "holds more"});
  check_error([&] { images(gzip_bytes(join({plain, {9}}))); }, {"a:", "need 8 bytes", "holds more"});
  check_error([&] { images(join({gzip_bytes(plain), gzip_bytes({9})})); }, {"a:", "need 8 bytes", "holds more"});
}

TEST_CASE("idx: damage after the last value is detected") {
  FileBytes bytes = gzip_bytes(idx_bytes({2, 1, 1}, {1, 2}));
  bytes[bytes.size() - 5] ^= 1;
  check_error([&] { images(bytes); }, {"a:", "CRC-32"});
}

TEST_CASE("idx: sizes out of bounds are refused before memory is allocated") {
  constexpr std::uint32_t kMany = (1u << 24) + 1, kHuge = 0xffffffff;
  check_error([] { images(idx_bytes({0, 28, 28}, {})); }, {"a:", "number of items is 0", "1 to 16777216"});
  check_error([] { images(idx_bytes({1, 0, 28}, {})); }, {"a:", "height is 0", "1 to 64"});
  check_error([] { images(idx_bytes({1, 65, 28}, {})); }, {"a:", "height is 65", "1 to 64"});
  check_error([] { images(idx_bytes({1, 28, 65}, {})); }, {"a:", "width is 65", "1 to 64"});
  check_error([] { images(idx_bytes({kMany, 1, 1}, {})); }, {"a:", "number of items is 16777217"});
  check_error([] { labels(idx_bytes({kMany}, {})); }, {"a:", "number of items is 16777217"});
  // Products that wrap to a small number in 32 or 64 bits.
  check_error([] { images(idx_bytes({kHuge, kHuge, kHuge}, {})); }, {"a:", "4294967295"});
  check_error([] { images(idx_bytes({1u << 31, 1u << 31, 4}, {})); }, {"a:", "2147483648"});
  check_error([] { images(idx_bytes({(1u << 17) + 1, 64, 64}, {})); },
              {"a:", "(131073, 64, 64)", "536875008", "at most 536870912"});
}

TEST_CASE("idx: a gzip bomb uses no memory") {
  const FileBytes zeros = gzip_bytes({}, 100 << 20);
  const FileBytes behind_header = gzip_bytes(idx_bytes({10, 28, 28}, {}), 100 << 20);
  const FileBytes empty_promise = gzip_bytes(idx_bytes({1u << 17, 64, 64}, {}), 1000);  // 512 MiB, in some 50 bytes
  const FileBytes plain_promise = idx_bytes({1u << 17, 64, 64}, {1, 2, 3});
  reset_peak_memory();
  const long before = peak_memory();
  check_error([&] { images(zeros); }, {"a:", "type is 0x00"});
  check_error([&] { images(behind_header); }, {"a:", "need 7840 bytes", "holds more"});
  check_error([&] { images(empty_promise); }, {"a:", "need 536870912 bytes", "no more than"});
  check_error([&] { images(plain_promise); }, {"a:", "need 536870912 bytes", "no more than 3"});
  CHECK(peak_memory() - before < 4 << 10);  // KiB; zlib's window and the messages
}

}  // namespace loom
