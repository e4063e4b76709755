#include "cli/denoising.h"

#include <algorithm>

#include "cli/image_rows.h"
#include "cli/images.h"
#include "core/text.h"
#include "data/median_filter.h"

namespace loom {
namespace {

Matrix mended_by(const Model& model, const Matrix& noisy) {
  Workspace workspace;
  Posterior posterior;
  Matrix out;
  encode(model, noisy, workspace, posterior);
  decode(model, posterior.mu, workspace, out);
  return out;
}

// What each method makes of noisy images, in the order of Denoising::methods.
std::vector<Matrix> mend(const std::vector<NamedModel>& models, const ImageShape& shape, const Matrix& noisy) {
  std::vector<Matrix> out{noisy};
  for (const NamedModel& model : models) out.push_back(mended_by(*model.model, noisy));
  out.push_back(median_filtered(noisy, shape));
  return out;
}

Json optional_json(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

}  // namespace

Denoising denoise(const std::vector<NamedModel>& models, const Dataset& data, const Corruption& noise, double level,
                  std::uint64_t seed, const std::vector<Index>& shown, ThreadPool& pool) {
  Denoising out{&noise, level, seed, {}, images_at(data, shown), {}};
  for (const Index n : shown)
    out.heads.push_back(class_name(*models.front().model, data, data.labels[static_cast<std::size_t>(n)]));
  out.methods.push_back({"noisy", {}, {}});
  for (const NamedModel& model : models) out.methods.push_back({model.name, {}, {}});
  out.methods.push_back({"median filter", {}, {}});

  std::vector<std::vector<PictureError>> parts(static_cast<std::size_t>(data.size()));  // by the first image of a batch
  for_each_batch(data, pool, "denoising images", [&](Index first, const Matrix& x) {
    Matrix noisy = x;
    corrupt(noise, level, seed, static_cast<std::uint64_t>(first), noisy);
    for (const Matrix& mended : mend(models, data.shape, noisy))
      parts[static_cast<std::size_t>(first)].push_back(picture_error_sums(mended, x, data.shape));
  });
  const auto count = static_cast<double>(data.size());
  for (const std::vector<PictureError>& part : parts)
    for (std::size_t m = 0; m < part.size(); ++m) {
      out.methods[m].error.mse += part[m].mse / count;
      out.methods[m].error.ssim += part[m].ssim / count;
    }

  for (DenoisingMethod& method : out.methods) method.shown.resize(out.clean.rows(), out.clean.cols());
  for (Index row = 0; row < out.clean.rows(); ++row) {
    Matrix noisy = out.clean.row(row);
    corrupt(noise, level, seed, static_cast<std::uint64_t>(shown[static_cast<std::size_t>(row)]), noisy);
    const std::vector<Matrix> mended = mend(models, data.shape, noisy);
    for (std::size_t m = 0; m < mended.size(); ++m) out.methods[m].shown.row(row) = mended[m].row(0);
  }
  return out;
}

Json denoising_json(const Denoising& d, const Dataset& data) {
  Json methods{Json::Array{}};
  for (const DenoisingMethod& method : d.methods) {
    Json item;
    item.set("name", method.name).set("mse", method.error.mse).set("psnr", optional_json(psnr(method.error.mse)));
    methods.push(item.set("ssim", method.error.ssim));
  }
  Json json;
  json.set("dataset", data.name).set("images", data.size()).set("noise", d.noise->name).set("level", d.level);
  json.set("level_is", d.noise->level).set("seed", d.seed);
  return json.set("unit", "mse per pixel, psnr in dB of the mean mse").set("methods", std::move(methods));
}

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
  sheet.rows.push_back({"clean", {"what was", "to be found"}, d.clean});
  return draw_image_rows(sheet, data.shape, style);
}

}  // namespace loom
