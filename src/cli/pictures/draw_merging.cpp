#include "cli/pictures/draw_uses.h"
#include "cli/pictures/image_rows.h"
#include "core/text.h"

namespace loom {

Canvas draw_merging(const Merging& m, const ImageShape& shape, const PictureStyle& style) {
  Matrix as_pixels(3, m.originals.cols());
  as_pixels << m.originals, m.pixels;
  const bool labelled = !m.class_a.empty();
  ImageSheet sheet;
  sheet.title = "Merging two images";
  sheet.lead = text(
      "A is ", m.a.words, ", B is ", m.b.words,
      ". The average of the pixels shows both images at once, like a double exposure; the average of the codes decodes "
      "to one image.",
      labelled ? " The last one adds to the code of A the difference between the mean codes of the two classes." : "");
  sheet.heads = {"A", "B", "average"};
  if (labelled) sheet.heads.emplace_back("class step");
  const Matrix codes = m.codes.images.topRows(labelled ? 4 : 3);
  sheet.rows = {{"pixels", {}, as_pixels}, {"codes, decoded", {}, codes}};
  return draw_image_rows(sheet, shape, style);
}

}  // namespace loom
