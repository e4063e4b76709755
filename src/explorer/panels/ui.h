// One frame of the explorer inside a Dear ImGui frame: meets the input, advances the state and draws all panels.
#pragma once

#include "explorer/app/input.h"
#include "explorer/panels/panels.h"

namespace loom {

// Our look: no borders, no padding, no keyboard navigation (arrow keys move z).
void style_imgui();

// What the platform knows and Dear ImGui does not.
struct PlatformInput {
  float width = 0, height = 0;  // of the window, in points
  Pinch pinch;
  bool space = false;  // held
  Actions actions;     // of keys
};

// Where everything is for what the explorer shows.
Layout layout_of(const Explorer& explorer, float width, float height);

// Between ImGui::NewFrame and ImGui::Render, for a frame that is cleared to the palette's panel colour. io.DisplaySize
// is in device pixels, ui.atlas is baked. Returns true if another frame is needed: for what was clicked, or
// because overlays and tools are not done.
bool run_frame(Ui& ui, Explorer& explorer, PlatformInput platform);

}  // namespace loom
