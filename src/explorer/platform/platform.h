// Window, renderer and events by SDL, shared by the native program and the page; each has its own loop
// (platform_native.cpp, platform_web.cpp).
#pragma once

#include <SDL.h>
#include <array>
#include <memory>
#include <string>

#include "explorer/app/touch.h"
#include "explorer/panels/ui.h"
#include "explorer/platform/renderer.h"

namespace loom {

// Frames that a press, key or file may need: Dear ImGui takes the move, press and release of a quick touch one a frame.
inline constexpr int kSettle = 3;

struct WindowOptions {
  int width = 1280, height = 800;  // points
  float scale = 0;  // device pixels per point; 0: what the screen says
  bool visible = true;
  bool software = false;  // do not even ask for OpenGL
};

struct PlatformWindow {
  SDL_Window* window = nullptr;
  std::unique_ptr<Renderer> card, processor;  // each once it is needed; no card where there is no OpenGL
  Renderer* renderer = nullptr;  // the one of them that draws
  std::array<SDL_Cursor*, 3> cursors{};  // arrow, hand, four arrows
  float forced_scale = 0;
  Explorer explorer;
  Ui ui;
  Touch touch;
  bool space = false;  // held
  Actions actions;  // of keys, since the last frame
  std::uint64_t last_tick = 0;
  std::uint64_t frames = 0;  // drawn so far: tests count that none is drawn while nothing changes
  double frame_milliseconds = 0;  // that the last frame took, without what a graphics card does of it
  int settling = 0;  // frames still to draw: Dear ImGui spreads a click over several
};

// With OpenGL 3 where there is one, else the processor draws. Throws Error if there is no window.
void open_session(PlatformWindow& session, const WindowOptions& options);
void close_session(PlatformWindow& session);

// Anything that may change what is seen; the loop then calls draw_frame until nothing is left to draw.
void handle_event(PlatformWindow& session, const SDL_Event& event);
void want_frames(PlatformWindow& session, int count = kSettle);

// Draws a frame if the window has a size. Returns true while more are wanted.
bool draw_frame(PlatformWindow& session);
void present(PlatformWindow& session);

// The browser took the graphics context away and gave a new one, or never did. What was on the card is gone.
void forget_graphics(PlatformWindow& session);
void restore_graphics(PlatformWindow& session);
void draw_without_card(PlatformWindow& session);

// Puts a frame that the processor drew into the window: each platform's own.
void show_pixels(SDL_Window* window, const Pixels& frame);

// The whole program: `main` of either platform.
int run(int argc, char** argv);

}  // namespace loom
