#include "analysis/bound/pixel_terms.h"

#include <algorithm>
#include <cmath>

#include "core/rng.h"

namespace loom {
namespace {

double loss(const Likelihood& likelihood, const ImageShape& shape, const Matrix& logits, const Matrix& x) {
  return likelihood.reconstruction(logits, x, shape, 1, nullptr);
}

// The interaction of l and x in loss(l, x), without the terms that depend on one of them only:
// -x . (slope(l) - slope(0)).
double mixed_term(const Likelihood& likelihood, const ImageShape& shape, const Matrix& logits, const Matrix& x) {
  const Matrix zero = Matrix::Zero(1, logits.cols());
  return loss(likelihood, shape, logits, x) - loss(likelihood, shape, logits, zero) - loss(likelihood, shape, zero, x) +
         loss(likelihood, shape, zero, zero);
}

struct Probe {
  Matrix logits, x;

  Probe(Index pixels, std::uint64_t key) : logits(1, pixels), x(1, pixels) {
    Rng rng(1, Stream::test, key);
    for (Index i = 0; i < pixels; ++i) {
      logits(0, i) = static_cast<Scalar>(2 * rng.normal());
      x(0, i) = static_cast<Scalar>(rng.uniform());
    }
  }
};

constexpr double kSame = 1e-3;  // relative: sums of some thousand pixels in single precision

// -x . (g(l) - g(0)) for g the logits or the mean picture.
double linear_term(const Likelihood& likelihood, PixelTerms::Form form, const Probe& probe) {
  Matrix slope = probe.logits;
  if (form == PixelTerms::Form::picture) {
    Matrix middle;
    likelihood.mean(probe.logits, slope);
    likelihood.mean(Matrix::Zero(1, slope.cols()), middle);
    slope -= middle;
  }
  return -static_cast<double>(slope.row(0).dot(probe.x.row(0)));
}

}  // namespace

PixelTerms pixel_terms(const Model& model) {
  PixelTerms terms{find_likelihood(model.spec.likelihood), PixelTerms::Form::general, 1, model.spec.image};
  const Likelihood& likelihood = *terms.likelihood;
  const Index pixels = model.spec.image.size();
  const Probe first(pixels, 1);
  for (const auto form : {PixelTerms::Form::logits, PixelTerms::Form::picture}) {
    const double scale =
        mixed_term(likelihood, terms.shape, first.logits, first.x) / linear_term(likelihood, form, first);
    bool holds = std::isfinite(scale);
    for (std::uint64_t key = 2; key < 6 && holds; ++key) {
      const Probe probe(pixels, key);
      const double wanted = mixed_term(likelihood, terms.shape, probe.logits, probe.x);
      holds = std::abs(scale * linear_term(likelihood, form, probe) - wanted) <= kSame * (std::abs(wanted) + 1);
    }
    if (holds) return {&likelihood, form, scale, terms.shape};
  }
  return terms;
}

void place_terms(const PixelTerms& terms, const Matrix& logits, PlaceTerms& out) {
  out.offset.assign(static_cast<std::size_t>(logits.rows()), 0);
  if (terms.form == PixelTerms::Form::general) {
    out.slope = logits;
    return;
  }
  out.offset = row_losses(*terms.likelihood, terms.shape, logits, Matrix::Zero(logits.rows(), logits.cols()));
  if (terms.form == PixelTerms::Form::picture)
    terms.likelihood->mean(logits, out.slope);
  else
    out.slope = logits;
  if (std::abs(terms.scale - 1) > 1e-6) out.slope *= static_cast<Scalar>(terms.scale);
}

std::vector<double> image_constants(const PixelTerms& terms, const Matrix& x) {
  std::vector<double> constants(static_cast<std::size_t>(x.rows()), 0);
  if (terms.form == PixelTerms::Form::general) return constants;
  // At l = 0: constant(x) = loss(0, x) - offset(0) + x . slope(0).
  const Matrix zero = Matrix::Zero(1, x.cols());
  PlaceTerms at_zero;
  place_terms(terms, zero, at_zero);
  constants = row_losses(*terms.likelihood, terms.shape, Matrix::Zero(x.rows(), x.cols()), x);
  for (Index b = 0; b < x.rows(); ++b)
    constants[static_cast<std::size_t>(b)] +=
        static_cast<double>(x.row(b).dot(at_zero.slope.row(0))) - at_zero.offset[0];
  return constants;
}

void pair_losses(const PixelTerms& terms, const PlaceTerms& places, const Matrix& x,
                 const std::vector<double>& constants, Matrix& losses) {
  const Index count = places.slope.rows(), images = x.rows();
  losses.resize(count, images);
  if (terms.form == PixelTerms::Form::general) {
    Matrix logits, image;
    for (Index n = 0; n < count; ++n)
      for (Index b = 0; b < images; ++b) {
        logits = places.slope.row(n), image = x.row(b);
        losses(n, b) = static_cast<Scalar>(loss(*terms.likelihood, terms.shape, logits, image));
      }
    return;
  }
  losses.noalias() = places.slope * x.transpose();
  for (Index n = 0; n < count; ++n)
    for (Index b = 0; b < images; ++b)
      losses(n, b) = static_cast<Scalar>(places.offset[static_cast<std::size_t>(n)] +
                                         constants[static_cast<std::size_t>(b)] - static_cast<double>(losses(n, b)));
}

}  // namespace loom
