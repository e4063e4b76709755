// Random content for tests, the same on every machine.
#pragma once

#include <cmath>
#include <cstdint>

#include "core/rng.h"
#include "core/types.h"

namespace loom {

// Normally distributed numbers, at least `margin` away from 0, where relu is not differentiable.
inline Matrix random_matrix(Index rows, Index columns, std::uint64_t key, double margin = 0) {
  Rng rng(1, Stream::test, key);
  Matrix m(rows, columns);
  for (Index i = 0; i < m.size(); ++i) {
    const double value = rng.normal();
    m.data()[i] = static_cast<Scalar>(value + std::copysign(margin, value));
  }
  return m;
}

// Uniform in [0, 1): pictures.
inline Matrix random_pixels(Index rows, Index columns, std::uint64_t key) {
  Rng rng(2, Stream::test, key);
  Matrix m(rows, columns);
  for (Index i = 0; i < m.size(); ++i) m.data()[i] = static_cast<Scalar>(rng.uniform());
  return m;
}

}  // namespace loom
