#include "data/idx_header.h"

#include <doctest/doctest.h>

#include <vector>

#include "core/bytes.h"
#include "message_of.h"

namespace loom {
namespace {

std::vector<std::byte> bytes_of(std::initializer_list<int> numbers) {
  std::vector<std::byte> bytes;
  for (const int number : numbers) bytes.push_back(static_cast<std::byte>(number));
  return bytes;
}

std::string error(std::initializer_list<int> numbers, IdxKind kind = IdxKind::images) {
  return message_of([&] { read_idx_header(bytes_of(numbers), "f", kind); });
}

}  // namespace

TEST_CASE("idx header: shapes of images and labels, whatever bytes follow") {
  const std::vector<std::byte> images = bytes_of({0, 0, 8, 3, 0, 1, 0, 2, 0, 0, 0, 28, 0, 0, 0, 30, 99, 99});
  CHECK(read_idx_header(images, "f", IdxKind::images) == Shape{65538, 28, 30});
  CHECK(idx_header_size(IdxKind::images) == 16);
  CHECK(idx_value_count({65538, 28, 30}) == 55051920);
  CHECK(read_idx_header(bytes_of({0, 0, 8, 1, 0, 0, 0, 7}), "f", IdxKind::labels) == Shape{7});
  CHECK(starts_as_idx(images, IdxKind::images));
  CHECK_FALSE(starts_as_idx(images, IdxKind::labels));
  CHECK_FALSE(starts_as_idx(std::span(images).first(3), IdxKind::images));
}

TEST_CASE("idx header: the error says what the file is instead") {
  CHECK(error({}) == "f: ends inside the IDX header, after 0 of 16 bytes");
  CHECK(error({0, 0, 8, 3, 0, 0, 0, 1}) == "f: ends inside the IDX header, after 8 of 16 bytes");
  CHECK(error({'<', 'h', 't', 'm'})
            .starts_with("f: not an IDX file: starts with 3c 68 74 6d, expected 00 00 08 03 (it "));
  CHECK(error({0, 0, 0x0d, 3}) ==
        "f: IDX element type is 0x0d (32-bit floating point), 3 dimensions; expected 0x08 (unsigned byte) and 3 "
        "dimensions "
        "for images; array.astype('uint8') in NumPy converts them");
  CHECK(error({0, 0, 8, 1}) == "f: holds labels where images are expected: are two files swapped?");
  CHECK(error({0, 0, 8, 2}) == "f: IDX array has 2 dimensions, expected 3 for images");
  CHECK(error({0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1}) == "f: number of items is 0, expected 1 to 16777216");
  CHECK(error({0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 65, 0, 0, 0, 1}) == "f: image height is 65, expected 1 to 64");
  CHECK(error({0, 0, 8, 3, 1, 0, 0, 0, 0, 0, 0, 64, 0, 0, 0, 64}).starts_with("f: images (16777216, 64, 64) take "));
}

TEST_CASE("bytes: big-endian numbers and hexadecimal digits") {
  CHECK(big_endian(bytes_of({1, 2})) == 0x0102);
  CHECK(big_endian(bytes_of({255, 0, 0, 0, 0, 0, 0, 1})) == 0xff00000000000001u);
  CHECK(big_endian({}) == 0);
  std::string hex;
  for (const int byte : {0, 10, 255}) append_hex(hex, static_cast<std::uint8_t>(byte));
  CHECK(hex == "000aff");
}

}  // namespace loom
