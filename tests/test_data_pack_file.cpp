// Whole data packs: written, read, damaged, made by somebody who means harm; and the packs that are committed.
#include <algorithm>

#include "core/files/file.h"
#include "core/files/sha256.h"
#include "data/gzip.h"
#include "data/hold_out.h"
#include "data/identity.h"
#include "data/load/load_dataset.h"
#include "data/pack/pack_file.h"
#include "pack_files.h"
#include "test_data_files.h"

namespace loom {
namespace {

using test::check_error;
using test::FileBytes;
using test::gzip_bytes;
using test::idx_bytes;
using test::write_bytes;
using Pack = std::vector<std::byte>;

// Images of 5x4, with classes or without.
Dataset shapes(Index images, bool classes = true, Split split = Split::train) {
  Dataset data;
  data.split = split;
  data.shape = {1, 5, 4};
  for (Index n = 0; n < images; ++n) {
    data.labels.push_back(classes ? static_cast<std::uint8_t>(n % 3) : 0);
    for (Index p = 0; p < 20; ++p) data.pixels.push_back(static_cast<std::uint8_t>(n * 7 + p * p));
  }
  if (classes) data.class_names = {"a", "b", "c"};
  data.images_path = data.labels_path = "shapes/train";
  set_hashes(data, classes);
  return data;
}

Dataset read_back(const Pack& pack) { return read_pack(pack, "a.pack"); }

// The pack with its header changed, and length and SHA-256 corrected.
Pack changed(const Pack& pack, std::string_view from, std::string_view to) {
  const PackHeader header = parse_pack_header(pack, "a");
  const std::string text(reinterpret_cast<const char*>(pack.data()), pack.size());
  const auto begin = static_cast<std::size_t>(header.data_begin);
  const std::string json = text.substr(kPackPrefixBytes, begin - kPackPrefixBytes);
  const std::string out = test::with_header(test::with_replaced(json, from, to)) + text.substr(begin);
  const auto bytes = test::as_bytes(out);
  return {bytes.begin(), bytes.end()};
}

// The pack with another stream as its last block; sizes and the SHA-256 of the stream are corrected.
Pack with_last_stream(const Pack& pack, const FileBytes& stream) {
  PackHeader header = parse_pack_header(pack, "a");
  PackBlock& last = header.blocks.back();
  const auto stored = std::as_bytes(std::span(stream));
  Pack data(pack.begin() + static_cast<std::ptrdiff_t>(header.data_begin),
            pack.begin() + static_cast<std::ptrdiff_t>(header.data_begin + last.offset));
  data.insert(data.end(), stored.begin(), stored.end());
  last.packed_bytes = stream.size();
  last.packed_sha256 = sha256_hex(stored);
  const std::string text = pack_header_text(header);
  Pack out(test::as_bytes(text).begin(), test::as_bytes(text).end());
  out.insert(out.end(), data.begin(), data.end());
  return out;
}

FileBytes zlib_bytes(const FileBytes& bytes) {
  uLongf size = compressBound(static_cast<uLong>(bytes.size()));
  FileBytes out(size);
  REQUIRE(compress2(out.data(), &size, bytes.data(), static_cast<uLong>(bytes.size()), 9) == Z_OK);
  out.resize(size);
  return out;
}

FileBytes last_stored(const Dataset& data, Index images, int levels) {
  const auto size = static_cast<std::size_t>(images * data.shape.size());
  return stored_images(std::span(data.pixels).last(size), data.shape, levels);
}

}  // namespace

TEST_CASE("pack: reads back what was written, with any number of levels and any block size") {
  const Dataset data = shapes(23);
  for (const int levels : {0, 256, 100, 16, 2})
    for (const PackOptions& blocks : {PackOptions{}, PackOptions{.first_block = 3, .block = 10}}) {
      CAPTURE(levels);
      PackOptions options = blocks;
      options.levels = levels;
      const Pack pack = write_pack(data, options);
      CHECK(write_pack(data, options) == pack);
      const Dataset again = read_back(pack);
      CHECK(again.name == "custom");
      CHECK(again.shape == data.shape);
      CHECK(again.labels == data.labels);
      CHECK(again.class_names == data.class_names);
      CHECK(again.labels_sha256 == data.labels_sha256);
      REQUIRE(again.pixels.size() == data.pixels.size());
      const int kept = levels == 0 ? 256 : levels;
      for (std::size_t i = 0; i < data.pixels.size(); ++i)
        REQUIRE(again.pixels[i] == shown_grey(stored_level(data.pixels[i], kept), kept));
      CHECK((again.images_sha256 == data.images_sha256) == (kept == 256));
      REQUIRE(again.pack);
      CHECK(again.pack->levels == kept);
      CHECK(again.pack->sha256 == sha256_hex(pack));
      CHECK(again.pack->origin.images_sha256 == data.images_sha256);
      CHECK(again.pack->origin.images == 23);
      CHECK(dataset_title(again) == "shapes");
    }
  CHECK(parse_pack_header(write_pack(data, {.first_block = 3, .block = 10}), "a").blocks.size() == 3);
}

TEST_CASE("pack: the first images only, and the description of a pack") {
  const Dataset data = shapes(23);
  const Pack pack =
      write_pack(data, {.images = 9, .levels = 16, .title = "My shapes", .licence = "CC0", .source = "me"});
  const Dataset part = read_back(pack);
  CHECK(part.size() == 9);
  CHECK(part.labels == FileBytes(data.labels.begin(), data.labels.begin() + 9));
  CHECK(part.pack->origin.licence == "CC0");
  CHECK(part.pack->origin.source == "me");
  CHECK(part_text(part) ==
        "9 of 23 images at 16 grey levels of My shapes (training), pack SHA-256 " + sha256_hex(pack));
  CHECK(part_text(read_back(write_pack(data, {}))).starts_with("all 23 images of shapes (training), pack"));
  CHECK(part_text(data).empty());

  // A pack of a pack still says where its images come from, and cannot invent grey levels.
  const Dataset again = read_back(write_pack(part, {.images = 4}));
  CHECK(again.pack->levels == 16);
  CHECK(again.pack->origin.images == 23);
  CHECK(again.pack->origin.images_sha256 == data.images_sha256);
  CHECK(again.pack->origin.title == "My shapes");
  CHECK(std::equal(again.pixels.begin(), again.pixels.end(), part.pixels.begin()));
  check_error([&] { write_pack(part, {.levels = 17}); }, {"has 16 grey levels left", "17"});
}

TEST_CASE("pack: a set without classes stays without classes") {
  const Dataset again = read_back(write_pack(shapes(7, false), {.levels = 16}));
  CHECK(again.labels == FileBytes(7, 0));
  CHECK(again.labels_sha256.empty());
  CHECK(again.class_names.empty());
  Dataset numbered = shapes(7);  // labels that have no names
  numbered.class_names.clear();
  CHECK(read_back(write_pack(numbered, {})).labels == numbered.labels);
  CHECK_FALSE(read_back(write_pack(numbered, {})).labels_sha256.empty());
}

TEST_CASE("pack: what cannot be packed") {
  const Dataset data = shapes(5);
  check_error([&] { write_pack(data, {.images = 6}); }, {"shapes/train", "has 5 images", "first 6"});
  check_error([&] { write_pack(data, {.levels = 1}); }, {"--levels is 1", "2 to 256"});
  check_error([&] { write_pack(data, {.levels = 257}); }, {"--levels is 257"});
  check_error([&] { write_pack(data, {.title = "a\nb"}); }, {"--name", "control characters"});
  check_error([&] { write_pack(data, {.licence = std::string(201, 'x')}); }, {"--licence", "at most 200"});
  check_error([&] { write_pack(data, {.source = "\xff"}); }, {"--source", "UTF-8"});
  Dataset odd = data;
  odd.class_names[1] = "\x1b[31m";
  check_error([&] { write_pack(odd, {}); }, {"a class is named", "control characters"});
}

TEST_CASE("pack: truncated at any byte, or with extra bytes at the end") {
  const Pack whole = write_pack(shapes(7), {.levels = 16, .first_block = 3});
  for (std::size_t size = 0; size < whole.size(); ++size)
    REQUIRE(message_of([&] { read_back(Pack(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size))); }) !=
            "no error");
  Pack more = whole;
  more.push_back(std::byte{0});
  check_error([&] { read_back(more); }, {"a.pack", "something follows the last block"});
  more.resize(whole.size() - 1);
  check_error([&] { read_back(more); }, {"a.pack", "the file is cut short"});
}

TEST_CASE("pack: every flipped bit is detected") {
  const Pack whole = write_pack(shapes(5), {.levels = 16, .first_block = 3});
  for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
    Pack pack = whole;
    pack[bit / 8] ^= static_cast<std::byte>(1 << bit % 8);
    REQUIRE_MESSAGE(message_of([&] { read_back(pack); }) != "no error", bit);
  }
}

TEST_CASE("pack: malicious compressed streams") {
  const Dataset data = shapes(10);
  const Pack pack = write_pack(data, {.images = 7, .levels = 16, .first_block = 3});
  const FileBytes stored = last_stored(read_back(pack), 4, 16), good = zlib_bytes(stored);
  CHECK(with_last_stream(pack, good) == pack);
  const auto refused = [&](const FileBytes& stream, std::initializer_list<const char*> words) {
    check_error([&] { read_back(with_last_stream(pack, stream)); }, words);
  };
  refused({good.begin(), good.end() - 1}, {"block 1", "does not end after the expected 48 bytes"});
  refused({good.begin(), good.begin() + 9}, {"block 1", "not a complete zlib stream"});
  refused(test::join({good, {0}}), {"block 1", "1 bytes follow the end of its zlib stream"});
  refused(test::join({good, good}), {"bytes follow the end"});
  refused(gzip_bytes(stored), {"block 1", "not a complete zlib stream"});
  refused(zlib_bytes(test::join({stored, {0}})), {"does not end after the expected 48 bytes"});
  refused(zlib_bytes({stored.begin(), stored.end() - 1}), {"unpacks to 47 bytes, expected 48"});
  refused(zlib_bytes(FileBytes(100 << 20, 0)), {"does not end after the expected 48 bytes"});
  FileBytes other = stored;
  other[0] ^= 1;
  refused(zlib_bytes(other), {"block 1", "SHA-256 of the unpacked bytes"});
  FileBytes wrong_sum = good;
  wrong_sum.back() ^= 1;
  refused(wrong_sum, {"not a complete zlib stream"});
}

TEST_CASE("pack: malicious headers") {
  const Dataset data = shapes(10);
  const Pack pack = write_pack(data, {.levels = 16});
  const PackHeader header = parse_pack_header(pack, "a");
  CHECK_NOTHROW(read_back(changed(pack, "\"shapes\"", "\"forms\"")));
  check_error([&] { read_back(changed(pack, header.pixels_sha256, std::string(64, '0'))); },
              {"a.pack", "SHA-256 of the pixels"});
  check_error([&] { read_back(changed(pack, "\"levels\":16", "\"levels\":15")); }, {"level 15", "0 to 14"});
  check_error([&] { read_back(changed(pack, "\"levels\":16", "\"levels\":256")); }, {"unpacks to"});
  check_error([&] { read_back(changed(pack, "[\"a\",\"b\",\"c\"]", "[\"a\",\"b\"]")); }, {"label 2 is 2", "0 to 1"});
  check_error([&] { read_back(changed(pack, header.labels->sha256, std::string(64, '0'))); }, {"labels", "SHA-256"});
  const Pack full = write_pack(data, {});
  check_error([&] { read_back(changed(full, data.images_sha256, std::string(64, '0'))); },
              {"a.pack", "claims to hold all 10 images of shapes unchanged", "images is another"});
  check_error([&] { read_back(changed(full, data.labels_sha256, std::string(64, '0'))); }, {"labels is another"});
}

TEST_CASE("pack: load_dataset accepts one and never returns the other split") {
  const TemporaryDirectory folder;
  const auto write = [&](const char* name, const Pack& pack) {
    write_file_atomic(folder / name, pack);
    return folder / name;
  };
  const auto train = write("train.bin", write_pack(shapes(12), {}));
  const auto test = write("test.bin", write_pack(shapes(4, true, Split::test), {}));
  CHECK(is_pack(train));
  CHECK_FALSE(is_pack(folder.path));
  CHECK_FALSE(is_pack(folder / "none"));
  CHECK(load_dataset(train, Split::train).size() == 12);
  CHECK(load_dataset(test, Split::test).size() == 4);
  check_error([&] { load_dataset(train, Split::test); },
              {"train.bin", "pack of training images of shapes", "where test images are expected", "--test-data"});
  check_error([&] { load_dataset(test, Split::train); }, {"test.bin", "where training images are expected", "--data"});
  DataSource both(train);
  both.test_path = test;
  CHECK(load_dataset(both, Split::train).size() == 12);
  CHECK(load_dataset(both, Split::test).size() == 4);
  DataSource resized(train);
  resized.resize = PictureSize{3, 3};
  check_error([&] { load_dataset(resized, Split::train); }, {"train.bin", "a data pack", "resizing"});
}

TEST_CASE("pack: published data sets are recognised by their pixels only") {
  const auto data_folder = test::real_data();
  if (data_folder.empty()) return;
  for (const char* name : {"fashion-mnist", "mnist"}) {
    const Dataset data = load_dataset(data_folder / name, Split::test);
    const Dataset whole = read_back(write_pack(data, {}));
    CHECK(whole.name == name);
    CHECK(part_text(whole).empty());
    CHECK(whole.pixels == data.pixels);
    CHECK_NOTHROW(require_identity(whole, name));
    const Dataset part = read_back(write_pack(data, {.images = 100, .levels = 16}));
    CHECK(part.name == "custom");
    CHECK(origin_name(part) == name);
    CHECK(part_text(part).starts_with("100 of 10,000 images at 16 grey levels of " + dataset_title(data) + " (test)"));
    check_error([&] { write_pack(data, {.licence = "CC0"}); }, {"licence", "known", "leave out --licence"});
    // Published test images under the name of own training images.
    Dataset hidden = data;
    hidden.split = Split::train;
    hidden.name = "custom";
    check_error([&] { read_back(write_pack(hidden, {})); }, {"holds the test images", "under the name of training"});
  }
}

TEST_CASE("pack: the committed packs, and their commands in weights/README.md") {
  const auto folder = source_path("weights/data");
  struct Row {
    const char *name, *dataset;
    Split split;
    PackOptions options;
  };
  const auto data = test::real_data();
  for (const Row& row : {Row{"fashion-mnist-test", "fashion-mnist", Split::test, {}},
                         Row{"fashion-mnist-train-10k", "fashion-mnist", Split::train, {.images = 10000, .levels = 16}},
                         Row{"mnist-test", "mnist", Split::test, {}},
                         Row{"mnist-train-10k", "mnist", Split::train, {.images = 10000, .levels = 16}}}) {
    CAPTURE(row.name);
    const auto file = std::filesystem::path(folder) / (std::string(row.name) + ".pack");
    const Dataset pack = load_dataset(file, row.split);
    CHECK(pack.size() == 10000);
    CHECK(origin_name(pack) == row.dataset);
    CHECK((pack.name == row.dataset) == (row.split == Split::test));
    CHECK(pack.pack->levels == (row.split == Split::test ? 256 : 16));
    if (!data.empty())
      CHECK(write_pack(load_dataset(data / row.dataset, row.split), row.options) == read_pack_file(file));
  }
}

}  // namespace loom
