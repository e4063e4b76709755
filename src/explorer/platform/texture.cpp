#include "explorer/platform/texture.h"

#include <SDL_opengl.h>
#include <algorithm>

namespace loom {
namespace {

GLuint name_of(ImTextureID texture) { return static_cast<GLuint>(reinterpret_cast<std::uintptr_t>(texture)); }

// Binds `texture`, or a new one with smooth magnification.
GLuint bound(ImTextureID texture) {
  GLuint name = name_of(texture);
  if (name == 0) glGenTextures(1, &name);
  glBindTexture(GL_TEXTURE_2D, name);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  return name;
}

}  // namespace

ImTextureID upload_texture(ImTextureID texture, std::span<const std::uint32_t> pixels, int width, int height) {
  const GLuint name = bound(texture);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
  return reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(name));
}

ImTextureID capture_frame(ImTextureID texture, int x, int y, int width, int height) {
  const GLuint name = bound(texture);
  // RGB: the page's frame has no alpha, and OpenGL ES does not invent one.
  glCopyTexImage2D(GL_TEXTURE_2D, 0, GL_RGB, x, y, width, height, 0);
  return reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(name));
}

void delete_texture(ImTextureID texture) {
  const GLuint name = name_of(texture);
  if (name != 0) glDeleteTextures(1, &name);
}

void clear_frame(int width, int height, std::uint32_t color) {
  const auto channel = [color](int shift) { return static_cast<float>(color >> shift & 0xff) / 255.0f; };
  glViewport(0, 0, width, height);
  glClearColor(channel(0), channel(8), channel(16), 1);
  glClear(GL_COLOR_BUFFER_BIT);
}

std::vector<std::uint32_t> read_frame(int width, int height) {
  std::vector<std::uint32_t> pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
  const auto row = [&](int y) { return pixels.begin() + static_cast<std::ptrdiff_t>(y) * width; };
  for (int y = 0; y < height / 2; ++y) std::swap_ranges(row(y), row(y) + width, row(height - 1 - y));
  return pixels;
}

}  // namespace loom
