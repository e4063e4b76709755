#include "uses/samples.h"

#include <cmath>

#include "core/error.h"
#include "core/rng.h"

namespace loom {
namespace {

// First key of the streams that pixels are drawn from, beyond those of the codes, so that no random number is used
// twice.
constexpr std::uint64_t kPixelKeys = std::uint64_t{1} << 32;

}  // namespace

std::vector<Index> images_to_draw_from(const EncodedSet& set, const SampleRequest& request) {
  std::vector<Index> out;
  if (request.source == SampleSource::prior) return out;
  for (Index n = 0; n < set.size(); ++n)
    if (request.source == SampleSource::aggregate || set.labels[static_cast<std::size_t>(n)] == request.label)
      out.push_back(n);
  return out;
}

Matrix draw_codes(const ModelFile& file, const SampleRequest& request) {
  const EncodedSet& set = file.test;
  const std::vector<Index> from = images_to_draw_from(set, request);
  const bool prior = request.source == SampleSource::prior;
  if (!prior && from.empty())
    fail("the weight file holds no encoded image", set.size() > 0 ? " of this class" : "", " to draw from");
  Matrix z(request.count, file.model.spec.latent_dim);
  for (Index i = 0; i < z.rows(); ++i) {
    Rng rng(request.seed, Stream::sample, static_cast<std::uint64_t>(i));
    const Index n = prior ? -1 : from[static_cast<std::size_t>(rng.below(from.size()))];
    for (Index d = 0; d < z.cols(); ++d) {
      const double mean = prior ? 0 : static_cast<double>(set.mu(n, d));
      const double sigma = prior ? 1 : set.logvar.size() == 0 ? 0 : std::exp(static_cast<double>(set.logvar(n, d)) / 2);
      z(i, d) = static_cast<Scalar>(mean + sigma * rng.normal());
    }
  }
  return z;
}

void draw_pixels(std::uint64_t seed, Index i, std::span<Scalar> means) {
  Rng rng(seed, Stream::sample, kPixelKeys + static_cast<std::uint64_t>(i));
  for (Scalar& pixel : means) pixel = rng.uniform() < static_cast<double>(pixel) ? Scalar(1) : Scalar(0);
}

Samples draw_samples(const ModelFile& file, const SampleRequest& request) {
  Samples out;
  out.z = draw_codes(file, request);
  Workspace workspace;
  decode(file.model, out.z, workspace, out.images);
  if (request.bernoulli)
    for (Index i = 0; i < out.images.rows(); ++i)
      draw_pixels(request.seed, i, {out.images.row(i).data(), static_cast<std::size_t>(out.images.cols())});
  return out;
}

}  // namespace loom
