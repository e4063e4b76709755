// Draws with the GPU, using Dear ImGui's backend and a few calls to OpenGL 3 or OpenGL ES 3 (WebGL 2).
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

// Requests this version. Call before SDL_CreateWindow, which then needs the flag SDL_WINDOW_OPENGL.
void want_opengl();

// Returns null if no OpenGL context can be created; SDL_GetError() says why. Needs a Dear ImGui context.
std::unique_ptr<Renderer> make_opengl_renderer(SDL_Window* window);

}  // namespace loom
