// The size that a PNG or JPEG file states, read without decoding it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace loom {

struct StatedSize {
  std::int64_t height = 0, width = 0;
};
// nullopt for other files, and where the file ends before its size.
std::optional<StatedSize> stated_size(std::span<const std::byte> bytes);

}  // namespace loom
