#include "uses/denoising.h"

#include "core/text.h"
#include "data/images/median_filter.h"
#include "uses/images.h"
#include "uses/reconstruction.h"

namespace loom {
namespace {

// The denoised images of each method, in the order of Denoising::methods.
std::vector<Matrix> mend(const std::vector<NamedModel>& models, const ImageShape& shape, const Matrix& noisy) {
  std::vector<Matrix> out{noisy};
  Workspace workspace;
  Posterior code;
  for (const NamedModel& model : models) autoencode(*model.model, noisy, workspace, code, out.emplace_back());
  out.push_back(median_filtered(noisy, shape));
  return out;
}

}  // namespace

Denoising denoise(const std::vector<NamedModel>& models, const Dataset& data, const Corruption& noise, double level,
                  std::uint64_t seed, const std::vector<Index>& shown, ThreadPool& pool,
                  const OnProgress& on_progress) {
  Denoising out{&noise, level, seed, {}, images_at(data, shown), {}};
  for (const Index n : shown)
    out.heads.push_back(class_name(*models.front().model, data, data.labels[static_cast<std::size_t>(n)]));
  out.methods.push_back({"noisy", {}, {}});
  for (const NamedModel& model : models) out.methods.push_back({model.name, {}, {}});
  out.methods.push_back({"median filter", {}, {}});

  std::vector<std::vector<PictureError>> parts(static_cast<std::size_t>(data.size()));  // by the first image of a batch
  for_each_batch(data, pool, on_progress, [&](Index first, const Matrix& x) {
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

}  // namespace loom
