#include "cli/pictures/draw_uses.h"
#include "cli/pictures/image_rows.h"
#include "core/text.h"

namespace loom {

Canvas draw_denoising(const Denoising& d, const Dataset& data, const PictureStyle& style) {
  ImageSheet sheet;
  sheet.title = "Removing noise";
  sheet.lead = text("Noise: ", d.noise->what, "; ", d.noise->level, " ", d.level, ". Each row shows what one method ",
                    "makes of the noisy images; the figures are means over ", count_text(data.size()), " images.");
  sheet.heads = d.heads;
  for (const DenoisingMethod& method : d.methods) {
    ImageRow row{method.name, {text("MSE ", number_text(method.error.mse, 4))}, method.shown};
    if (const auto decibels = psnr(method.error.mse))
      row.lines.push_back(text("PSNR ", number_text(*decibels, 1), " dB"));
    row.lines.push_back(text("SSIM ", number_text(method.error.ssim, 3)));
    sheet.rows.push_back(std::move(row));
  }
  sheet.rows.push_back({"clean", {"the originals"}, d.clean});
  return draw_image_rows(sheet, data.shape, style);
}

}  // namespace loom
