#include "analysis/metric/path_length.h"

#include <algorithm>
#include <cmath>

namespace loom {
namespace {

constexpr Index kFirstCodes = 32, kMostCodes = 16384;
constexpr double kSameLength = 0.005;

}  // namespace

PathLength::PathLength(Matrix path) : path_(std::move(path)) {
  while (parts_ * (path_.rows() - 1) < kFirstCodes) parts_ *= 2;
}

Matrix PathLength::codes(Index first, Index count) const {
  Matrix z(count, path_.cols());
  for (Index i = 0; i < count; ++i) {
    const Index piece = std::min((first + i) / parts_, path_.rows() - 2);
    const auto share = static_cast<Scalar>(first + i - piece * parts_) / static_cast<Scalar>(parts_);
    z.row(i) = (1 - share) * path_.row(piece) + share * path_.row(piece + 1);
  }
  return z;
}

bool PathLength::advance(const Model& model, Index places, ChangeScratch& scratch) {
  while (!done_ && places > 0) {
    const Index all = parts_ * (path_.rows() - 1) + 1;
    // The last code of the slice before is decoded again, so that no picture has to be kept.
    const Index first = std::max<Index>(0, measured_ - 1);
    const Index count = std::min(std::max<Index>(2, places), all - first);
    for (const double change : picture_steps(model, codes(first, count), scratch)) sum_ += change;
    measured_ = first + count;
    places -= count;
    if (measured_ < all) continue;
    done_ = (divided_ && std::abs(sum_ - length_) <= kSameLength * sum_) || all > kMostCodes || !std::isfinite(sum_);
    length_ = sum_;
    divided_ = true;
    parts_ *= 2, measured_ = 0, sum_ = 0;
  }
  return done_;
}

}  // namespace loom
