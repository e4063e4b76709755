// Named tensors that view bytes owned elsewhere, and the limits that the files of this project set for them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/types.h"
#include "weights/dtype.h"

namespace loom {

// How large a file may be. All sizes and their products stay far below 2^32, the limit of size_t in wasm32.
struct FileLimits {
  std::uint64_t bytes;
  std::int64_t dimension;  // largest of a tensor: that of a one-dimensional f32 tensor that fills the file
};

// A weight file is untrusted and may come from the network. The largest model here has about 2 MB; the limit leaves
// room for users' own models of up to 33 million weights in f16. Changing it changes which files are refused.
inline constexpr FileLimits kWeightFile{64u << 20, 1 << 24};

// The state of a training run stays on the machine that wrote it. In f32 it holds the weights, two moments and the
// averaged weights, so it needs a little more than eight times the bytes of the resulting f16 weight file.
inline constexpr FileLimits kTrainingStateFile{640u << 20, 1 << 26};

inline constexpr std::uint64_t kMaxWeightFileBytes = kWeightFile.bytes;
inline constexpr std::size_t kMaxTensors = 256;            // a model has two per layer, plus the aux.* ones
inline constexpr std::size_t kMaxRank = 4;                 // convolution weights; nothing here has more
inline constexpr std::size_t kMaxTensorNameLength = 96;    // as PyTorch names them, of letters, digits, _ and .

struct TensorView {
  std::string name;  // "decoder.2.weight"
  DType dtype = DType::f32;
  Shape shape;                       // empty for a scalar; dimensions of 0 are legal
  std::span<const std::byte> bytes;  // row-major, little-endian, not necessarily aligned
};

// The size in bytes of a tensor. Throws Error, beginning with `where`, for a rank or a dimension beyond the limits and
// for more bytes than a file may have. Sizes are multiplied here only.
std::uint64_t tensor_byte_size(const Shape& shape, DType dtype, const FileLimits& limits, std::string_view where);

// Throws Error, beginning with `where`, for a name that is empty, too long, has other characters or is
// "__metadata__", which the format reserves.
void check_tensor_name(std::string_view name, std::string_view where);

// The elements of a tensor as floats: exact for all types except i32 and i64, which are rounded beyond 2^24.
std::vector<float> to_floats(const TensorView& tensor);

// False if an element of a floating-point tensor is infinite or NaN. Reading a file does not check this; loading a
// model does.
bool all_finite(const TensorView& tensor);
bool all_finite(std::span<const float> values);

// The bytes of a tensor of type f32, f16 or bf16, rounded to nearest even. Infinity and NaN are kept. Throws Error,
// naming the tensor, for a finite value that would become infinite and for another type.
std::vector<std::byte> from_floats(std::span<const float> values, DType dtype, std::string_view name);

}  // namespace loom
