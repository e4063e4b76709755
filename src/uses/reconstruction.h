// Images through the encoder and back: what a model makes of them, and how far off it is.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "data/dataset.h"
#include "model/autoencoder.h"

namespace loom {

// decode(mu of encode(x)): x (N, P), `code` the posteriors on the way. Reconstructing and denoising are this.
void autoencode(const Model&, const Matrix& x, Workspace&, Posterior& code, Matrix& out);

struct ReconstructedImage {
  Index index = 0;
  int label = 0;
  // Nats. Empty for a model whose outputs are not logits of grey values (a linear one): it has no cross-entropy.
  std::optional<double> bce;
  double entropy = 0;         // of the image's grey values: no cross-entropy is below it
  std::optional<double> kl;   // nats; empty for a plain autoencoder
  double mse = 0, ssim = 0;   // per pixel; in [-1, 1]

  std::optional<double> excess() const { return bce ? std::optional(*bce - entropy) : std::nullopt; }
};

struct Reconstructions {
  std::vector<ReconstructedImage> images;
  Matrix original, decoded;  // (N, P), the second at z = mu
  Posterior code;            // (N, D)
};

Reconstructions reconstruct(const Model&, const Dataset&, std::span<const Index> indices);

// Sums of cross-entropy per image in nats, each image alone, from logits (N, P). Throws nothing; empty unless the
// model's pictures are the sigmoid of its logits.
std::vector<double> cross_entropies(const Model&, const Matrix& logits, const Matrix& x);

}  // namespace loom
