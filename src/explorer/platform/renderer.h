// What draws the lists of Dear ImGui: the graphics card (opengl_renderer.h) or the processor (software_renderer.h).
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

  // Copies a picture, rows from the top, into `texture` or a new one if that is null; returns it. It is drawn smoothly
  // enlarged or reduced.
  virtual ImTextureID upload(ImTextureID texture, std::span<const Color> pixels, int width, int height) = 0;
  virtual void remove(ImTextureID texture) = 0;
  // The font atlas was built again; this sets its texture.
  virtual void upload_font() = 0;

  // Draws the frame over a background. Its size is data.DisplaySize.
  virtual void draw(const ImDrawData& data, Color background) = 0;
  // For callbacks of a list that is being drawn: copies a part of the frame so far into `texture` or a new one. x and y
  // of the lower left corner, counted from the lower left. The first row of the texture is the lowest.
  virtual ImTextureID capture(ImTextureID texture, int x, int y, int width, int height) = 0;
  virtual Pixels read(int width, int height) = 0;  // what was drawn, rows from the top
  virtual void present() = 0;  // shows it in the window

  // The graphics card has lost everything; textures that were uploaded must not be used any more.
  virtual void lose() {}

  virtual bool uses_processor() const { return false; }  // for all of its drawing
};

}  // namespace loom
