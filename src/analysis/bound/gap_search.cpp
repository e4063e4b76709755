#include "analysis/bound/gap_search.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace loom {

GapSearch::GapSearch(std::size_t images, std::size_t wanted, std::span<const Scalar> excess)
    : wanted_(std::min(wanted, images)), order_(images) {
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  if (excess.size() != images) return;
  std::ranges::stable_sort(order_, std::ranges::greater(), [&](std::size_t n) { return excess[n]; });
  for (const std::size_t n : order_) bounds_.push_back(static_cast<double>(excess[n]));
}

std::size_t GapSearch::left() const {
  if (wanted_ == 0) return 0;
  if (bounds_.empty() || found_.size() < wanted_) return order_.size();
  const auto end = std::ranges::lower_bound(bounds_, found_.back().gap.nats, std::ranges::greater());
  return static_cast<std::size_t>(end - bounds_.begin());
}

std::span<const std::size_t> GapSearch::next(std::size_t count) const {
  const std::size_t end = left();
  if (compared_ >= end) return {};
  return std::span(order_).subspan(compared_, std::min(count, end - compared_));
}

void GapSearch::take(std::span<const EncoderGap> gaps) {
  for (const EncoderGap& gap : gaps) {
    const Found found{order_[compared_++], gap};
    const auto smaller = [&](const Found& other) { return other.gap.nats < gap.nats; };
    found_.insert(std::ranges::find_if(found_, smaller), found);
    if (found_.size() > wanted_) found_.pop_back();
  }
}

double GapSearch::share() const {
  if (order_.empty()) return 1;
  const std::size_t end = std::max(left(), compared_);
  return 1 - static_cast<double>(end - compared_) / static_cast<double>(order_.size());
}

}  // namespace loom
