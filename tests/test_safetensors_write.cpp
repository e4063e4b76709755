#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <string>

#include "core/rng.h"
#include "core/text.h"
#include "safetensors_files.h"
#include "weights/safetensors.h"

namespace loom {
namespace {

TensorView tensor(std::string name, DType dtype, Shape shape, std::span<const std::byte> bytes) {
  return {std::move(name), dtype, std::move(shape), bytes};
}

std::string write_error(const Metadata& metadata, const std::vector<TensorView>& tensors) {
  return message_of([&] { write_safetensors(metadata, tensors); });
}

bool same(const TensorView& a, const TensorView& b) {
  return a.name == b.name && a.dtype == b.dtype && a.shape == b.shape && std::ranges::equal(a.bytes, b.bytes);
}

Bytes small_bytes() {
  static const Bytes data = bytes_of("0123456789abcdef");
  const std::span<const std::byte> all(data);
  return write_safetensors({{"format", "pt"}}, std::vector{tensor("a", DType::f32, {2}, all.first(8)),
                                                           tensor("b.c", DType::u8, {3}, all.first(3))});
}

}  // namespace

TEST_CASE("safetensors: a file truncated at any byte is refused") {
  const Bytes whole = small_bytes();
  REQUIRE(read_error(whole) == "no error");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CAPTURE(size);
    const std::string error = read_error(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)));
    CHECK(error.starts_with("f: "));
  }
}

TEST_CASE("safetensors: a file with any bit flipped is valid or refused") {
  const Bytes whole = small_bytes();
  int valid = 0;
  for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
    CAPTURE(bit);
    Bytes flipped = whole;
    flipped[bit / 8] ^= static_cast<std::byte>(1 << bit % 8);
    const std::string error = read_error(flipped);
    CHECK((error == "no error" || error.starts_with("f: ")));
    valid += error == "no error";
  }
  CHECK(valid >= 11 * 8);  // those in the data of the tensors at least
}

TEST_CASE("safetensors: widest type first, then in the order given; metadata by name") {
  const Bytes data(16, std::byte{7});
  const std::span<const std::byte> all(data);
  std::vector<TensorView> tensors = {tensor("z", DType::i64, {2}, all),
                                     tensor("b", DType::f32, {}, all.first(4)),
                                     tensor("c", DType::i32, {1, 2}, all.first(8)),
                                     tensor("a", DType::f16, {3}, all.first(6)),
                                     tensor("d", DType::u8, {5}, all.first(5)),
                                     tensor("e", DType::u8, {0, 2}, {})};
  const Bytes written = write_safetensors({{"k", "v"}, {"a", "\u00e9"}}, tensors);
  const std::string header =
      "{\"__metadata__\":{\"a\":\"\u00e9\",\"k\":\"v\"},"
      R"("z":{"dtype":"I64","shape":[2],"data_offsets":[0,16]},"b":{"dtype":"F32","shape":[],"data_offsets":[16,20]},)"
      R"("c":{"dtype":"I32","shape":[1,2],"data_offsets":[20,28]},"a":{"dtype":"F16","shape":[3],"data_offsets":[28,34]},)"
      R"("d":{"dtype":"U8","shape":[5],"data_offsets":[34,39]},"e":{"dtype":"U8","shape":[0,2],"data_offsets":[39,39]}})";
  CHECK(written[0] == static_cast<std::byte>((header.size() + 7) / 8 * 8 & 0xFF));
  CHECK(std::memcmp(written.data() + 8, header.data(), header.size()) == 0);
  CHECK((written.size() - 39) % 8 == 0);

  CHECK(write_safetensors({{"a", "\u00e9"}, {"k", "v"}}, tensors) == written);
  std::ranges::swap(tensors[0], tensors[3]);  // of different widths
  CHECK(write_safetensors({{"a", "\u00e9"}, {"k", "v"}}, tensors) == written);
  std::ranges::swap(tensors[4], tensors[5]);  // of the same
  CHECK(write_safetensors({{"a", "\u00e9"}, {"k", "v"}}, tensors) != written);
}

TEST_CASE("safetensors: the start of a file gives the tensors that have arrived") {
  const Bytes data(16, std::byte{7});
  const std::span<const std::byte> all(data);
  const std::vector<TensorView> tensors = {tensor("first", DType::u8, {4}, all.first(4)),
                                           tensor("second", DType::u8, {3}, all.first(3)),
                                           tensor("third", DType::u8, {5}, all.first(5))};
  const Bytes whole = write_safetensors({{"k", "v"}}, tensors);
  const std::size_t begin = whole.size() - 12;
  for (std::size_t size = begin; size <= whole.size(); ++size) {
    CAPTURE(size);
    const TensorFile file = read_safetensors_start(std::span(whole).first(size), "f");
    const std::size_t come = size - begin;
    CHECK(file.tensors.size() == (come >= 12 ? 3 : come >= 7 ? 2 : come >= 4 ? 1 : 0));
    CHECK(file.metadata.at("k") == "v");
    for (const TensorView& t : file.tensors) CHECK(std::ranges::equal(t.bytes, all.first(t.bytes.size())));
  }
  CHECK(message_of([&] { read_safetensors_start(std::span(whole).first(begin - 1), "f"); }) ==
        text("f: found ", begin - 1, " bytes, expected at least ", begin, " for its header"));
}

TEST_CASE("safetensors: the writer refuses what the reader would refuse") {
  const Bytes data(16);
  const std::span<const std::byte> all(data);
  CHECK(write_error({}, {tensor("t", DType::f32, {3}, all)}) ==
        "write_safetensors: tensor t: found 16 bytes, expected 12 for F32 (3)");
  CHECK(write_error({}, {tensor("t", DType::f32, {4}, all), tensor("t", DType::u8, {16}, all)}) ==
        "write_safetensors: found two tensors t, expected unique names");
  CHECK(write_error({}, {tensor("__metadata__", DType::u8, {16}, all)}).ends_with("which is reserved"));
  CHECK(write_error({}, {tensor("a b", DType::u8, {16}, all)}).starts_with("write_safetensors: found tensor name"));
  CHECK(write_error({{"k", "\xff"}}, {}).ends_with("is not UTF-8"));
  CHECK(
      write_error({{"k", std::string(kMaxHeaderBytes, 'x')}}, {}).starts_with("write_safetensors: found a header of"));
  CHECK(write_error({}, std::vector<TensorView>(257)) == "write_safetensors: found 257 tensors, expected at most 256");
  const Bytes half(static_cast<std::size_t>(kMaxWeightFileBytes / 2));
  CHECK(write_error({}, {tensor("a", DType::f32, {1 << 23}, half), tensor("b", DType::f32, {1 << 23}, half)}) ==
        "write_safetensors: found 67109016 bytes, expected at most 67108864");
}

TEST_CASE("safetensors: random files read as they were written") {
  Rng rng(3, Stream::test);
  for (int round = 0; round < 300; ++round) {
    std::vector<Bytes> data;
    std::vector<TensorView> tensors;
    for (std::uint64_t i = rng.below(8); i > 0; --i) {
      Shape shape;
      for (std::uint64_t rank = rng.below(kMaxRank + 1); rank > 0; --rank) {
        shape.push_back(static_cast<Index>(rng.below(6)));
      }
      const DType dtype = kDTypes[static_cast<std::size_t>(rng.below(kDTypes.size()))].dtype;
      data.emplace_back(static_cast<std::size_t>(tensor_byte_size(shape, dtype, kWeightFile, "test")));
      for (std::byte& byte : data.back()) byte = static_cast<std::byte>(rng.below(256));
      tensors.push_back(tensor(text("layer.", i), dtype, shape, data.back()));
    }
    Metadata metadata;
    for (std::uint64_t i = rng.below(4); i > 0; --i) metadata[text("key", i)] = text("\"\\\n\u00e9", rng.bits());
    const Bytes written = write_safetensors(metadata, tensors);
    const TensorFile file = read_safetensors(written, "f");
    CHECK(file.metadata == metadata);
    REQUIRE(file.tensors.size() == tensors.size());
    for (const TensorView& tensor : tensors) CHECK(same(*file.find(tensor.name), tensor));
    // What has no bytes has no place of its own: only from the second time on the order stays.
    const Bytes again = write_safetensors(file.metadata, file.tensors);
    CHECK(again.size() == written.size());
    CHECK(write_safetensors(file.metadata, read_safetensors(again, "f").tensors) == again);
  }
}

}  // namespace loom
