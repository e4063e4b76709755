// New pictures from a decoder.
#pragma once

#include <string>

#include "model/checkpoint.h"

namespace loom {

struct Samples {
  Matrix z;         // (count, D)
  Matrix pictures;  // (count, P): the decoder's means, or Bernoulli samples of them
  std::string words;  // where z comes from, for people
  bool bernoulli = false;
};

struct SampleRequest {
  // "prior": N(0, I). "aggregate": the posterior of an encoded test image drawn at random, q(z). "class:NAME": the same
  // within a class.
  std::string from = "prior";
  Index count = 40;
  std::uint64_t seed = 0;
  bool bernoulli = false;  // every pixel black or white, with the mean as probability, instead of the mean
};

// The encoded test images come from the weight file. A plain autoencoder has no posterior: its codes themselves are
// drawn, and from "prior" it is refused, because nothing pulled its codes towards one. Sample i depends on seed and i.
// Throws Error for an unknown class, listing those there are, and for a file without encoded images where they are
// needed.
Samples draw_samples(const ModelFile&, const SampleRequest&);

}  // namespace loom
