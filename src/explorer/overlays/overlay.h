// Overlays: what can lie on the plane besides the marks. One overlay is one file and one row of the table in
// overlays.cpp; the chooser, the legend, the explanation and the link follow from the row.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "explorer/draw/overlay_context.h"
#include "explorer/draw/plane_canvas.h"
#include "explorer/model/fields.h"
#include "explorer/state/action.h"
#include "explorer/state/state.h"

namespace loom {

// How to read the colours: a bar with numbers, and figures in words.
struct Legend {
  struct Mark {
    float at = 0;  // along the bar, [0, 1]
    std::string label;
  };
  struct Button {
    std::string label;
    Action action;
  };
  std::function<Color(const Palette&, float)> color;  // of a place along the bar; empty: no bar
  std::vector<Mark> marks;
  std::string unit;                // of the numbers: "log q/p, nats"
  std::string hatched;             // what hatching means; empty: nothing is hatched
  std::string brief;  // the same in two or three words, for a legend of one line
  std::vector<std::string> lines;  // figures, in words
  std::vector<Button> buttons;
};

// One overlay at work for one model on one plane. Another model gets another layer.
class OverlayLayer {
 public:
  virtual ~OverlayLayer() = default;

  // Works until the deadline, what is nearest the middle of the view first. True while there is more to do.
  virtual bool work(const OverlayContext& context, Fields& fields, const Deadline& deadline) = 0;

  // Draws what there is so far, below the marks.
  virtual void draw(const OverlayContext& context, const PlaneCanvas& canvas, Textures& textures) const = 0;

  virtual Legend legend(const OverlayContext& context) const = 0;

  // A button of the legend with the action PressOverlay.
  virtual void press() {}

  // Changes whenever something else would be drawn for the same view.
  virtual std::uint64_t serial() const = 0;
};

struct Overlay {
  std::string_view key;    // in links
  std::string_view name;   // for people
  std::string_view what;   // what one sees and what to try, in one or two plain sentences
  std::string_view why;    // the formula and what it means
  std::string_view source;
  // Why this model cannot have it, for people; empty: it can.
  std::string_view (*refusal)(const LoadedModel&);
  std::unique_ptr<OverlayLayer> (*make)();
  float marks = 1;  // opacity of the encoded test set over it
  bool subject = false;  // is about a picture (subject.h)
};

// Row 0 is "nothing".
std::span<const Overlay> overlays();
std::size_t find_overlay(std::string_view key);  // 0 for an unknown one

// Rows of overlays(), each in its own file.
std::unique_ptr<OverlayLayer> make_manifold();
std::unique_ptr<OverlayLayer> make_density();
std::unique_ptr<OverlayLayer> make_holes();
std::unique_ptr<OverlayLayer> make_overlap();
std::unique_ptr<OverlayLayer> make_posterior();
std::unique_ptr<OverlayLayer> make_magnification();
std::unique_ptr<OverlayLayer> make_round_trip();

}  // namespace loom
