// loom-first.wasm: first_view.h for web/first_view.js. One page has one first view.
#include <optional>

#include "core/error.h"
#include "explorer/first/first_view.h"

#define LOOM_EXPORT extern "C" __attribute__((used, visibility("default")))

namespace {

struct First {
  std::optional<loom::DecoderStart> start;
  std::optional<loom::FirstLook> look;
};
First& first() {
  static First the_first;
  return the_first;
}

}  // namespace

using namespace loom;

// The first bytes of a weight file; whether they hold a decoder. What is wrong with them the explorer will say.
LOOM_EXPORT bool first_open(const std::byte* bytes, std::size_t size) {
  try {
    first().start = load_decoder({bytes, size}, "weights");
  } catch (const std::exception&) {
    first().start.reset();
  }
  return first().start.has_value();
}

// Decodes what the link asks for and lays it out; how many shapes there are to draw, 0 where there is nothing to show.
LOOM_EXPORT int first_look(const char* link, std::size_t length, float width, float height, float scale, bool dark) {
  first().look.reset();
  if (!first().start) return 0;
  try {
    first().look = first_look(*first().start, {link, length}, {width, height, scale, dark});
  } catch (const std::exception&) {  // of memory
  }
  return first().look ? static_cast<int>(first().look->shapes.size()) : 0;
}

// Of the last look, which must have had something to show.
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
// In points: plane, garment, place for words; x, y, width, height.
LOOM_EXPORT float first_place(int part, int side) {
  const FirstLook& look = *first().look;
  const Rect& r = part == 0 ? look.places.plane : part == 1 ? look.places.garment : look.words;
  return side == 0 ? r.x : side == 1 ? r.y : side == 2 ? r.width : r.height;
}
