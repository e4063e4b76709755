#include "explorer/session/history.h"

#include <utility>

namespace loom {
namespace {

constexpr double kPause = 1;  // seconds between two keys that are two gestures

bool same_image(const std::shared_ptr<const VisitorImage>& a, const std::shared_ptr<const VisitorImage>& b) {
  if (a == b) return true;
  return a && b && a->name == b->name && a->pixels.size() == b->pixels.size() && a->pixels == b->pixels;
}

std::optional<Moment> taken(std::vector<Moment>& from) {
  if (from.empty()) return std::nullopt;
  Moment last = std::move(from.back());
  from.pop_back();
  return last;
}

}  // namespace

void keep_aside(const ExplorerState& now, ExplorerState& state) {
  state.help = now.help;
  state.theme = now.theme;
  state.display = now.display;
  state.hidden = now.hidden;
  state.locked = now.locked;
}

bool differ(const Moment& a, const Moment& b) {
  if (a.model != b.model || !same_image(a.image, b.image)) return true;
  ExplorerState state = b.state;
  keep_aside(a.state, state);
  return state != a.state;
}

bool History::continues(const Gesture& gesture) const {
  if (past_.empty()) return false;
  if (gesture.press != 0 || last_.press != 0) return gesture.press == last_.press;
  const double pause = gesture.time - last_.time;
  return gesture.kind >= 0 && gesture.kind == last_.kind && pause >= 0 && pause < kPause;
}

void History::record(Moment before, const Moment& now, const Gesture& gesture) {
  if (!differ(before, now)) return;
  future_.clear();
  // The moment is there already if the last gesture came back to where it began, or has two causes.
  const bool is_known = !past_.empty() && !differ(past_.back(), before);
  if (!continues(gesture) && !is_known) {
    if (past_.size() == kMost) past_.erase(past_.begin());
    past_.push_back(std::move(before));
  }
  last_ = gesture;
  if (!differ(past_.back(), now)) past_.pop_back(), last_ = {};
}

void History::join(std::size_t count) {
  if (past_.size() > count + 1) past_.resize(count + 1);
}

std::optional<Moment> History::take_past() { return taken(past_); }
std::optional<Moment> History::take_future() { return taken(future_); }

void History::keep_future(Moment left) {
  future_.push_back(std::move(left));
  last_ = {};
}
void History::keep_past(Moment left) {
  past_.push_back(std::move(left));
  last_ = {};
}

std::shared_ptr<const VisitorImage> History::shared(const VisitorImage& image) {
  if (image.pixels.size() == 0) return nullptr;
  if (!image_ || image_->serial != image.serial) image_ = std::make_shared<const VisitorImage>(image);
  return image_;
}

}  // namespace loom
