// Two images made one, in three ways.
#pragma once

#include "model/checkpoint.h"
#include "uses/latent_place.h"

namespace loom {

struct Merging {
  LatentPlace a, b;
  std::string class_a, class_b;
  RowVector average, shifted;  // (z_a + z_b) / 2 and z_a + mean_B - mean_A (Larsen et al. 2016, section 4.2)
  Matrix originals;  // (2, P): images a and b
  Matrix pixels;     // (1, P): their average
  Matrix decoded;    // (4, P): at z_a, z_b, average, shifted
};

// `set` is the data set as the model encodes it, for the means of the classes. Throws Error unless both are images.
Merging merge_images(const Model&, const Dataset&, const EncodedSet& set, const LatentPlace& a, const LatentPlace& b);

}  // namespace loom
