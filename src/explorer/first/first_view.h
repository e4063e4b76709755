// What a page shows before the explorer's module has been loaded: the image of its link, from the first bytes of the
// weight file, with the place, size and colours in which the explorer will draw it. It uses the explorer's own layout,
// palette and upscaling, so that nothing moves when the explorer takes over.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/color.h"
#include "explorer/layout/layout.h"
#include "explorer/model/first_code.h"
#include "explorer/state/state.h"
#include "model/checkpoint.h"

namespace loom {

struct FirstWindow {
  float width = 0, height = 0;  // CSS pixels
  float scale = 1;              // device pixels per CSS pixel
  bool dark = false;            // the system's theme
};

enum class FirstKind : std::int32_t { fill, outline, picture };

// One thing to draw; lengths in device pixels. A picture is FirstLook::picture, stretched.
struct FirstShape {
  FirstKind kind;
  float x, y, width, height;
  float radius;     // of the corners
  float thickness;  // of an outline, whose middle runs along the rectangle
  Color color;
};

struct FirstLook {
  bool dark = false;
  Point z;
  float pixels_per_point = 1;
  Layout places;
  Rect words;     // the largest free place beside the image, for the progress text
  Matrix pixels;  // (1, P), as decoded
  std::vector<FirstShape> shapes;      // in the order in which they are drawn
  std::vector<std::uint32_t> picture;  // R, G, B, A from the lowest byte on
  int picture_width = 0, picture_height = 0;
};

// Returns none if there is no image to show: the link hides it or compares two models, or first_code returns none.
std::optional<FirstLook> first_look(const DecoderStart& start, std::string_view link, const FirstWindow& window);

}  // namespace loom
