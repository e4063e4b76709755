// Counter-based random numbers: each value is a pure function of (seed, stream, key, counter), so batches, noise and
// initial weights do not depend on the number of threads, on the order of evaluation or on where a run was resumed.
#pragma once

#include <cstdint>
#include <vector>

#include "core/types.h"

namespace loom {

// The purpose of the numbers. Streams with different purposes have no number in common.
enum class Stream : std::uint64_t { init = 1, shuffle, split, posterior, corruption, sample, evaluation, test };

class Rng {
 public:
  // `key` distinguishes sequences with the same purpose (layer index, epoch, image index ...).
  Rng(std::uint64_t seed, Stream stream, std::uint64_t key = 0);

  std::uint64_t bits();                      // 64 random bits
  double uniform();                          // [0, 1), 53 bits
  std::uint64_t below(std::uint64_t limit);  // [0, limit), without modulo bias; limit > 0
  double normal();                           // N(0, 1), Box & Muller 1958

 private:
  std::uint64_t key_;
  std::uint64_t counter_ = 0;
  double spare_ = 0;
  bool has_spare_ = false;
};

// A uniformly random order of 0 .. size-1 (Fisher & Yates; Durstenfeld 1964).
std::vector<Index> random_permutation(Index size, Rng rng);

}  // namespace loom
