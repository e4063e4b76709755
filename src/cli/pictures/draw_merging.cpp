#include "cli/pictures/draw_uses.h"
#include "cli/pictures/image_rows.h"
#include "core/text.h"

namespace loom {

Canvas draw_merging(const Merging& m, const ImageShape& shape, const PictureStyle& style) {
  Matrix as_pixels(3, m.originals.cols());
  as_pixels << m.originals, m.pixels;
  ImageSheet sheet;
  sheet.title = "Merging two images";
  sheet.lead = text(
      "A is ", m.a.words, ", B is ", m.b.words,
      ". The average of the pixels shows both images at once, like a double exposure; the average of the codes decodes "
      "to one image. The last one adds to the code of A the difference between the mean codes of the two classes.");
  sheet.heads = {"A", "B", "average", "class step"};
  sheet.rows = {{"pixels", {}, as_pixels}, {"codes, decoded", {}, m.codes.images}};
  return draw_image_rows(sheet, shape, style);
}

}  // namespace loom
