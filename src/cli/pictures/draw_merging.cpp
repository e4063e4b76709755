#include "cli/pictures/draw_uses.h"
#include "cli/pictures/image_rows.h"
#include "core/text.h"

namespace loom {

Canvas draw_merging(const Merging& m, const ImageShape& shape, const PictureStyle& style) {
  Matrix as_pixels(3, m.originals.cols());
  as_pixels << m.originals, m.pixels;
  ImageSheet sheet;
  sheet.title = "Two images made one";
  sheet.lead =
      text("A is ", m.a.words, ", B is ", m.b.words,
           ". Averaging pixels lays one ghost over another; averaging codes gives one picture that the decoder "
           "believes in. The last one moves A by the way from its class's mean code to that of B's class.");
  sheet.heads = {"A", "B", "average", "A, moved"};
  sheet.rows = {{"pixels", {}, as_pixels}, {"codes, decoded", {}, m.decoded}};
  return draw_image_rows(sheet, shape, style);
}

}  // namespace loom
