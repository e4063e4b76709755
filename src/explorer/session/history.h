// What undo and redo go back and forth between: the explorer before each gesture of the visitor. A whole drag is one
// gesture, and so are repeated keys.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "explorer/model/images/input_image.h"
#include "explorer/state/state.h"

namespace loom {

struct Moment {
  ExplorerState state;
  std::string model;  // id of the model that was shown; the state does not name one that was trained here
  std::shared_ptr<const VisitorImage> image;  // drawn or opened by the visitor; null: none
};

// Whether they differ in what undo restores. Help, theme, the size of text, and what the author hid or locked are left
// as they are.
bool differ(const Moment& a, const Moment& b);
// Copies what undo leaves as it is from `now` to `state`.
void keep_aside(const ExplorerState& now, ExplorerState& state);

// Which changes belong together.
struct Gesture {
  std::uint64_t press = 0;  // number of the pointer's press that they are made with; 0: none
  int kind = -1;            // of a key or a wheel that is used again and again; -1: every time counts
  double time = 0;          // seconds
};

class History {
 public:
  static constexpr std::size_t kMost = 100;  // gestures remembered

  // Remembers the moment before a gesture, unless the last one goes on or nothing has changed.
  void record(Moment before, const Moment& now, const Gesture& gesture);
  // Makes one gesture of all those recorded since there were `count`.
  void join(std::size_t count);
  std::size_t count() const { return past_.size(); }

  bool can_undo() const { return !past_.empty(); }
  bool can_redo() const { return !future_.empty(); }
  // Take the nearest moment; none if there is none left.
  std::optional<Moment> take_past();
  std::optional<Moment> take_future();
  // Put the moment that has been left at the other side.
  void keep_future(Moment left);
  void keep_past(Moment left);

  // The image for a Moment. Moments with the same image share it.
  std::shared_ptr<const VisitorImage> shared(const VisitorImage& image);

 private:
  bool continues(const Gesture& gesture) const;

  std::vector<Moment> past_, future_;  // the nearest is last
  Gesture last_;
  std::shared_ptr<const VisitorImage> image_;  // the last that was asked for
};

}  // namespace loom
