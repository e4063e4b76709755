#include <cmath>
#include <cstring>

#include "core/files/sha256.h"
#include "data/hold_out.h"
#include "data/images/image_file.h"
#include "data/load/load_dataset.h"
#include "test_data_files.h"

namespace loom {
namespace {

using test::check_error;
using test::FileBytes;
using test::idx_bytes;
using test::join;
using test::write_bytes;

FileBytes big_endian(std::uint32_t value) {
  return {static_cast<std::uint8_t>(value >> 24), static_cast<std::uint8_t>(value >> 16),
          static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)};
}

FileBytes chunk(const char* kind, const FileBytes& content) {
  const FileBytes checked = join({FileBytes(kind, kind + 4), content});
  const auto sum = static_cast<std::uint32_t>(crc32(0, checked.data(), static_cast<uInt>(checked.size())));
  return join({big_endian(static_cast<std::uint32_t>(content.size())), checked, big_endian(sum)});
}

enum PngColor : std::uint8_t { kGreyPng = 0, kRgbPng = 2, kGreyAlphaPng = 4, kRgbaPng = 6 };

// A PNG of rows of samples, 8 or 16 bits each (16: big-endian pairs of bytes).
FileBytes png(std::uint32_t width, std::uint32_t height, PngColor colour, const FileBytes& samples,
              std::uint8_t depth = 8) {
  FileBytes lines;
  const std::size_t row = samples.size() / height;
  for (std::uint32_t y = 0; y < height; ++y) {
    lines.push_back(0);
    lines.insert(lines.end(), samples.begin() + static_cast<std::ptrdiff_t>(y * row),
                 samples.begin() + static_cast<std::ptrdiff_t>((y + 1) * row));
  }
  uLongf size = compressBound(lines.size());
  FileBytes packed(size);
  REQUIRE(compress(packed.data(), &size, lines.data(), lines.size()) == Z_OK);
  packed.resize(size);
  return join({{0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'},
               chunk("IHDR", join({big_endian(width), big_endian(height), {depth, colour, 0, 0, 0}})),
               chunk("IDAT", packed),
               chunk("IEND", {})});
}

std::string idx_sha256(std::initializer_list<std::uint32_t> dims, const FileBytes& values) {
  const FileBytes file = idx_bytes(dims, values);
  return sha256_hex(std::as_bytes(std::span(file)));
}

GreyImage decode(const FileBytes& bytes) { return decode_image(std::as_bytes(std::span(bytes)), "a.png"); }

// 16x8: left half 0, right half 200 (libjpeg at quality 100).
const FileBytes kJpeg{
    255, 216, 255, 224, 0,   16,  74,  70,  73,  70,  0,   1,   1,   0,   0,   1,   0,   1,   0,   0,   255, 219, 0,
    67,  0,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,
    1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,
    1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   1,   255, 192, 0,
    11,  8,   0,   8,   0,   16,  1,   1,   17,  0,   255, 196, 0,   31,  0,   0,   1,   5,   1,   1,   1,   1,   1,
    1,   0,   0,   0,   0,   0,   0,   0,   0,   1,   2,   3,   4,   5,   6,   7,   8,   9,   10,  11,  255, 196, 0,
    181, 16,  0,   2,   1,   3,   3,   2,   4,   3,   5,   5,   4,   4,   0,   0,   1,   125, 1,   2,   3,   0,   4,
    17,  5,   18,  33,  49,  65,  6,   19,  81,  97,  7,   34,  113, 20,  50,  129, 145, 161, 8,   35,  66,  177, 193,
    21,  82,  209, 240, 36,  51,  98,  114, 130, 9,   10,  22,  23,  24,  25,  26,  37,  38,  39,  40,  41,  42,  52,
    53,  54,  55,  56,  57,  58,  67,  68,  69,  70,  71,  72,  73,  74,  83,  84,  85,  86,  87,  88,  89,  90,  99,
    100, 101, 102, 103, 104, 105, 106, 115, 116, 117, 118, 119, 120, 121, 122, 131, 132, 133, 134, 135, 136, 137, 138,
    146, 147, 148, 149, 150, 151, 152, 153, 154, 162, 163, 164, 165, 166, 167, 168, 169, 170, 178, 179, 180, 181, 182,
    183, 184, 185, 186, 194, 195, 196, 197, 198, 199, 200, 201, 202, 210, 211, 212, 213, 214, 215, 216, 217, 218, 225,
    226, 227, 228, 229, 230, 231, 232, 233, 234, 241, 242, 243, 244, 245, 246, 247, 248, 249, 250, 255, 218, 0,   8,
    1,   1,   0,   0,   63,  0,   255, 0,   63,  250, 255, 0,   100, 10,  255, 217};

}  // namespace

TEST_CASE("pictures: grey keeps its value, colour becomes Rec. 709 luma, transparency is blended over black") {
  const GreyImage ramp = decode(png(3, 2, kGreyPng, {0, 1, 2, 253, 254, 255}));
  CHECK(ramp.height == 2);
  CHECK(ramp.width == 3);
  CHECK(ramp.pixels == FileBytes{0, 1, 2, 253, 254, 255});
  // round(0.2126 * 255), round(0.7152 * 255), round(0.0722 * 255), white, and 0.2126*10 + 0.7152*20 + 0.0722*30
  CHECK(decode(png(5, 1, kRgbPng, {255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 10, 20, 30})).pixels ==
        FileBytes{54, 182, 18, 255, 19});
  CHECK(decode(png(3, 1, kGreyAlphaPng, {200, 255, 200, 0, 255, 128})).pixels == FileBytes{200, 0, 128});
  CHECK(decode(png(2, 1, kRgbaPng, {255, 255, 255, 51, 0, 255, 0, 128})).pixels ==
        FileBytes{51, 92});  // 182.4 * 128 / 255
}

TEST_CASE("pictures: transparency is blended over black, sample by sample, as in the page") {
  // The same picture and the same rule as in tests/browser/own_data.test.mjs.
  constexpr int kSide = 64;
  FileBytes samples;
  std::uint32_t state = 1;
  for (int i = 0; i < 4 * kSide * kSide; ++i) {
    state = state * 1664525u + 1013904223u;
    samples.push_back(static_cast<std::uint8_t>(state >> 24));
  }
  const FileBytes found = decode(png(kSide, kSide, kRgbaPng, samples)).pixels;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const double opacity = samples[4 * i + 3] / 255.0;
    const auto over_black = [&](std::size_t c) { return std::lround(samples[4 * i + c] * opacity); };
    const std::int64_t luma = 2126 * over_black(0) + 7152 * over_black(1) + 722 * over_black(2);
    REQUIRE(found[i] == (luma + 5000) / 10000);
  }
}

TEST_CASE("pictures: a JPEG whose Huffman tables are larger than the decoder's is refused") {
  const std::size_t tables = 102;  // FF C4 of the first tables
  REQUIRE(kJpeg[tables] == 255);
  REQUIRE(kJpeg[tables + 1] == 196);
  CHECK_NOTHROW(decode(kJpeg));
  const auto with_count = [&](std::uint8_t count) {
    FileBytes changed = kJpeg;
    changed[tables + 5 + 15] = count;  // of codes of 16 bits
    return changed;
  };
  check_error([&] { decode(with_count(245)); },
              {"a.png: damaged: a JPEG Huffman table of 257 codes, expected at most 256"});
  // Sixteen times 255, in a segment that says that it ends before the counts do.
  FileBytes past_the_end{255, 216, 255, 196, 0, 3, 0};
  past_the_end.insert(past_the_end.end(), 16, 255);
  past_the_end.insert(past_the_end.end(), {255, 217});
  check_error([&] { decode(past_the_end); }, {"Huffman table of 4080 codes"});
  check_error([&] { decode({255, 216, 255, 196, 0, 10, 0, 0, 1, 0, 0, 255, 255, 194, 255, 217}); }, {"Huffman table"});
  // Between two scans, behind data with a stuffed byte, a restart marker and fill bytes.
  FileBytes later = kJpeg;
  later.resize(later.size() - 2);
  later.insert(later.end(), {255, 0, 255, 208, 7, 255, 255, 196, 0, 19, 16});
  later.insert(later.end(), 16, 17);
  later.insert(later.end(), {255, 217});
  check_error([&] { decode(later); }, {"Huffman table of 272 codes"});
}

TEST_CASE("pictures: 16 bits are rounded to 8") {
  // 65535, 0, 128 (0.498 of a step), 129 (0.502), 32767 (127.498), 32768 (127.502)
  CHECK(decode(png(6, 1, kGreyPng, {255, 255, 0, 0, 0, 128, 0, 129, 127, 255, 128, 0}, 16)).pixels ==
        FileBytes{255, 0, 0, 1, 127, 128});
}

TEST_CASE("pictures: JPEG") {
  const GreyImage image = decode(kJpeg);
  REQUIRE(image.pixels.size() == 128);
  for (std::size_t i = 0; i < 128; ++i) CHECK(image.pixels[i] == (i % 16 < 8 ? 0 : 200));
  check_error([] { decode(FileBytes(kJpeg.begin(), kJpeg.end() - 2)); }, {"a.png", "end marker", "336 bytes"});
}

TEST_CASE("pictures: every truncation and every changed byte of a PNG is detected") {
  const FileBytes good = png(4, 3, kRgbPng, FileBytes(36, 77));
  for (std::size_t size = 0; size < good.size(); ++size)
    check_error([&] { decode(FileBytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size))); },
                {"a.png: "});
  for (std::size_t at = 0; at < good.size(); ++at)
    for (const int flip : {1, 128}) {
      FileBytes bad = good;
      bad[at] = static_cast<std::uint8_t>(bad[at] ^ flip);
      check_error([&] { decode(bad); }, {"a.png: "});
    }
}

TEST_CASE("pictures: a truncated or changed JPEG gives an error or an image, never a crash") {
  for (std::size_t size = 0; size < kJpeg.size(); ++size)
    check_error([&] { decode(FileBytes(kJpeg.begin(), kJpeg.begin() + static_cast<std::ptrdiff_t>(size))); },
                {"a.png: "});
  std::size_t refused = 0;
  for (std::size_t at = 0; at < kJpeg.size(); ++at) {
    FileBytes bad = kJpeg;
    bad[at] = static_cast<std::uint8_t>(bad[at] ^ 0x5a);
    try {
      const GreyImage image = decode(bad);
      CHECK(image.pixels.size() == static_cast<std::size_t>(image.height * image.width));
    } catch (const Error&) {
      ++refused;
    }
  }
  CHECK(refused > 20);  // headers at least
}

TEST_CASE("pictures: sizes out of bounds are refused") {
  FileBytes large = png(4, 3, kGreyPng, FileBytes(12, 7));
  const FileBytes header = chunk("IHDR", join({big_endian(8000), big_endian(8000), {8, 0, 0, 0, 0}}));
  std::copy(header.begin(), header.end(), large.begin() + 8);
  check_error([&] { decode(large); }, {"a.png", "8000x8000", "16777216"});
}

TEST_CASE("resize: each pixel is the mean of its area") {
  const GreyImage image{2, 4, {0, 100, 10, 20, 200, 100, 30, 40}};
  CHECK(resize_by_area(image, 2, 4).pixels == image.pixels);
  CHECK(resize_by_area(image, 1, 2).pixels == FileBytes{100, 25});
  CHECK(resize_by_area(image, 1, 1).pixels == FileBytes{63});  // 62.5
  CHECK(resize_by_area(image, 4, 4).pixels ==
        FileBytes{0, 100, 10, 20, 0, 100, 10, 20, 200, 100, 30, 40, 200, 100, 30, 40});
  // Thirds of 4 columns: (0 + 100/3) / (4/3), (200/3 + 20/3) / (4/3), (10/3 + 20) / (4/3) in the first row
  CHECK(resize_by_area(image, 2, 3).pixels == FileBytes{25, 55, 18, 175, 65, 38});
  for (const Index side : {1, 3, 7, 64}) {
    const GreyImage flat{side, 5, FileBytes(static_cast<std::size_t>(side * 5), 201)};
    for (const std::uint8_t pixel : resize_by_area(flat, 9, 11).pixels) CHECK(pixel == 201);
  }
  check_error([&] { resize_by_area(image, 0, 3); }, {"0x3"});
}

TEST_CASE("dataset: a folder of pictures has the same hash as the IDX file with these images") {
  const TemporaryDirectory folder;
  for (const char* half : {"train", "test"})
    for (const char* name : {"b", "a"}) std::filesystem::create_directories(folder.path / half / name);
  write_bytes(folder.path / "train/b/1.png", png(2, 1, kGreyPng, {3, 4}));
  write_bytes(folder.path / "train/a/2.PNG", png(2, 1, kGreyPng, {1, 2}));
  write_bytes(folder.path / "train/a/10.png", png(2, 1, kRgbPng, {9, 9, 9, 8, 8, 8}));
  write_bytes(folder.path / "train/a/.hidden.png", {1});
  write_bytes(folder.path / "train/a/notes.txt", {1});
  write_bytes(folder.path / "test/b/1.png", png(2, 1, kGreyPng, {5, 6}));
  write_bytes(folder.path / "test/a/1.png", png(2, 1, kGreyPng, {7, 8}));
  const Dataset data = load_dataset(folder.path, Split::train);
  CHECK(data.pixels == FileBytes{9, 8, 1, 2, 3, 4});
  CHECK(data.labels == FileBytes{0, 0, 1});
  CHECK(data.class_names == std::vector<std::string>{"a", "b"});
  CHECK(data.images_sha256 == idx_sha256({3, 1, 2}, {9, 8, 1, 2, 3, 4}));
  CHECK(data.labels_sha256 == idx_sha256({3}, {0, 0, 1}));
  CHECK(load_dataset(folder.path, Split::test).pixels == FileBytes{7, 8, 5, 6});
  const std::string name = folder.path.filename().string();
  CHECK(dataset_title(data) == name);
  const auto title_at = [](const char* images, const char* labels) {
    Dataset set;
    set.images_path = images, set.labels_path = labels;
    return dataset_title(set);
  };
  for (const char* path : {"far/mine", "mine/", "/mine/test", "mine/train/"}) CHECK(title_at(path, path) == "mine");
  CHECK(title_at("mine/pixels.idx", "") == "mine");
}

TEST_CASE("dataset: held-out images and the others make up the whole, and equal images are on the same side") {
  const TemporaryDirectory folder;
  FileBytes values;
  for (int n = 0; n < 400; ++n)
    for (const int value : {n % 200, 255 - n % 200, 7}) values.push_back(static_cast<std::uint8_t>(value));
  write_bytes(folder.path / "pixels.idx", idx_bytes({400, 1, 3}, values));
  const Dataset train = load_dataset(folder.path, Split::train), test = load_dataset(folder.path, Split::test);
  CHECK(dataset_title(train) == folder.path.filename().string());
  CHECK(train.size() + test.size() == 400);
  CHECK(test.size() >= 20);
  CHECK(test.size() <= 70);
  CHECK(train.labels_sha256.empty());
  for (const Dataset* data : {&train, &test})
    for (Index n = 0; n < data->size(); ++n)
      CHECK(is_held_out(std::span(data->pixels).subspan(static_cast<std::size_t>(3 * n), 3)) == (data == &test));
  CHECK(test.images_sha256 == idx_sha256({static_cast<std::uint32_t>(test.size()), 1, 3}, test.pixels));
}

}  // namespace loom
