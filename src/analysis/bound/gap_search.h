// The images with the largest gaps (encoder_gap.h) among many, without comparing all of them: a gap is at most the loss
// of the image beyond the least loss of any decoder, which weight files store (EncodedSet::excess). Images with a large
// excess are compared first, and the search ends when no other can have a larger gap than those found.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "analysis/bound/encoder_gap.h"
#include "core/types.h"

namespace loom {

class GapSearch {
 public:
  struct Found {
    std::size_t image = 0;
    EncoderGap gap;
  };

  // Searches `images` images for the `wanted` largest gaps. `excess` holds one number per image; empty: not known, and
  // all images are compared.
  GapSearch(std::size_t images, std::size_t wanted, std::span<const Scalar> excess);

  // The images to compare next, at most `count` of them; none when the search is over.
  std::span<const std::size_t> next(std::size_t count) const;
  // Takes the gaps of the first of those.
  void take(std::span<const EncoderGap> gaps);

  bool done() const { return compared_ >= left(); }
  double share() const;  // of the images that need no comparison any more
  std::size_t compared() const { return compared_; }
  // The largest gaps so far, the largest first.
  const std::vector<Found>& found() const { return found_; }

 private:
  std::size_t left() const;  // images in order_ that have to be compared

  std::size_t wanted_;
  std::vector<std::size_t> order_;  // the largest bound first
  std::vector<double> bounds_;  // in this order; empty: not known
  std::size_t compared_ = 0;
  std::vector<Found> found_;
};

}  // namespace loom
