#include "weights/tensor.h"

#include <doctest/doctest.h>

#include <cstring>
#include <limits>
#include <string>

#include "core/text.h"
#include "message_of.h"

namespace loom {
namespace {

template <class T>
TensorView view(DType dtype, const std::vector<T>& values) {
  return {"t", dtype, {static_cast<Index>(values.size())}, std::as_bytes(std::span(values))};
}

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

}  // namespace

TEST_CASE("tensor: every type is converted to float") {
  using Floats = std::vector<float>;
  CHECK(to_floats(view<float>(DType::f32, {1.5f, -0.25f})) == Floats{1.5f, -0.25f});
  CHECK(to_floats(view<std::uint16_t>(DType::f16, {0x3C00, 0xC000, 0x0001})) == Floats{1, -2, 0x1p-24f});
  CHECK(to_floats(view<std::uint16_t>(DType::bf16, {0x3F80, 0xC000})) == Floats{1, -2});
  CHECK(to_floats(view<std::uint8_t>(DType::u8, {0, 200, 255})) == Floats{0, 200, 255});
  CHECK(to_floats(view<std::int8_t>(DType::i8, {-128, 127})) == Floats{-128, 127});
  CHECK(to_floats(view<std::int16_t>(DType::i16, {-32768, 32767})) == Floats{-32768, 32767});
  CHECK(to_floats(view<std::int32_t>(DType::i32, {-5, 1 << 30})) == Floats{-5, 0x1p30f});
  CHECK(to_floats(view<std::int64_t>(DType::i64, {-5, 16777217})) == Floats{-5, 16777216});
  CHECK(to_floats(view<float>(DType::f32, {})).empty());
}

TEST_CASE("tensor: bytes need not be aligned") {
  std::vector<std::byte> bytes(9);
  const float values[] = {3.25f, -1.0f};
  std::memcpy(bytes.data() + 1, values, sizeof values);
  const TensorView tensor{"t", DType::f32, {2}, std::span(bytes).subspan(1)};
  CHECK(to_floats(tensor) == std::vector<float>{3.25f, -1.0f});
  CHECK(all_finite(tensor));
}

TEST_CASE("tensor: infinity and NaN are detected in floating-point types") {
  CHECK(all_finite(view<float>(DType::f32, {0, std::numeric_limits<float>::max()})));
  CHECK_FALSE(all_finite(view<float>(DType::f32, {0, kInfinity})));
  CHECK_FALSE(all_finite(view<float>(DType::f32, {kNan, 0})));
  CHECK(all_finite(view<std::uint16_t>(DType::f16, {0x7BFF, 0xFBFF})));
  CHECK_FALSE(all_finite(view<std::uint16_t>(DType::f16, {0x7C00})));
  CHECK_FALSE(all_finite(view<std::uint16_t>(DType::f16, {0xFE01})));
  CHECK(all_finite(view<std::uint16_t>(DType::bf16, {0x7F7F, 0x7C00})));
  CHECK_FALSE(all_finite(view<std::uint16_t>(DType::bf16, {0xFF80})));
  CHECK(all_finite(view<std::uint16_t>(DType::i16, {0x7F80})));
  CHECK_FALSE(all_finite(std::vector<float>{1, -kInfinity}));
}

TEST_CASE("tensor: floats are stored in three types") {
  const std::vector<float> values = {1.0f, -2.0f, 1.0f / 3.0f, 0x1p-24f, -0.0f};
  for (const DType dtype : {DType::f32, DType::f16, DType::bf16}) {
    const std::vector<std::byte> bytes = from_floats(values, dtype, "w");
    CHECK(bytes.size() == values.size() * dtype_info(dtype).size);
    const std::vector<float> again = to_floats({"w", dtype, {5}, bytes});
    for (std::size_t i = 0; i < values.size(); ++i) CHECK(again[i] == doctest::Approx(values[i]).epsilon(1.0 / 256));
  }
  const std::vector<float> special = {kInfinity, kNan};
  CHECK(to_floats({"w", DType::f16, {2}, from_floats(special, DType::f16, "w")})[0] == kInfinity);
  CHECK(message_of([] { from_floats(std::vector<float>{1, 65520}, DType::f16, "encoder.0.weight"); }) ==
        "tensor encoder.0.weight: element 1 is 65520, beyond the largest F16");
  CHECK(message_of([] { from_floats(std::vector<float>{-3.4e38f}, DType::bf16, "w"); }) ==
        "tensor w: element 0 is -3.4e+38, beyond the largest BF16");
  CHECK(message_of([] { from_floats(std::vector<float>{1}, DType::u8, "w"); }) ==
        "tensor w: floats cannot be stored as U8");
}

TEST_CASE("tensor: sizes are multiplied in one place, without overflow") {
  const auto size = [](const Shape& shape, DType dtype = DType::f32) {
    return tensor_byte_size(shape, dtype, kWeightFile, "t");
  };
  CHECK(size({}) == 4);
  CHECK(size({}, DType::i64) == 8);
  CHECK(size({2, 3, 4, 5}) == 480);
  CHECK(size({2, 0}) == 0);
  CHECK(size({1 << 24}) == 64u << 20);
  CHECK(size({1 << 24}, DType::u8) == 1u << 24);
  CHECK(message_of([&] { size({1 << 24}, DType::i64); }) ==
        "t: shape is (16777216), expected at most 67108864 bytes of I64");
  CHECK(message_of([&] { size({(1 << 24) + 1}, DType::u8); }) ==
        "t: shape is (16777217), expected dimensions from 0 to 16777216");
  CHECK(message_of([&] { size({-1}); }) == "t: shape is (-1), expected dimensions from 0 to 16777216");
  CHECK(message_of([&] { size({1, 1, 1, 1, 1}); }) == "t: found 5 dimensions, expected at most 4");
  const Index most = 1 << 24;
  CHECK(message_of([&] { size({most, most, most, most}); }).ends_with("expected at most 67108864 bytes of F32"));
  CHECK(message_of([&] { size({most, most, most, 0}); }).ends_with("expected at most 67108864 bytes of F32"));
}

TEST_CASE("tensor: names") {
  for (const char* good : {"a", "decoder.2.weight", "aux.test_mu", "__proto__", "constructor", "...", "0"}) {
    CHECK_NOTHROW(check_tensor_name(good, "f"));
  }
  CHECK_NOTHROW(check_tensor_name(std::string(96, 'x'), "f"));
  for (const char* bad : {"", "a b", "a/b", "../a", "a\n", "\u00e9", "a-b", "a:0", "<b>"}) {
    CHECK(message_of([&] { check_tensor_name(bad, "f"); }).starts_with("f: found tensor name \""));
  }
  CHECK_THROWS_AS(check_tensor_name(std::string(97, 'x'), "f"), Error);
  CHECK_THROWS_AS(check_tensor_name(std::string_view("a\0b", 3), "f"), Error);
  CHECK(message_of([] { check_tensor_name("__metadata__", "f"); }) ==
        "f: found tensor name \"__metadata__\", which is reserved");
}

}  // namespace loom
