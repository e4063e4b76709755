// loom-first.wasm: first_view.h for web/first_view.js. One page has one first view.
#include <cstddef>
#include <limits>
#include <optional>

#include "core/error.h"
#include "explorer/first/first_view.h"

#define LOOM_EXPORT extern "C" __attribute__((used, visibility("default")))

namespace {

struct First {
  std::optional<loom::DecoderStart> start;
  std::optional<loom::FirstLook> look;
  float ratio = 1;  // device pixels per CSS pixel
};
First& first() {
  static First the_first;
  return the_first;
}

// web/first_view.js (SHAPE_WORDS, KINDS) reads a shape as four-byte words in this order, and kinds with these values.
using Shape = loom::FirstShape;
using Kind = loom::FirstKind;
constexpr std::size_t kWord = 4;
static_assert(sizeof(Shape) == 8 * kWord && offsetof(Shape, kind) == 0 && offsetof(Shape, x) == kWord &&
              offsetof(Shape, y) == 2 * kWord && offsetof(Shape, width) == 3 * kWord &&
              offsetof(Shape, height) == 4 * kWord && offsetof(Shape, radius) == 5 * kWord &&
              offsetof(Shape, thickness) == 6 * kWord && offsetof(Shape, color) == 7 * kWord);
static_assert(static_cast<int>(Kind::fill) == 0 && static_cast<int>(Kind::outline) == 1 &&
              static_cast<int>(Kind::picture) == 2);
static_assert(sizeof(loom::Color) == kWord);

}  // namespace

using namespace loom;

// Takes the first bytes of a weight file. Returns true if they hold the decoder. Errors are not reported here, because
// the explorer will report them.
LOOM_EXPORT bool first_open(const std::byte* bytes, std::size_t size) {
  try {
    first().start = load_decoder({bytes, size}, "weights");
  } catch (const std::exception&) {
    first().start.reset();
  }
  return first().start.has_value();
}

// Decodes and lays out the view of the link. Returns the number of shapes to draw, 0 if there is nothing to show.
LOOM_EXPORT int first_look(const char* link, std::size_t length, float width, float height, float scale, bool dark) {
  first().look.reset();
  first().ratio = scale;
  if (!first().start) return 0;
  try {
    first().look = first_look(*first().start, {link, length}, {width, height, scale, dark});
  } catch (const std::exception&) {  // out of memory
  }
  return first().look ? static_cast<int>(first().look->shapes.size()) : 0;
}

// The results of the last first_look that returned more than 0.
LOOM_EXPORT const FirstShape* first_shapes() { return first().look->shapes.data(); }
LOOM_EXPORT const std::uint32_t* first_picture() { return first().look->picture.data(); }
LOOM_EXPORT int first_picture_size(int axis) {
  return axis == 0 ? first().look->picture_width : first().look->picture_height;
}
LOOM_EXPORT const float* first_pixels() { return first().look->pixels.data(); }
LOOM_EXPORT int first_pixel_size(int axis) {
  const ImageShape& shape = first().start->model.spec.image;
  return static_cast<int>(axis == 0 ? shape.width : shape.height);
}
LOOM_EXPORT bool first_dark() { return first().look->dark; }
LOOM_EXPORT float first_z(int axis) { return axis == 0 ? first().look->z.x : first().look->z.y; }
// Like loom_place (platform_web.cpp): x, y, width or height of "plane", "decoded" or "words", in CSS pixels.
LOOM_EXPORT float first_place(const char* name, std::size_t length, int side) {
  const FirstLook& look = *first().look;
  const std::string_view part(name, length);
  if (part != "plane" && part != "decoded" && part != "words") return std::numeric_limits<float>::quiet_NaN();
  const Rect& r = part == "plane" ? look.places.plane : part == "decoded" ? look.places.decoded : look.words;
  const float in_points = side == 0 ? r.x : side == 1 ? r.y : side == 2 ? r.width : r.height;
  return in_points * look.pixels_per_point / first().ratio;
}
