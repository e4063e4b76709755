// The noise on the input of a denoising model: its kind, its strength and its random numbers.
#pragma once

#include <cstdint>
#include <span>

#include "data/images/corruption.h"
#include "train/config.h"

namespace loom {

// How the encoder's input is corrupted; not at all if `kind` is null.
struct Noise {
  const Corruption* kind = nullptr;
  double level = 0;
};
Noise config_noise(const TrainConfig&);

// Adds noise to every row i of x (images.size(), P), with the random numbers of (seed, key + images[i]).
void add_noise(const Noise&, std::uint64_t seed, std::span<const Index> images, std::uint64_t key, Matrix& x);

}  // namespace loom
