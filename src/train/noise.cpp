#include "train/noise.h"

namespace loom {

Noise config_noise(const TrainConfig& config) {
  if (config.corruption == "none") return {};
  return {&find_corruption(config.corruption), config.corruption_level};
}

void add_noise(const Noise& noise, std::uint64_t seed, std::span<const Index> images, std::uint64_t key, Matrix& x) {
  if (!noise.kind) return;
  for (Index row = 0; row < x.rows(); ++row) {
    Rng rng(seed, Stream::corruption, key + static_cast<std::uint64_t>(images[static_cast<std::size_t>(row)]));
    noise.kind->apply(rng, noise.level, {x.row(row).data(), static_cast<std::size_t>(x.cols())});
  }
}

}  // namespace loom
