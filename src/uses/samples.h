// New images from a decoder: codes z are drawn, and each is decoded.
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
  bool bernoulli = false;  // every pixel black or white, with the decoder's mean as probability, instead of the mean
};

struct Samples {
  Matrix z;  // (count, D)
  Matrix images;  // (count, P)
};

// The encoded test images whose posteriors may be drawn from, by their numbers; none for the prior.
std::vector<Index> images_to_draw_from(const EncodedSet&, const SampleRequest&);

// Codes (count, D). Each sample has a stream of random numbers of its own, so sample i depends on the seed and on i,
// and not on how many are drawn: the command line and the page show the same images for the same seed. A plain
// autoencoder has no posterior: its codes themselves are drawn. Throws Error where there is no encoded image to draw
// from.
Matrix draw_codes(const ModelFile&, const SampleRequest&);

// Turns the decoder's means for sample i, in [0, 1], into zeros and ones. The same numbers for every model.
void draw_pixels(std::uint64_t seed, Index i, std::span<Scalar> means);

// Both, and the decoding in between.
Samples draw_samples(const ModelFile&, const SampleRequest&);

}  // namespace loom
