#include "explorer/draw/atlas.h"

#include <cmath>

#include "font_data.h"

namespace loom {
namespace {

constexpr std::array<float, 2> kSpriteRadius{3.4f, 6.8f};  // points; drawn up to 1.4 times smaller or larger
constexpr float kEdge = 0.9f;        // width of the darker edge, in points
constexpr float kEdgeShade = 0.62f;  // of the colour
constexpr float kLargestScale = 4;   // limits the texture's size; for larger scales the texture is magnified

// The glyphs that panels use: Latin-1, Greek, and the other signs that tools/subset_font.py keeps.
constexpr ImWchar kAllGlyphs[] = {0x20,   0xff,   0x391,  0x3c9,  0x2013, 0x2026, 0x2190,
                                  0x2193, 0x2212, 0x2212, 0x2248, 0x2265, 0};
constexpr ImWchar kFewGlyphs[] = {0x20, 0x7e, 0x2212, 0x2212, 0};  // titles and numbers
constexpr std::array<const ImWchar*, 3> kGlyphs{kAllGlyphs, kAllGlyphs, kFewGlyphs};

void bake_sprite(const ImFontAtlasCustomRect& place, std::size_t shape, float radius, float edge, unsigned char* pixels,
                 int width) {
  const int side = place.Width - 2;  // a border of one empty pixel, so that filtering does not read a neighbour
  const std::vector<std::uint8_t> outer = marker_coverage(shape, side, radius, edge / 2);
  const std::vector<std::uint8_t> inner = marker_coverage(shape, side, radius, -edge / 2);
  for (int y = 0; y < place.Height; ++y)
    for (int x = 0; x < place.Width; ++x) {
      const bool empty = x == 0 || y == 0 || x > side || y > side;
      const std::size_t at = static_cast<std::size_t>((y - 1) * side + x - 1);
      const std::uint8_t alpha = empty ? 0 : outer[at];
      const float fill = alpha > 0 ? static_cast<float>(inner[at]) / static_cast<float>(alpha) : 0;
      const float shade = kEdgeShade + (1 - kEdgeShade) * fill;
      unsigned char* pixel = pixels + 4 * ((place.Y + y) * width + place.X + x);
      for (int channel = 0; channel < 3; ++channel) pixel[channel] = static_cast<unsigned char>(255 * shade);
      pixel[3] = alpha;
    }
}

}  // namespace

void bake(ImFontAtlas& target, float scale, Atlas& atlas) {
  target.Clear();
  target.Flags |= ImFontAtlasFlags_NoMouseCursors;
  atlas.scale = scale;
  const float baked = std::min(scale, kLargestScale);
  ImFontConfig config;
  config.FontDataOwnedByAtlas = false;
  config.OversampleH = 2;
  for (std::size_t i = 0; i < atlas.fonts.size(); ++i)
    atlas.fonts[i] = target.AddFontFromMemoryTTF(const_cast<unsigned char*>(kFontData), static_cast<int>(kFontSize),
                                                 std::round(kTextPoints[i] * baked), &config, kGlyphs[i]);
  std::array<std::array<int, kMarkerShapes>, kSpriteRadius.size()> places;
  for (std::size_t s = 0; s < kSpriteRadius.size(); ++s) {
    SpriteSet& set = atlas.sprites[s];
    set.radius = kSpriteRadius[s] * baked;
    const int side = 2 * static_cast<int>(std::ceil(1.1f * set.radius + kEdge * baked)) + 2;
    set.half_side = static_cast<float>(side) / 2;
    for (int& place : places[s]) place = target.AddCustomRectRegular(side, side);
  }
  unsigned char* pixels = nullptr;
  int width = 0, height = 0;
  target.GetTexDataAsRGBA32(&pixels, &width, &height);
  for (std::size_t s = 0; s < kSpriteRadius.size(); ++s)
    for (std::size_t shape = 0; shape < kMarkerShapes; ++shape) {
      const ImFontAtlasCustomRect& place = *target.GetCustomRectByIndex(places[s][shape]);
      Sprite& sprite = atlas.sprites[s].shapes[shape];
      target.CalcCustomRectUV(&place, &sprite.uv_low, &sprite.uv_high);
      bake_sprite(place, shape, atlas.sprites[s].radius, kEdge * baked, pixels, width);
    }
}

}  // namespace loom
