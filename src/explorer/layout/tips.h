// Which explanation is shown: that of the sign where a mouse rests for half a second, or where a finger is held as
// long.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "explorer/state/rect.h"

namespace loom {

struct Tip {
  Rect place;  // of the sign, in points
  std::string words;
};

// What the pointer does in a frame.
struct TipPointer {
  Point at;
  bool finger = false;
  bool down = false;  // a button or the finger
};

class Tips {
 public:
  // Forgets the signs of the last frame; what is shown stays until advance().
  void begin_frame();
  // A sign of this frame. `under`: the pointer is over it and nothing lies above it. Of several, the last one counts.
  void add(Rect place, std::string_view words, bool under);
  // Ends a frame of `seconds`. Returns true if another frame is needed to show an explanation in time.
  bool advance(const TipPointer& pointer, float seconds);

  // The mouse has moved since its last press. Until then nothing is explained, so that no card covers what the press
  // has opened.
  bool has_moved() const { return moved_; }
  // A finger has been held for half a second where it was put down.
  bool is_finger_held() const { return held_ >= kRest; }
  const Tip* shown() const { return phase_ == Phase::shown ? &current_ : nullptr; }
  // A finger has been held for the explanation, so letting go of it presses nothing.
  bool swallows_release() const { return phase_ == Phase::shown && finger_; }
  const std::vector<Tip>& list() const { return list_; }  // of this frame, in the order of drawing

 private:
  enum class Phase : std::uint8_t { nothing, resting, shown, spent };  // spent: not again before the pointer has left

  static constexpr float kRest = 0.5f;  // seconds until an explanation appears

  std::vector<Tip> list_;
  std::ptrdiff_t under_ = -1;  // into list_
  Tip current_;  // where the pointer is
  Point began_;  // where a finger was put down
  Point pressed_;  // where the mouse was pressed last
  bool moved_ = true;  // since then
  float rested_ = 0;  // seconds
  float held_ = 0;  // seconds since a finger was put down; below 0: it has moved, or there is none
  Phase phase_ = Phase::nothing;
  bool finger_ = false, was_down_ = false;
};

// The place of a card of this size that explains a sign: above it or, if there is no room, below it; inside the window.
Rect tip_place(Rect window, Rect sign, float width, float height);

}  // namespace loom
