// Draws with the graphics card, by Dear ImGui's backend and a few calls of OpenGL 3 or OpenGL ES 3 (WebGL 2).
#pragma once

#include <SDL.h>
#include <memory>

#include "explorer/platform/renderer.h"

namespace loom {

// Which OpenGL, and which shading language: each platform's own.
struct OpenGlVersion {
  int major, minor, profile;
  const char* shading_language;
};
extern const OpenGlVersion kOpenGlVersion;

// Before SDL_CreateWindow, whose flags then need SDL_WINDOW_OPENGL.
void want_opengl();

// Null with SDL_GetError() where the window cannot have a context. Needs a Dear ImGui context.
std::unique_ptr<Renderer> make_opengl_renderer(SDL_Window* window);

}  // namespace loom
