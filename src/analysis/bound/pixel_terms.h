// -log p(x|z) for all pairs of many images and many places, as one matrix product. This works because most likelihoods
// are exponential families in the pixels,
//
//   loss(l, x) = offset(l) + constant(x) - x . slope(l),
//
// where l is a row of decoder outputs: slope = l for Bernoulli and continuous Bernoulli pixels, and a multiple of the
// mean picture for squared errors. The form of a likelihood is found by evaluating it at random inputs, so a new row
// in nn/likelihood/likelihood.cpp needs no change here. N places, B images, P pixels.
#pragma once

#include <vector>

#include "model/autoencoder.h"

namespace loom {

struct PixelTerms {
  enum class Form { logits, picture, general };  // what the slope is; general: no such form, so pair by pair

  const Likelihood* likelihood = nullptr;
  Form form = Form::general;
  double scale = 1;  // slope = scale * logits or picture
  ImageShape shape;
};

// The form of the model's likelihood.
PixelTerms pixel_terms(const Model&);

// The terms that depend on the places only: slope (N, P), for the general form the logits themselves; offset (N), for
// the general form 0.
struct PlaceTerms {
  Matrix slope;
  std::vector<double> offset;
};
void place_terms(const PixelTerms&, const Matrix& logits, PlaceTerms& out);

// The terms that depend on the images only: constant(x) of each row of x, for the general form 0.
std::vector<double> image_constants(const PixelTerms&, const Matrix& x);

// losses(n, b) = -log p(x_b | z_n), nats.
void pair_losses(const PixelTerms&, const PlaceTerms&, const Matrix& x, const std::vector<double>& constants,
                 Matrix& losses);

// -log p(x_n | z_n) row by row; logits and x are (N, P). In the unit of the likelihood.
std::vector<double> row_losses(const Likelihood&, const ImageShape&, const Matrix& logits, const Matrix& x);

}  // namespace loom
