// -log p(x|z) for all pairs of many images and many places, as one matrix product. Most likelihoods are exponential
// families in the pixels,
//
//   loss(l, x) = offset(l) + constant(x) - x . slope(l),
//
// l a row of decoder outputs: slope = l for Bernoulli pixels (and continuous ones), a multiple of the mean picture for
// squared errors. The form of a likelihood is found by probing it, so a new row in nn/likelihood.cpp needs no change
// here. N places, B images, P pixels.
#pragma once

#include <vector>

#include "model/autoencoder.h"

namespace loom {

struct PixelTerms {
  enum class Form { logits, picture, general };  // what the slope is; general: no such form, pair by pair instead

  const Likelihood* likelihood = nullptr;
  Form form = Form::general;
  double scale = 1;  // slope = scale * logits or picture
  ImageShape shape;
};

PixelTerms pixel_terms(const Model&);

// The places' part: slope (N, P), the logits themselves for the general form; offset (N), 0 for the general form.
struct PlaceTerms {
  Matrix slope;
  std::vector<double> offset;
};
void place_terms(const PixelTerms&, const Matrix& logits, PlaceTerms& out);

// The images' part: constant(x) of each row of x, 0 for the general form.
std::vector<double> image_constants(const PixelTerms&, const Matrix& x);

// losses(n, b) = -log p(x_b | z_n), nats.
void pair_losses(const PixelTerms&, const PlaceTerms&, const Matrix& x, const std::vector<double>& constants,
                 Matrix& losses);

// -log p(x_n | z_n) row by row, in double; logits and x are (N, P).
std::vector<double> row_losses(const Likelihood&, const ImageShape&, const Matrix& logits, const Matrix& x);

}  // namespace loom
