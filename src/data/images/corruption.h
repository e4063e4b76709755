// Corruption of images, which a denoising autoencoder learns to remove (Vincent, Larochelle, Lajoie, Bengio & Manzagol
// 2010, section 3.5). To add a kind, add a row to the table in corruption.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/rng.h"
#include "core/types.h"

namespace loom {

struct Corruption {
  std::string_view name;   // "gaussian"
  std::string_view what;   // a short description
  std::string_view level;  // what the level means and its unit
  double max_level;        // levels are in [0, max_level]
  // Changes pixels in [0, 1], which stay in that range. The number of random draws does not depend on the pixels.
  void (*apply)(Rng& rng, double level, std::span<Scalar> pixels);
};

std::span<const Corruption> corruptions();

// Throws Error if unknown, naming the known ones.
const Corruption& find_corruption(std::string_view name);

// Throws Error beginning with `where` unless `level` is in [0, max_level].
void check_level(const Corruption&, double level, std::string_view where);

// Corrupts every row of x (N, P), values in [0, 1]. Row n uses the random numbers of (seed, key_of_row_0 + n), so a
// slice of a data set is corrupted as it would be within the whole. Level 0 changes nothing.
void corrupt(const Corruption&, double level, std::uint64_t seed, std::uint64_t key_of_row_0, Matrix& x);

}  // namespace loom
