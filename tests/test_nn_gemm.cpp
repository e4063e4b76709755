#include <doctest/doctest.h>

#include "nn/kernels/gemm.h"
#include "nn/kernels/window_kernels.h"
#include "random_matrix.h"

namespace loom {
namespace {

// c (+)= a b with a as it lies, or stored transposed.
Gemm product(const Matrix& a, bool transposed, const Matrix& b, Matrix& c) {
  return {.m = transposed ? a.cols() : a.rows(),
          .n = b.cols(),
          .k = b.rows(),
          .a = a.data(),
          .a_row = transposed ? 1 : a.cols(),
          .a_column = transposed ? a.cols() : 1,
          .b = b.data(),
          .ldb = b.cols(),
          .c = c.data(),
          .ldc = c.cols()};
}

}  // namespace

TEST_CASE("gemm: equals three loops, for full and partial tiles, for a and its transpose, and when it adds") {
  const Index lanes = vector_lanes();
  double worst = 0;
  for (const Index rows : {1, 4, 5, 6, 7, 13})
    for (const Index columns :
         {Index{1}, Index{3}, lanes, 2 * lanes, 2 * lanes + 1, 3 * lanes, 4 * lanes + 3, 5 * lanes, 9 * lanes})
      for (const Index depth : {1, 3, 40}) {
        const Matrix a = random_matrix(rows, depth, 1), turned = a.transpose(), b = random_matrix(depth, columns, 2);
        Matrix fast = Matrix::Constant(rows, columns, 7), naive = fast, sum = Matrix::Constant(rows, columns, 1);
        gemm(product(a, false, b, fast));
        gemm_naive(product(a, false, b, naive));
        Gemm adding = product(turned, true, b, sum);
        adding.accumulate = true;
        gemm(adding);
        worst = std::max<double>(worst, (fast - naive).cwiseAbs().maxCoeff());
        worst = std::max<double>(worst, ((sum.array() - 1).matrix() - naive).cwiseAbs().maxCoeff());
      }
  CHECK(worst <= 1e-5);  // sums of 40 products of about 1
}

TEST_CASE("gemm: the three loops equal Eigen's product") {
  const Matrix a = random_matrix(5, 7, 1), b = random_matrix(7, 6, 2);
  Matrix c(5, 6);
  gemm_naive(product(a, false, b, c));
  CHECK((c - a * b).cwiseAbs().maxCoeff() <= 1e-5);
}

TEST_CASE("gemm: columns beyond the given number stay unchanged") {
  const Index lanes = vector_lanes();
  for (const Index columns : {lanes, lanes + 1}) {
    const Matrix a = random_matrix(5, 3, 1), b = random_matrix(3, 2 * lanes, 2);
    Matrix c = Matrix::Constant(5, 2 * lanes, 7);
    Gemm g = product(a, false, b, c);
    g.n = columns;
    gemm(g);
    CHECK((c.rightCols(2 * lanes - columns).array() == Scalar(7)).all());
    CHECK((c.leftCols(columns) - a * b.leftCols(columns)).cwiseAbs().maxCoeff() <= 1e-5);
  }
}

TEST_CASE("gemv: one image, at sizes around multiples of its vectors and row blocks") {
  double worst = 0;
  for (const Index rows : {1, 3, 4, 5, 8, 30})
    for (const Index depth : {1, 2, 7, 16, 17, 67}) {
      const Matrix a = random_matrix(rows, depth, 1), x = random_matrix(1, depth, 2);
      Matrix y = Matrix::Constant(1, rows + 1, 7);
      gemv(rows, depth, a.data(), x.data(), y.data());
      worst = std::max<double>(worst, (y.leftCols(rows) - x * a.transpose()).cwiseAbs().maxCoeff());
      CHECK(y(0, rows) == 7);
    }
  CHECK(worst <= 1e-5);
}

TEST_CASE("transpose: at sizes around multiples of its blocks") {
  for (const Index rows : {1, 7, 8, 9, 30})
    for (const Index columns : {1, 8, 17}) {
      const Matrix from = random_matrix(rows, columns, 3);
      Matrix to(columns, rows);
      transpose(rows, columns, from.data(), columns, to.data(), rows);
      CHECK(to == from.transpose());
    }
}

}  // namespace loom
