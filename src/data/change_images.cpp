#include "data/change_images.h"

#include <utility>

#include "data/hold_out.h"

namespace loom {

void change_images(Dataset& dataset, const DataSource& source) {
  if (!source.transpose && !source.invert) return;
  if (source.invert)
    for (std::uint8_t& pixel : dataset.pixels) pixel = static_cast<std::uint8_t>(kGreyLevels - 1 - pixel);
  if (source.transpose) {
    const auto height = static_cast<std::size_t>(dataset.shape.height),
               width = static_cast<std::size_t>(dataset.shape.width);
    const std::vector<std::uint8_t> before = dataset.pixels;
    for (std::size_t n = 0; n < dataset.labels.size(); ++n)
      for (std::size_t y = 0; y < height; ++y)
        for (std::size_t x = 0; x < width; ++x)
          dataset.pixels[(n * width + x) * height + y] = before[(n * height + y) * width + x];
    std::swap(dataset.shape.height, dataset.shape.width);
  }
  dataset.name = kCustomDataset;
  set_hashes(dataset, !dataset.labels_sha256.empty());
}

}  // namespace loom
