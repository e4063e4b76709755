// The noise that a denoising model sees: which kind, how strong, and with which random numbers.
#pragma once

#include <cstdint>
#include <span>

#include "data/corruption.h"
#include "train/config.h"

namespace loom {

// What the encoder's input is corrupted with; without a kind nothing is.
struct Noise {
  const Corruption* kind = nullptr;
  double level = 0;
};
Noise config_noise(const TrainConfig&);

// Adds noise to row i of x; its random numbers are those of (seed, key + images[i]).
void add_noise(const Noise&, std::uint64_t seed, std::span<const Index> images, std::uint64_t key, Matrix& x);

}  // namespace loom
