// Fourier features of a point: y = [x | sin(x B^T) | cos(x B^T)], with trained frequencies B (Tancik et al. 2020,
// equation 5; x itself is kept, so that a dense layer behind it loses nothing). In front of a decoder of few latent
// dimensions they let the picture change quickly from place to place, which a plain dense layer learns slowly.
// N batch, I inputs, F frequencies; x (N, I), y (N, I + 2F), B = weight (F, I).
#pragma once

#include "core/parameter.h"
#include "core/types.h"
#include "nn/scratch.h"

namespace loom {

struct Fourier {
  Matrix weight;  // (F, I), radians per unit of x

  Fourier() = default;
  Fourier(Index inputs, Index frequencies) : weight(frequencies, inputs) {}

  Index inputs() const { return weight.cols(); }
  Index outputs() const { return weight.cols() + 2 * weight.rows(); }
};

void forward(const Fourier& layer, const Matrix& x, Matrix& y, Scratch&);

// With s = dy_sin cos(x B^T) - dy_cos sin(x B^T): dB += s^T x, dx = dy_x + s B.
void backward(const Fourier& layer, const Matrix& x, const Matrix& y, const Matrix& dy, Fourier& grad, Matrix* dx,
              Scratch&);

}  // namespace loom
