// Window, renderer and events with SDL, shared by the native program and the page; each has its own loop
// (platform_native.cpp, platform_web.cpp).
#pragma once

#include <SDL.h>
#include <array>
#include <memory>
#include <optional>
#include <string>

#include "explorer/app/input/touch.h"
#include "explorer/panels/ui.h"
#include "explorer/platform/renderer.h"

namespace loom {

// Frames to draw after an event: for a quick touch, Dear ImGui needs one frame each for the move, the press and the
// release.
inline constexpr int kSettle = 3;

struct WindowOptions {
  int width = 1280, height = 800;  // points
  float scale = 0;  // device pixels per point; 0: that of the screen
  bool visible = true;
  bool software = false;  // draw on the CPU even if there is OpenGL
};

struct PlatformWindow {
  SDL_Window* window = nullptr;
  std::unique_ptr<Renderer> card, processor;  // on the GPU (null without OpenGL) and on the CPU; created when needed
  Renderer* renderer = nullptr;  // the one in use
  std::array<SDL_Cursor*, 3> cursors{};  // arrow, hand, four arrows
  float forced_scale = 0;
  std::array<int, 2> forced_size{};  // of a picture, in device pixels; 0: that of the window
  Explorer explorer;
  Ui ui;
  Touch touch;
  bool space = false, space_dragged = false;  // held; and something was dragged meanwhile
  Actions actions;  // of keys, since the last frame
  std::uint64_t last_tick = 0, last_event = 0;  // of the last frame, and of the visitor's last input
  std::uint32_t pressed_tick = 0;  // when a button of the pointer went down last
  std::uint64_t frames = 0;  // drawn so far; tests check that none is drawn while nothing changes
  double frame_milliseconds = 0;  // CPU time of the last frame
  int settling = 0;  // frames still to draw
};

// Opens the window, with OpenGL 3 if available, or else drawn on the CPU. Throws Error if it cannot be opened.
void open_session(PlatformWindow& session, const WindowOptions& options);
// Closes the window and frees all its resources, including the Dear ImGui context.
void close_session(PlatformWindow& session);

// Units of SDL's events, in the page CSS pixels, per point of the layout; 1 before the first frame.
float page_units_per_point(const PlatformWindow& session);

// Handles an event that may change the picture. Afterwards the loop calls draw_frame until it returns false.
void handle_event(PlatformWindow& session, const SDL_Event& event);
// Requests that at least `count` more frames are drawn.
void want_frames(PlatformWindow& session, int count = kSettle);

// Milliseconds until the idle page begins to walk (state.watch); none: it does not wait for that.
std::optional<double> until_watch(const PlatformWindow& session);

// Draws a frame if the window has a size. Returns true while more frames are needed.
bool draw_frame(PlatformWindow& session);
// Shows the last frame in the window.
void present(PlatformWindow& session);

// Call forget_graphics when the browser has lost the graphics context and with it all GPU resources. Then call
// restore_graphics when it has restored the context, or draw_on_cpu to draw on the CPU until then.
void forget_graphics(PlatformWindow& session);
void restore_graphics(PlatformWindow& session);
void draw_on_cpu(PlatformWindow& session);

// Shows in the window a frame that was drawn on the CPU. Each platform defines it.
void show_pixels(SDL_Window* window, const Pixels& frame);

// The whole program; main() calls it. Each platform defines it.
int run(int argc, char** argv);

}  // namespace loom
