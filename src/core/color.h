// Colours packed into one integer, and ten class colours that colour-blind readers can tell apart.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace loom {

using Color = std::uint32_t;  // 0xAABBGGRR, as Dear ImGui takes it

// The opaque colour 0xRRGGBB.
constexpr Color rgb(std::uint32_t hex) {
  return 0xff000000u | (hex & 0xff) << 16 | (hex & 0xff00) | (hex >> 16 & 0xff);
}
// x clamped to [0, 1]; 0 for NaN, which std::clamp returns unchanged and which must not be converted to an integer.
constexpr float unit_interval(float x) { return x > 0 ? std::min(x, 1.0f) : 0.0f; }

// The colour with its alpha replaced; alpha in [0, 1].
constexpr Color with_alpha(Color color, float alpha) {
  return (color & 0x00ffffffu) | static_cast<Color>(alpha * 255.0f + 0.5f) << 24;
}
// Interpolates all channels linearly: a at t = 0, b at t = 1.
constexpr Color mixed(Color a, Color b, float t) {
  Color out = 0;
  for (int shift = 0; shift < 32; shift += 8) {
    const float from = static_cast<float>(a >> shift & 0xff), to = static_cast<float>(b >> shift & 0xff);
    out |= static_cast<Color>(from + (to - from) * t + 0.5f) << shift;
  }
  return out;
}

// The ten-colour list of Petroff 2021 (arXiv 2107.02270).
inline constexpr std::array<Color, 10> kClassColors{rgb(0x3f90da), rgb(0xffa90e), rgb(0xbd1f01), rgb(0x94a4a2),
                                                    rgb(0x832db6), rgb(0xa96b59), rgb(0xe76300), rgb(0xb9ac70),
                                                    rgb(0x717581), rgb(0x92dadd)};
// The colour of class c; the colours repeat after ten classes.
constexpr Color class_color(std::size_t c) { return kClassColors[c % kClassColors.size()]; }

}  // namespace loom
