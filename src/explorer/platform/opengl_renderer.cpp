#include "explorer/platform/opengl_renderer.h"

#include <SDL_opengl.h>
#include <imgui_impl_opengl3.h>

#include <algorithm>

namespace loom {
namespace {

GLuint name_of(ImTextureID texture) { return static_cast<GLuint>(reinterpret_cast<std::uintptr_t>(texture)); }
ImTextureID texture_of(GLuint name) { return reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(name)); }

// Binds `texture`, or a new one if that is null, and sets linear filtering.
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

class OpenGlRenderer final : public Renderer {
 public:
  OpenGlRenderer(SDL_Window* window, SDL_GLContext context) : window_(window), context_(context) {
    SDL_GL_SetSwapInterval(1);
  }
  ~OpenGlRenderer() override {
    ImGui_ImplOpenGL3_Shutdown();
    SDL_GL_DeleteContext(context_);
  }

  ImTextureID upload(ImTextureID texture, std::span<const Color> pixels, int width, int height) override {
    const GLuint name = bound(texture);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
    return texture_of(name);
  }

  void remove(ImTextureID texture) override {
    const GLuint name = name_of(texture);
    if (name != 0) glDeleteTextures(1, &name);
  }

  // The first call also compiles the shaders: the backend creates both together.
  void upload_font() override {
    if (!has_shaders_) {
      has_shaders_ = ImGui_ImplOpenGL3_CreateDeviceObjects();
      return;
    }
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
  }

  void draw(const ImDrawData& data, Color background) override {
    const auto channel = [background](int shift) { return static_cast<float>(background >> shift & 0xff) / 255.0f; };
    glViewport(0, 0, static_cast<int>(data.DisplaySize.x), static_cast<int>(data.DisplaySize.y));
    glClearColor(channel(0), channel(8), channel(16), 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(const_cast<ImDrawData*>(&data));  // only reads it
  }

  ImTextureID capture(ImTextureID texture, int x, int y, int width, int height) override {
    const GLuint name = bound(texture);
    // RGB: the page's framebuffer has no alpha channel, and OpenGL ES cannot copy from it to RGBA.
    glCopyTexImage2D(GL_TEXTURE_2D, 0, GL_RGB, x, y, width, height, 0);
    return texture_of(name);
  }

  Pixels read(int width, int height) override {
    Pixels out = blank(width, height, 0);
    glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, out.values.data());
    for (int y = 0; y < height / 2; ++y) std::swap_ranges(out.row(y), out.row(y) + width, out.row(height - 1 - y));
    return out;
  }

  void present() override { SDL_GL_SwapWindow(window_); }

  void lose() override {
    ImGui_ImplOpenGL3_DestroyDeviceObjects();
    has_shaders_ = false;
  }

 private:
  SDL_Window* window_;
  SDL_GLContext context_;
  bool has_shaders_ = false;
};

}  // namespace

void want_opengl() {
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, kOpenGlVersion.major);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, kOpenGlVersion.minor);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, kOpenGlVersion.profile);
  SDL_GL_SetAttribute(SDL_GL_DEPTH_SIZE, 0);
}

std::unique_ptr<Renderer> make_opengl_renderer(SDL_Window* window) {
  const SDL_GLContext context = SDL_GL_CreateContext(window);
  if (!context) return nullptr;
  if (!ImGui_ImplOpenGL3_Init(kOpenGlVersion.shading_language)) {
    SDL_GL_DeleteContext(context);
    SDL_SetError("Dear ImGui's backend does not start");
    return nullptr;
  }
  return std::make_unique<OpenGlRenderer>(window, context);
}

}  // namespace loom
