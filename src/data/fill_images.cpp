#include "core/error.h"
#include "data/dataset.h"

namespace loom {

void fill_images(const Dataset& dataset, std::span<const Index> indices, MatrixMap out) {
  const Index size = dataset.shape.size();
  const Index rows = static_cast<Index>(indices.size());
  if (out.rows() != rows || out.cols() != size)
    fail("fill_images: out is ", shape_text({out.rows(), out.cols()}), ", expected ", shape_text({rows, size}));
  for (Index row = 0; row < rows; ++row) {
    const Index index = indices[static_cast<std::size_t>(row)];
    if (index < 0 || index >= dataset.size())
      fail("fill_images: image ", index, " of ", dataset.size(), " (", dataset.images_path, ')');
    const std::uint8_t* pixels = dataset.pixels.data() + index * size;
    Scalar* y = out.row(row).data();
    for (Index i = 0; i < size; ++i) y[i] = static_cast<Scalar>(pixels[i]) / 255;  // division: 255 gives exactly 1
  }
}

}  // namespace loom
