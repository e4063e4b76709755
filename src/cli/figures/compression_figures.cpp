#include "cli/figures/compression_figures.h"

#include "cli/figures/image_codecs.h"
#include "cli/waiting.h"
#include "core/text.h"
#include "train/fit_pca.h"

namespace loom {
namespace {

constexpr int kJpegQualities[] = {5, 10, 20, 40, 70, 90};

}  // namespace

Compression compare_sizes(const std::string& name, const Model& model, const Dataset& test, const Dataset& training,
                          std::uint64_t seed, ThreadPool& pool) {
  TrainConfig all_images;
  all_images.validation_images = 0;
  const PrincipalComponents pca = fit_principal_components(training, all_images, principal_components_for(model), pool);
  Waiting waiting("compressing images");
  Compression out = compress(name, model, test, pca, seed, pool, waiting.on_progress());
  for (const int quality : kJpegQualities) {
    const CodecResult jpeg = jpeg_size(test, quality);
    out.ways.push_back({"jpeg", text("JPEG, quality ", quality), 8 * jpeg.bytes, jpeg.mse, {}, quality});
  }
  const CodecResult png = png_size(test);
  out.ways.push_back({"png", "PNG, lossless", 8 * png.bytes, png.mse, {}, {}});
  return out;
}

}  // namespace loom
