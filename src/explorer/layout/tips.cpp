#include "explorer/layout/tips.h"

#include <algorithm>
#include <cmath>

namespace loom {
namespace {

constexpr float kLongestFrame = 0.1f;  // a frame after a pause is not a rest
constexpr float kStill = 6;           // points that a held finger or a resting mouse may move
constexpr float kGap = 6;             // between sign and card

bool same(const Tip& a, const Tip& b) { return a.place == b.place && a.words == b.words; }

}  // namespace

void Tips::begin_frame() {
  list_.clear();
  under_ = -1;
}

void Tips::add(Rect place, std::string_view words, bool under) {
  if (words.empty()) return;
  if (under) under_ = static_cast<std::ptrdiff_t>(list_.size());
  list_.push_back({place, std::string(words)});
}

bool Tips::advance(const TipPointer& pointer, float seconds) {
  const bool pressed = pointer.down && !was_down_;
  was_down_ = pointer.down;
  if (pressed) pressed_ = pointer.at, moved_ = pointer.finger;
  const bool still = length(pointer.at - pressed_) <= kStill;
  if (!still) moved_ = true;
  if (pressed) held_ = 0;
  if (!pointer.finger || !pointer.down || !still) held_ = -1;
  const bool holds = held_ >= 0 && held_ < kRest;
  if (holds) held_ += std::min(seconds, kLongestFrame);
  finger_ = pointer.finger;
  const Tip under = under_ >= 0 ? list_[static_cast<std::size_t>(under_)] : Tip{};
  const bool entered = !same(under, current_);
  if (entered || pressed) {
    current_ = under;
    began_ = pointer.at;
    rested_ = 0;
    phase_ = under_ < 0 ? Phase::nothing : Phase::resting;
  }
  if (pointer.finger) {
    if (!pointer.down) phase_ = Phase::nothing;
    if (pointer.down && (length(pointer.at - began_) > kStill || (entered && !pressed))) phase_ = Phase::spent;
  } else if ((pointer.down || !moved_) && under_ >= 0) {
    phase_ = Phase::spent;
  }
  if (phase_ != Phase::resting) return holds;
  rested_ += std::min(seconds, kLongestFrame);
  if (rested_ >= kRest) phase_ = Phase::shown;
  return true;
}

Rect tip_place(Rect window, Rect sign, float width, float height) {
  const Rect room = window.inset(kGap);
  const float x = std::clamp(sign.center().x - width / 2, room.x, std::max(room.x, room.right() - width));
  const float above = sign.y - kGap - height, below = sign.bottom() + kGap;
  float y = above >= room.y ? above : below;
  if (y + height > room.bottom()) y = std::max(room.y, room.bottom() - height);
  return {std::round(x), std::round(y), width, height};
}

}  // namespace loom
