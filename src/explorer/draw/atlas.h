// Glyphs and markers, rasterized for the screen's pixel ratio into the font texture of Dear ImGui: text is sharp at any
// ratio, and ten thousand markers take one draw call.
#pragma once

#include <imgui.h>
#include <array>

#include "raster/marker_shapes.h"

namespace loom {

enum class TextSize { small, body, large };
inline constexpr std::array<float, 3> kTextPoints{13, 15, 20};

// A marker in the texture; tinted by the vertex colour, with a darker edge.
struct Sprite {
  ImVec2 uv_low, uv_high;
};
struct SpriteSet {
  float radius = 1;  // of the shape, in device pixels
  float half_side = 1;  // of the sprite around it
  std::array<Sprite, kMarkerShapes> shapes;
};

class VectorPicture;

struct Atlas {
  float scale = 0;  // device pixels per point
  std::array<ImFont*, 3> fonts{};
  std::array<SpriteSet, 2> sprites;  // for small and for large markers
  VectorPicture* vectors = nullptr;  // not null: painters write to it and draw nothing

  ImFont* font(TextSize size) const { return fonts[static_cast<std::size_t>(size)]; }
};

// Rasterizes fonts and markers for `scale` device pixels per point. The caller then uploads the texture.
void bake(ImFontAtlas& target, float scale, Atlas& atlas);

}  // namespace loom
