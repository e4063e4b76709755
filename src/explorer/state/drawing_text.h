// A drawing as text, for links: "28x28,wAB...": width, height, and its pixels in 16 levels, rows from the top. Each
// letter is one pixel, or a run of black or white ones.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loom {

inline constexpr std::uint8_t kDrawingWhite = 15;      // the highest level; 0 is black
inline constexpr std::size_t kMostDrawingText = 1500;  // bytes; a longer one is left out of the link

struct DrawingPixels {
  int width = 0, height = 0;
  std::vector<std::uint8_t> levels;  // width * height

  bool operator==(const DrawingPixels&) const = default;
};

std::string drawing_text(const DrawingPixels& drawing);

// Untrusted text: nothing unless it is exactly what drawing_text writes for a drawing with sides of 1 to 64.
std::optional<DrawingPixels> read_drawing(std::string_view text);

}  // namespace loom
