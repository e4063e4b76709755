#include "weights/tensor.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "core/error.h"
#include "core/json/json.h"
#include "weights/half.h"

namespace loom {
namespace {

static_assert(std::endian::native == std::endian::little, "tensors are copied as they lie in the file");

// Calls visit(element) for each element as a T. Elements are copied, because a view into a file may be unaligned.
template <class T, class Visit>
void each_element(std::span<const std::byte> bytes, Visit visit) {
  for (std::size_t i = 0; i + sizeof(T) <= bytes.size(); i += sizeof(T)) {
    T element;
    std::memcpy(&element, bytes.data() + i, sizeof(T));
    visit(element);
  }
}

template <class T>
void append_floats(std::vector<float>& out, std::span<const std::byte> bytes) {
  each_element<T>(bytes, [&](T element) { out.push_back(static_cast<float>(element)); });
}

template <class Convert>
std::vector<std::byte> narrowed(std::span<const float> values, DType dtype, std::string_view name, Convert convert,
                                std::uint16_t infinity) {
  std::vector<std::byte> out(values.size() * sizeof(std::uint16_t));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::uint16_t bits = convert(values[i]);
    if ((bits & 0x7FFF) == infinity && std::isfinite(values[i])) {
      fail("tensor ", name, ": element ", i, " is ", values[i], ", beyond the largest ", dtype_info(dtype).name);
    }
    std::memcpy(out.data() + i * sizeof bits, &bits, sizeof bits);
  }
  return out;
}

}  // namespace

std::uint64_t tensor_byte_size(const Shape& shape, DType dtype, const FileLimits& limits, std::string_view where) {
  if (shape.size() > kMaxRank) fail(where, ": found ", shape.size(), " dimensions, expected at most ", kMaxRank);
  std::uint64_t size = dtype_info(dtype).size;
  bool empty = false;
  for (const Index dimension : shape) {
    if (dimension < 0 || dimension > limits.dimension) {
      fail(where, ": shape is ", shape_text(shape), ", expected dimensions from 0 to ", limits.dimension);
    }
    // Count a dimension of 0 as 1, so that products of the other dimensions cannot overflow either.
    const auto factor = static_cast<std::uint64_t>(std::max<Index>(dimension, 1));
    if (size > limits.bytes / factor) {
      fail(where, ": shape is ", shape_text(shape), ", expected at most ", limits.bytes, " bytes of ",
           dtype_info(dtype).name);
    }
    size *= factor;
    empty = empty || dimension == 0;
  }
  return empty ? 0 : size;
}

void check_tensor_name(std::string_view name, std::string_view where) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  };
  if (name.empty() || name.size() > kMaxTensorNameLength || !std::all_of(name.begin(), name.end(), allowed)) {
    fail(where, ": found tensor name ", quoted_name(name), ", expected 1 to ", kMaxTensorNameLength,
         " letters, digits, '_' and '.'");
  }
  if (name == "__metadata__") fail(where, ": found tensor name \"__metadata__\", which is reserved");
}

std::vector<float> to_floats(const TensorView& tensor) {
  std::vector<float> out;
  out.reserve(tensor.bytes.size() / dtype_info(tensor.dtype).size);
  const auto widen = [&](auto convert) {
    each_element<std::uint16_t>(tensor.bytes, [&](std::uint16_t bits) { out.push_back(convert(bits)); });
  };
  switch (tensor.dtype) {
    case DType::f32: append_floats<float>(out, tensor.bytes); break;
    case DType::f16: widen(half_to_float); break;
    case DType::bf16: widen(bfloat16_to_float); break;
    case DType::u8: append_floats<std::uint8_t>(out, tensor.bytes); break;
    case DType::i8: append_floats<std::int8_t>(out, tensor.bytes); break;
    case DType::i16: append_floats<std::int16_t>(out, tensor.bytes); break;
    case DType::i32: append_floats<std::int32_t>(out, tensor.bytes); break;
    case DType::i64: append_floats<std::int64_t>(out, tensor.bytes); break;
  }
  return out;
}

bool all_finite(std::span<const float> values) {
  return std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); });
}

bool all_finite(const TensorView& tensor) {
  bool finite = true;
  const auto check16 = [&](std::uint16_t infinity) {  // not finite: all bits of the exponent are set
    each_element<std::uint16_t>(tensor.bytes, [&](std::uint16_t bits) { finite &= (bits & infinity) != infinity; });
  };
  if (tensor.dtype == DType::f32) each_element<float>(tensor.bytes, [&](float x) { finite &= std::isfinite(x); });
  if (tensor.dtype == DType::f16) check16(0x7C00);
  if (tensor.dtype == DType::bf16) check16(0x7F80);
  return finite;
}

std::vector<std::byte> from_floats(std::span<const float> values, DType dtype, std::string_view name) {
  if (dtype == DType::f16) return narrowed(values, dtype, name, float_to_half, 0x7C00);
  if (dtype == DType::bf16) return narrowed(values, dtype, name, float_to_bfloat16, 0x7F80);
  if (dtype != DType::f32) fail("tensor ", name, ": floats cannot be stored as ", dtype_info(dtype).name);
  const auto bytes = std::as_bytes(values);
  return {bytes.begin(), bytes.end()};
}

}  // namespace loom
