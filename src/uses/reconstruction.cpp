#include "uses/reconstruction.h"

#include "core/math.h"
#include "nn/gaussian.h"
#include "nn/likelihood/ssim.h"
#include "uses/images.h"

namespace loom {

void autoencode(const Model& model, const Matrix& x, Workspace& workspace, Posterior& code, Matrix& out) {
  encode(model, x, workspace, code);
  decode(model, code.mu, workspace, out);
}
std::vector<double> cross_entropies(const Model& model, const Matrix& logits, const Matrix& x) {
  if (find_likelihood(model.spec.likelihood)->mean != find_likelihood("bernoulli")->mean) return {};
  std::vector<double> out(static_cast<std::size_t>(x.rows()));
  for (Index n = 0; n < x.rows(); ++n) {
    double sum = 0;
    for (Index p = 0; p < x.cols(); ++p) sum += static_cast<double>(softplus(logits(n, p)) - x(n, p) * logits(n, p));
    out[static_cast<std::size_t>(n)] = sum;
  }
  return out;
}

Reconstructions reconstruct(const Model& model, const Dataset& data, std::span<const Index> indices) {
  Reconstructions out;
  out.original = images_at(data, indices);
  Workspace workspace;
  encode(model, out.original, workspace, out.code);
  const Matrix logits = decode_logits(model, out.code.mu, workspace);
  find_likelihood(model.spec.likelihood)->mean(logits, out.decoded);
  const std::vector<double> bce = cross_entropies(model, logits, out.original);
  for (std::size_t i = 0; i < indices.size(); ++i) {
    const auto n = static_cast<Index>(i);
    ReconstructedImage image;
    image.index = indices[i];
    image.label = data.labels[static_cast<std::size_t>(indices[i])];
    const Matrix x = out.original.row(n);
    if (!bce.empty()) image.bce = bce[i];
    image.entropy = bernoulli_entropy(x);
    if (model.spec.variational) image.kl = kl_divergence(out.code.mu.row(n), out.code.logvar.row(n));
    image.mse = static_cast<double>((out.decoded.row(n) - x).squaredNorm()) / static_cast<double>(x.cols());
    image.ssim = ssim(out.decoded.row(n).data(), x.data(), data.shape);
    out.images.push_back(image);
  }
  return out;
}

}  // namespace loom
