#include "data/images/median_filter.h"

#include <algorithm>
#include <array>

namespace loom {

Matrix median_filtered(const Matrix& x, const ImageShape& shape) {
  Matrix out(x.rows(), x.cols());
  std::array<Scalar, 9> window;
  for (Index n = 0; n < x.rows(); ++n)
    for (Index c = 0; c < shape.channels; ++c) {
      const Scalar* plane = x.row(n).data() + c * shape.height * shape.width;
      Scalar* result = out.row(n).data() + c * shape.height * shape.width;
      for (Index row = 0; row < shape.height; ++row)
        for (Index column = 0; column < shape.width; ++column) {
          std::size_t count = 0;
          for (Index y = row - 1; y <= row + 1; ++y)
            for (Index z = column - 1; z <= column + 1; ++z)
              window[count++] = plane[std::clamp<Index>(y, 0, shape.height - 1) * shape.width +
                                      std::clamp<Index>(z, 0, shape.width - 1)];
          std::nth_element(window.begin(), window.begin() + 4, window.end());
          result[row * shape.width + column] = window[4];
        }
    }
  return out;
}

}  // namespace loom
