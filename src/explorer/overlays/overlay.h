// Overlays, which colour the plane below the marks. An overlay is one file, its texts in texts/explanations.h, and one
// row of the table in overlays.cpp. The list of overlays, the legend, the explanation and the link use that row.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "explorer/draw/overlay_context.h"
#include "explorer/draw/plane_canvas.h"
#include "explorer/model/fields.h"
#include "explorer/state/action.h"
#include "explorer/state/state.h"
#include "explorer/texts/explanations.h"

namespace loom {

// Explains the colours: a colour bar with numbers, sentences with figures, and buttons.
struct Legend {
  struct Mark {
    float at = 0;  // along the bar, [0, 1]
    std::string label;
  };
  struct Button {
    std::string label;
    Action action;
  };
  std::function<Color(const Palette&, float)> color;  // at a position in [0, 1] along the bar; empty: no bar
  std::vector<Mark> marks;
  std::string unit;  // of the numbers: "log q/p, nats"
  std::string hatched;  // what hatching means; empty: nothing is hatched
  std::string brief;  // the unit in two or three words, for a legend of one line
  std::vector<std::string> lines;  // sentences with figures
  std::vector<Button> buttons;
};

// One overlay for one model on one plane; every model and every plane get their own layer.
class OverlayLayer {
 public:
  virtual ~OverlayLayer() = default;

  // Computes until the deadline, starting at the centre of the view. Returns true while there is more to do.
  virtual bool work(const OverlayContext& context, Fields& fields, const Deadline& deadline) = 0;

  // Draws what has been computed so far.
  virtual void draw(const OverlayContext& context, const PlaneCanvas& canvas, Textures& textures) const = 0;

  virtual Legend legend(const OverlayContext& context) const = 0;

  // Where the overlay opens, if it is only a spot in the whole map: known after some work().
  virtual std::optional<View> closer_view(const OverlayContext&) const { return std::nullopt; }

  // Called when a legend button with the action PressOverlay is pressed.
  virtual void press() {}

  // Changes whenever draw() would draw something else for the same view.
  virtual std::uint64_t serial() const = 0;
};

// The serial of a texture, for an overlay that counts its own changes. It differs between the models of a training run,
// which replace one another under the same id.
inline std::uint64_t texture_serial(const LoadedModel& model, std::uint64_t changes, bool dark) {
  return 2 * (changes + (model.plane_serial << 20)) + (dark ? 1 : 0);
}

struct OverlayRow {
  std::string_view key;  // in links
  // Why the overlay is not available for this model, as a sentence; empty if it is.
  std::string_view (*refusal)(const LoadedModel&);
  std::unique_ptr<OverlayLayer> (*make)();
  float marks = 1;  // opacity of the marks above it
  bool uses_input = false;  // uses the input image (input_image.h)
  bool of_marks = false;  // computed from the marks alone, so that a training replay can show it of every epoch
};

// An overlay: its texts (texts/explanations.h) and its row.
struct Overlay : texts::Explanation, OverlayRow {};

// Row 0 is "no overlay".
std::span<const Overlay> overlays();
std::size_t find_overlay(std::string_view key);  // 0 for an unknown one

}  // namespace loom
