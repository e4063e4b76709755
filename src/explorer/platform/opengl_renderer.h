// Draws with the GPU, by Dear ImGui's backend and a few calls of OpenGL 3 or OpenGL ES 3 (WebGL 2).
#pragma once

#include <SDL.h>
#include <memory>

#include "explorer/platform/renderer.h"

namespace loom {

// The versions of OpenGL and its shading language. Each platform defines kOpenGlVersion.
struct OpenGlVersion {
  int major, minor, profile;
  const char* shading_language;
};
extern const OpenGlVersion kOpenGlVersion;

// Call before SDL_CreateWindow, which then needs the flag SDL_WINDOW_OPENGL.
void want_opengl();

// Returns null, with SDL_GetError(), if the window cannot have a context. Needs a Dear ImGui context.
std::unique_ptr<Renderer> make_opengl_renderer(SDL_Window* window);

}  // namespace loom
