#include <doctest/doctest.h>

#include "nn/product_kernel.h"
#include "nn/window_kernels.h"
#include "random_matrix.h"

namespace loom {

TEST_CASE("product kernel: equals Eigen's product for every size of tile, both orders of the left factor, and sums") {
  const Index lanes = vector_lanes();
  double worst = 0;
  for (const Index rows : {1, 4, 5, 6, 7, 13})
    for (const Index vectors : {1, 2, 3, 4, 5, 9})
      for (const Index depth : {1, 3, 40}) {
        const Matrix a = random_matrix(rows, depth, 1), turned = a.transpose();
        const Matrix b = random_matrix(depth, vectors * lanes, 2);
        Matrix c = Matrix::Constant(rows, b.cols(), 7), sum = Matrix::Constant(rows, b.cols(), 1);
        multiply({a.data(), depth, 1}, b.data(), b.cols(), rows, depth, b.cols(), false, c.data(), b.cols());
        multiply({turned.data(), 1, rows}, b.data(), b.cols(), rows, depth, b.cols(), true, sum.data(), b.cols());
        worst = std::max<double>(worst, (c - a * b).cwiseAbs().maxCoeff());
        worst = std::max<double>(worst, ((sum.array() - 1).matrix() - c).cwiseAbs().maxCoeff());
      }
  CHECK(worst <= 1e-5);  // sums of 40 products of about 1
}

TEST_CASE("product kernel: one image, at sizes around its vectors and its rows") {
  double worst = 0;
  for (const Index rows : {1, 3, 4, 5, 8, 30})
    for (const Index depth : {1, 2, 7, 16, 17, 67}) {
      const Matrix a = random_matrix(rows, depth, 1), x = random_matrix(1, depth, 2);
      Matrix y = Matrix::Constant(1, rows + 1, 7);
      multiply(a.data(), rows, depth, x.data(), y.data());
      worst = std::max<double>(worst, (y.leftCols(rows) - x * a.transpose()).cwiseAbs().maxCoeff());
      CHECK(y(0, rows) == 7);
    }
  CHECK(worst <= 1e-5);
}

TEST_CASE("product kernel: columns beyond those asked for stay as they are") {
  const Index lanes = vector_lanes();
  const Matrix a = random_matrix(5, 3, 1), b = random_matrix(3, 2 * lanes, 2);
  Matrix c = Matrix::Constant(5, 2 * lanes, 7);
  multiply({a.data(), 3, 1}, b.data(), b.cols(), 5, 3, lanes, false, c.data(), c.cols());
  CHECK((c.rightCols(lanes).array() == Scalar(7)).all());
}

TEST_CASE("product kernel: transpose, at sizes around its blocks") {
  for (const Index rows : {1, 7, 8, 9, 30})
    for (const Index columns : {1, 8, 17}) {
      const Matrix from = random_matrix(rows, columns, 3);
      Matrix to(columns, rows);
      transpose(from.data(), columns, rows, columns, to.data(), rows);
      CHECK(to == from.transpose());
    }
}

}  // namespace loom
