// One frame of the explorer inside a Dear ImGui frame: reads the input, advances the state and draws all panels.
#pragma once

#include "explorer/app/input/input.h"
#include "explorer/panels/panels.h"

namespace loom {

// Sets the style of Dear ImGui: no borders, no padding, no keyboard navigation (arrow keys move z).
void style_imgui();

// Input that Dear ImGui does not provide.
struct PlatformInput {
  float width = 0, height = 0;  // of the window, in points
  Pinch pinch;
  bool space = false;  // held
  double time = 0;     // seconds, of a clock that never stands still
  double pressed = 0;  // when the last button went down, by the same clock; 0: not known
  float idle = 0;      // seconds since the visitor did anything
  Actions actions;     // of keys
};

// The layout for the explorer's state, in a window of this size in points.
Layout layout_of(const Explorer& explorer, float width, float height);

// Call between ImGui::NewFrame and ImGui::Render, for a frame that is cleared to the palette's panel colour.
// io.DisplaySize is in device pixels, and ui.atlas must be baked. Returns true if another frame is needed: to show the
// result of a click, or because overlays or tools have more to compute.
bool run_frame(Ui& ui, Explorer& explorer, PlatformInput platform);

}  // namespace loom
