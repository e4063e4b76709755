// Draws the draw lists of Dear ImGui on the GPU (opengl_renderer.h) or the CPU (software_renderer.h).
#pragma once

#include <imgui.h>
#include <span>

#include "raster/pixels.h"

namespace loom {

class Renderer {
 public:
  Renderer() = default;
  Renderer(const Renderer&) = delete;
  Renderer& operator=(const Renderer&) = delete;
  virtual ~Renderer() = default;

  // Copies pixels, rows from the top, into `texture`, or a new one if that is null; returns it. Textures are drawn with
  // linear filtering.
  virtual ImTextureID upload(ImTextureID texture, std::span<const Color> pixels, int width, int height) = 0;
  virtual void remove(ImTextureID texture) = 0;
  // Uploads the font atlas after it was built and sets its texture.
  virtual void upload_font() = 0;

  // Draws a frame of the size data.DisplaySize over a background colour.
  virtual void draw(const ImDrawData& data, Color background) = 0;
  // For callbacks of draw lists: copies a part of the frame drawn so far into `texture`, or a new one if that is null;
  // returns it. (x, y) is the part's lower left corner, with the origin at the frame's lower left. The first row of the
  // texture is the lowest.
  virtual ImTextureID capture(ImTextureID texture, int x, int y, int width, int height) = 0;
  virtual Pixels read(int width, int height) = 0;  // the last frame, rows from the top
  virtual void present() = 0;  // shows it in the window

  // The GPU context was lost: textures that were uploaded must not be used any more.
  virtual void lose() {}

  virtual bool draws_on_cpu() const { return false; }  // true if it draws on the CPU
};

}  // namespace loom
