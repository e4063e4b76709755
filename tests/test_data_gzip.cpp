#include <algorithm>

#include "data/gzip.h"
#include "test_data_files.h"

namespace loom {
namespace {

using test::check_error;
using test::FileBytes;
using test::gzip_bytes;
using test::join;

FileBytes unpack(const FileBytes& compressed, std::size_t portion = 7) {
  GzipReader reader(std::as_bytes(std::span(compressed)), "a.gz");
  FileBytes out, part(portion);
  std::size_t count = portion;
  while (count == portion) {
    count = reader.read(std::as_writable_bytes(std::span(part)));
    out.insert(out.end(), part.begin(), part.begin() + static_cast<std::ptrdiff_t>(count));
  }
  CHECK(reader.read(std::as_writable_bytes(std::span(part))) == 0);
  return out;
}

FileBytes sample() {
  FileBytes out;
  for (int i = 0; i < 1000; ++i) out.push_back(static_cast<std::uint8_t>(i * i / 7));
  return out;
}

}  // namespace

TEST_CASE("gzip: unpacks in portions of any size") {
  for (const std::size_t portion : {std::size_t{1}, std::size_t{7}, std::size_t{1000}, std::size_t{5000}})
    CHECK(unpack(gzip_bytes(sample()), portion) == sample());
  CHECK(unpack(gzip_bytes({})).empty());
}

TEST_CASE("gzip: several members in a row; zeros after the last are padding") {
  const FileBytes a{1, 2, 3}, b = sample();
  const FileBytes zeros(512, 0);
  CHECK(unpack(join({gzip_bytes(a), gzip_bytes({}), gzip_bytes(b)})) == join({a, b}));
  CHECK(unpack(join({gzip_bytes(b), zeros})) == b);
  CHECK(unpack(join({gzip_bytes(a), zeros, gzip_bytes(b)})) == join({a, b}));
}

TEST_CASE("gzip: a file cut at any byte is an error") {
  const FileBytes whole = gzip_bytes(sample());
  for (std::size_t size = 0; size < whole.size(); ++size)
    check_error([&] { unpack({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)}); },
                {"a.gz", "truncated"});
}

TEST_CASE("gzip: damage is an error") {
  const FileBytes whole = gzip_bytes(sample());
  FileBytes bytes = whole;
  SUBCASE("checksum") {
    bytes[bytes.size() - 8] ^= 1;
    check_error([&] { unpack(bytes); }, {"a.gz", "CRC-32", "wrong"});
  }
  SUBCASE("length") {
    bytes[bytes.size() - 1] ^= 1;
    check_error([&] { unpack(bytes); }, {"a.gz", "length", "wrong"});
  }
  SUBCASE("header") {
    bytes[2] = 7;
    check_error([&] { unpack(bytes); }, {"a.gz", "damaged", "unknown compression method"});
  }
  SUBCASE("something else after the end") {
    check_error([&] { unpack(join({bytes, {'h', 'i'}})); }, {"a.gz", "2 bytes", "not gzip"});
  }
  SUBCASE("second member") {
    bytes[bytes.size() - 8] ^= 1;
    check_error([&] { unpack(join({whole, bytes})); }, {"a.gz", "CRC-32"});
  }
  SUBCASE("every single bit: never the wrong bytes") {
    for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
      bytes = whole;
      bytes[bit / 8] ^= static_cast<std::uint8_t>(1u << (bit % 8));
      FileBytes unpacked = sample();  // of bits that mean nothing: time, operating system
      try {
        unpacked = unpack(bytes, 1000);
      } catch (const Error&) {
      }
      REQUIRE(unpacked == sample());
    }
  }
}

TEST_CASE("gzip: the size of the buffer is the limit") {
  const FileBytes bomb = gzip_bytes({}, 100 << 20);
  CHECK(bomb.size() < (200 << 10));
  GzipReader reader(std::as_bytes(std::span(bomb)), "bomb.gz");
  FileBytes out(1000, 1);
  CHECK(reader.read(std::as_writable_bytes(std::span(out))) == 1000);
  CHECK(std::ranges::count(out, 0) == 1000);
}

TEST_CASE("gzip: no data set has a higher compression ratio than the limit") {
  const std::size_t size = 16 << 20;
  CHECK(size < gzip_bytes({}, size).size() * kMaxInflateRatio);
}

}  // namespace loom
