// PlatformWindow, graphics context and events by SDL, shared by the native program and the page; each has its own loop
// (platform_native.cpp, platform_web.cpp).
#pragma once

#include <SDL.h>
#include <array>
#include <string>

#include "explorer/app/touch.h"
#include "explorer/panels/ui.h"

namespace loom {

// Frames that a press, key or file may need: Dear ImGui takes the move, press and release of a quick touch one a frame.
inline constexpr int kSettle = 3;

struct WindowOptions {
  int width = 1280, height = 800;  // points
  float scale = 0;  // device pixels per point; 0: what the screen says
  bool visible = true;
};

// Which OpenGL, and which shading language: each platform's own.
struct OpenGlVersion {
  int major, minor, profile;
  const char* shading_language;
};
extern const OpenGlVersion kOpenGlVersion;

struct PlatformWindow {
  SDL_Window* window = nullptr;
  SDL_GLContext context = nullptr;
  std::array<SDL_Cursor*, 3> cursors{};  // arrow, hand, four arrows
  float forced_scale = 0;
  Explorer explorer;
  Ui ui;
  Touch touch;
  bool space = false;  // held
  Actions actions;  // of keys, since the last frame
  std::uint64_t last_tick = 0;
  std::uint64_t frames = 0;  // drawn so far: tests count that none is drawn while nothing changes
  double frame_milliseconds = 0;  // that the last frame took before the graphics card's part
  int settling = 0;  // frames still to draw: Dear ImGui spreads a click over several
};

// Throws Error if there is no window or no OpenGL 3.
void open_session(PlatformWindow& session, const WindowOptions& options);
void close_session(PlatformWindow& session);

// Anything that may change what is seen; the loop then calls draw_frame until nothing is left to draw.
void handle_event(PlatformWindow& session, const SDL_Event& event);
void want_frames(PlatformWindow& session, int count = kSettle);

// Draws a frame if the window has a size. Returns true while more are wanted.
bool draw_frame(PlatformWindow& session);
void present(PlatformWindow& session);

// The browser took the graphics context away and gave a new one. What was on the card is gone.
void forget_graphics(PlatformWindow& session);
void restore_graphics(PlatformWindow& session);

// The whole program: `main` of either platform.
int run(int argc, char** argv);

}  // namespace loom
