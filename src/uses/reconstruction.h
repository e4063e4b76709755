// Reconstructs images: encodes and decodes them, and measures the errors.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "data/dataset.h"
#include "model/autoencoder.h"

namespace loom {

// Sets `code` to the posteriors of x (N, P), and `out` to the images decoded at their mu. Used to reconstruct and to
// denoise.
void autoencode(const Model&, const Matrix& x, Workspace&, Posterior& code, Matrix& out);

struct ReconstructedImage {
  Index index = 0;
  int label = 0;
  // Binary cross-entropy in nats. Empty for a model whose outputs are not logits of grey values (a linear one).
  std::optional<double> bce;
  double entropy = 0;         // of the image's grey values, nats: the lower bound of the cross-entropy
  std::optional<double> kl;   // nats; empty for a plain autoencoder
  double mse = 0, ssim = 0;   // per pixel; in [-1, 1]

  std::optional<double> excess() const { return bce ? std::optional(*bce - entropy) : std::nullopt; }
};

struct Reconstructions {
  std::vector<ReconstructedImage> images;
  Matrix original, decoded;  // (N, P), the second at z = mu
  Posterior code;            // (N, D)
};

// Reconstructs images of the data set and measures each one's errors.
Reconstructions reconstruct(const Model&, const Dataset&, std::span<const Index> indices);

// The cross-entropy of each image in nats, summed over pixels, from logits (N, P). Empty unless the model's pictures
// are the sigmoid of its logits.
std::vector<double> cross_entropies(const Model&, const Matrix& logits, const Matrix& x);

}  // namespace loom
