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

// Frames to draw after an event: Dear ImGui handles the move, press and release of a quick touch one per frame.
inline constexpr int kSettle = 3;

struct WindowOptions {
  int width = 1280, height = 800;  // points
  float scale = 0;  // device pixels per point; 0: that of the screen
  bool visible = true;
  bool software = false;  // draw with the processor even if there is OpenGL
};

struct PlatformWindow {
  SDL_Window* window = nullptr;
  std::unique_ptr<Renderer> card, processor;  // created when needed; `card` (the GPU) is null without OpenGL
  Renderer* renderer = nullptr;  // the one in use
  std::array<SDL_Cursor*, 3> cursors{};  // arrow, hand, four arrows
  float forced_scale = 0;
  Explorer explorer;
  Ui ui;
  Touch touch;
  bool space = false;  // held
  Actions actions;  // of keys, since the last frame
  std::uint64_t last_tick = 0;
  std::uint64_t frames = 0;  // drawn so far; tests check that none is drawn while nothing changes
  double frame_milliseconds = 0;  // that the last frame took, without the work of the GPU
  int settling = 0;  // frames still to draw
};

// Opens the window, with OpenGL 3 if there is one, or else drawn by the processor. Throws Error if it cannot be opened.
void open_session(PlatformWindow& session, const WindowOptions& options);
void close_session(PlatformWindow& session);

// Handles an event that may change the picture. Afterwards the loop calls draw_frame until it returns false.
void handle_event(PlatformWindow& session, const SDL_Event& event);
void want_frames(PlatformWindow& session, int count = kSettle);

// Draws a frame if the window has a size. Returns true while more frames are needed.
bool draw_frame(PlatformWindow& session);
void present(PlatformWindow& session);

// The browser lost the graphics context: all GPU resources are gone. Then it restored the context, or did not.
void forget_graphics(PlatformWindow& session);
void restore_graphics(PlatformWindow& session);
void draw_without_card(PlatformWindow& session);

// Shows a frame that the processor drew in the window. Each platform defines it.
void show_pixels(SDL_Window* window, const Pixels& frame);

// The whole program: `main` of either platform.
int run(int argc, char** argv);

}  // namespace loom
