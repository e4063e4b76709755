// Generates new images: draws codes z and decodes them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/checkpoint.h"
#include "uses/choices.h"

namespace loom {

struct SampleRequest {
  SampleSource source = SampleSource::prior;
  std::size_t label = 0;  // the class, for one_class
  Index count = 40;
  std::uint64_t seed = 0;
  bool bernoulli = false;  // draw every pixel as 0 or 1 with the decoder's mean as probability, instead of the mean
};

struct Samples {
  Matrix z;  // (count, D)
  Matrix images;  // (count, P)
};

// The numbers of the encoded test images from whose posteriors codes are drawn; empty for the prior.
std::vector<Index> images_to_draw_from(const EncodedSet&, const SampleRequest&);

// Draws codes (count, D). Each sample has its own stream of random numbers, so sample i depends only on the seed and
// on i, not on how many are drawn, and the command line and the page show the same images for the same seed. For a
// plain autoencoder, which has no posterior, the codes of encoded images are drawn. Throws Error if there is no
// encoded image to draw from.
Matrix draw_codes(const ModelFile&, const SampleRequest&);

// Draws zeros and ones from the decoder's means for sample i, in [0, 1], in place. The random numbers are the same for
// every model.
void draw_pixels(std::uint64_t seed, Index i, std::span<Scalar> means);

// Draws codes, decodes them and, if requested, draws pixels.
Samples draw_samples(const ModelFile&, const SampleRequest&);

}  // namespace loom
