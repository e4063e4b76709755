// Element types of tensors in weight files.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace loom {

enum class DType { f32, f16, bf16, u8, i8, i16, i32, i64 };

struct DTypeInfo {
  DType dtype;
  std::string_view name;  // in the header of a safetensors file
  std::uint64_t size;     // bytes of one element
};

// In the order of the enum. The other types of the format (F64, U16, BOOL, F8_E4M3 ...) are refused by name, because no
// model here uses them.
inline constexpr std::array<DTypeInfo, 8> kDTypes = {{
    {DType::f32, "F32", 4},
    {DType::f16, "F16", 2},
    {DType::bf16, "BF16", 2},
    {DType::u8, "U8", 1},
    {DType::i8, "I8", 1},
    {DType::i16, "I16", 2},
    {DType::i32, "I32", 4},
    {DType::i64, "I64", 8},
}};

constexpr const DTypeInfo& dtype_info(DType dtype) { return kDTypes[static_cast<std::size_t>(dtype)]; }

static_assert([] {
  for (std::size_t i = 0; i < kDTypes.size(); ++i) {
    if (static_cast<std::size_t>(kDTypes[i].dtype) != i) return false;
  }
  return true;
}());

}  // namespace loom
