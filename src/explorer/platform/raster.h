// Draws the lists of Dear ImGui in memory, where there is no graphics card: for `loom render` and for tests. Triangles
// with vertex colours and textures (bilinear, edges clamped), scissors, and blending of straight alpha: what the
// OpenGL backend asks of a card, with its rule for shared edges (top left), so nothing is drawn twice.
#pragma once

#include <imgui.h>
#include <cstdint>
#include <span>
#include <vector>

#include "explorer/draw/textures.h"

namespace loom {

class Raster {
 public:
  // Keeps a copy; the same number for the same texture, as texture.h does.
  ImTextureID upload(ImTextureID texture, std::span<const std::uint32_t> pixels, int width, int height);

  // The frame over a background; user callbacks are left out. Size: data.DisplaySize.
  Pixels draw(const ImDrawData& data, std::uint32_t background) const;

 private:
  std::vector<Pixels> textures_;  // number n is textures_[n - 1]
};

}  // namespace loom
