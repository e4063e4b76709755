// The safetensors format (github.com/huggingface/safetensors, README "Format"): 8 bytes of little-endian header
// length, a JSON header, then the tensors back to back. Independent of models. This reader is stricter than the format,
// so that a hostile file is refused before anything is built from it; see also the limits in tensor.h.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "weights/tensor.h"

namespace loom {

// 256 entries take about 40 kB; the rest is room for metadata. The format itself allows 100 MB.
inline constexpr std::uint64_t kMaxHeaderBytes = 1u << 20;

using Metadata = std::map<std::string, std::string, std::less<>>;

struct TensorFile {
  Metadata metadata;
  std::vector<TensorView> tensors;  // in the order of the file, at most kMaxTensors

  const TensorView* find(std::string_view name) const;  // nullptr if there is none
};

// The tensors of a complete file. The views point into `bytes`, which must outlive them; no tensor is copied. Values
// are not checked, so they may be infinite or NaN. Throws Error, beginning with `file_name`, for anything that the
// format or the limits do not allow.
TensorFile read_safetensors(std::span<const std::byte> bytes, std::string_view file_name,
                            const FileLimits& limits = kWeightFile);

// Reads a truncated file whose header is complete and returns the tensors whose bytes are complete. Throws Error as
// read_safetensors does.
TensorFile read_safetensors_start(std::span<const std::byte> bytes, std::string_view file_name);

// The bytes of a file that read_safetensors and the reference implementation accept. Tensors of the widest type come
// first, which aligns every tensor to its type; tensors of equal width keep the order of `tensors`. Throws Error for
// content beyond the limits and for metadata that is not UTF-8.
std::vector<std::byte> write_safetensors(const Metadata& metadata, std::span<const TensorView> tensors,
                                         const FileLimits& limits = kWeightFile);

}  // namespace loom
