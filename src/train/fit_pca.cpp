#include "train/fit_pca.h"

#include "data/batches.h"
#include "train/trainer.h"

namespace loom {

PrincipalComponents fit_principal_components(const Dataset& dataset, const TrainConfig& config, Index components,
                                             ThreadPool& pool) {
  constexpr Index kParts = 8, kRows = 500;  // each part needs a matrix (P, P)
  const std::vector<Index> images = training_images(dataset, config).training;
  const Index groups = batch_count(static_cast<Index>(images.size()), kRows);
  std::vector<PixelMoments> parts(kParts);
  pool.run(kParts, [&](Index part) {
    Matrix x;
    for (Index g = part; g < groups; g += kParts) {
      const std::span<const Index> group = batch_of(images, kRows, g);
      x.resize(static_cast<Index>(group.size()), dataset.shape.size());
      fill_images(dataset, group, MatrixMap(x.data(), x.rows(), x.cols()));
      parts[static_cast<std::size_t>(part)].add(x);
    }
  });
  PixelMoments total;
  for (const PixelMoments& part : parts) total.add(part);
  return principal_components(total, components);
}

}  // namespace loom
