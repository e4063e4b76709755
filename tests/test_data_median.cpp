// The 3 x 3 median filter: against sorting by hand, and what it is for.
#include <doctest/doctest.h>

#include "data/images/median_filter.h"

namespace loom {

TEST_CASE("median filter: the median of nine pixels, with edge pixels repeated") {
  Matrix x(1, 9);
  x << 9, 1, 8, 2, 7, 3, 6, 4, 5;  // 3 x 3
  const Matrix y = median_filtered(x, {1, 3, 3});
  CHECK(y(0, 4) == 5);
  CHECK(y(0, 0) == 7);  // 9 9 1 / 9 9 1 / 2 2 7
  CHECK(y(0, 8) == 5);  // 7 3 3 / 4 5 5 / 4 5 5
}

TEST_CASE("median filter: removes a single wrong pixel, keeps an edge, treats each row as an image") {
  const ImageShape shape{1, 6, 8};
  Matrix x(2, shape.size());
  for (Index row = 0; row < 6; ++row)
    for (Index column = 0; column < 8; ++column) x(0, row * 8 + column) = column < 4 ? Scalar(0) : Scalar(1);
  x.row(1).setConstant(Scalar(0.5));
  const Matrix clean = x;
  x(0, 2 * 8 + 1) = 1;
  x(1, 3 * 8 + 5) = 0;
  CHECK(median_filtered(x, shape) == clean);
}

}  // namespace loom
