#include "analysis/metric/picture_change.h"

#include <algorithm>
#include <cmath>

namespace loom {
namespace {

constexpr Index kPictureBlock = 128;  // pictures at a time

double root_mean_square(const Matrix& pictures, Index a, Index b) {
  return std::sqrt(static_cast<double>((pictures.row(b) - pictures.row(a)).squaredNorm()) /
                   static_cast<double>(pictures.cols()));
}

}  // namespace

std::vector<double> picture_steps(const Model& model, const Matrix& path, ChangeScratch& s) {
  std::vector<double> steps;
  for (Index first = 0; first + 1 < path.rows(); first += kPictureBlock) {
    s.z = path.middleRows(first,
                          std::min(kPictureBlock + 1, path.rows() - first));  // one more, to compare the last one with
    decode(model, s.z, s.decoder, s.picture);
    for (Index i = 0; i + 1 < s.picture.rows(); ++i) steps.push_back(root_mean_square(s.picture, i, i + 1));
  }
  return steps;
}

Smoothness map_smoothness(const Model& model, std::uint64_t seed, Index first, Index last, ChangeScratch& s) {
  Smoothness smoothness;
  const Index latent = model.spec.latent_dim;
  for (Index begin = first; begin < last; begin += kPictureBlock / 2) {
    const Index count = std::min(kPictureBlock / 2, last - begin);
    const Matrix z = prior_draws(latent, seed, begin, begin + count);
    s.z.resize(2 * count, latent);
    for (Index n = 0; n < count; ++n) {
      Rng rng(seed, Stream::sample, static_cast<std::uint64_t>(begin + n));
      RowVector direction(latent);
      for (Index d = 0; d < latent; ++d) direction[d] = static_cast<Scalar>(rng.normal());
      s.z.row(2 * n) = z.row(n);
      s.z.row(2 * n + 1) = z.row(n) + direction.normalized() * static_cast<Scalar>(kSmoothnessStep);
    }
    decode(model, s.z, s.decoder, s.picture);
    for (Index n = 0; n < count; ++n) {
      const double change = root_mean_square(s.picture, 2 * n, 2 * n + 1);
      smoothness.add({change, change, 1});
    }
  }
  return smoothness;
}

Matrix round_trip(const Model& model, const Matrix& z, ChangeScratch& s) {
  decode(model, z, s.decoder, s.picture);
  encode(model, s.picture, s.encoder, s.posterior);
  return s.posterior.mu - z;
}

Matrix prior_draws(Index latent_dim, std::uint64_t seed, Index first, Index last) {
  Matrix z(last - first, latent_dim);
  for (Index n = 0; n < z.rows(); ++n) {
    Rng rng(seed, Stream::evaluation, static_cast<std::uint64_t>(first + n));
    for (Index d = 0; d < latent_dim; ++d) z(n, d) = static_cast<Scalar>(rng.normal());
  }
  return z;
}

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1) + 0.5);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

}  // namespace loom
