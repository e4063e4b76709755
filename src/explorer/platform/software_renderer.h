// Draws on the CPU: for `loom render`, for tests, and where there is no OpenGL. The pixels are those of the OpenGL
// backend.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "explorer/platform/renderer.h"
#include "raster/texture.h"

namespace loom {

class SoftwareRenderer final : public Renderer {
 public:
  // show(frame) shows a frame in the window. Without it, frames can only be read.
  explicit SoftwareRenderer(std::function<void(const Pixels&)> show = {}) : show_(std::move(show)) {}

  ImTextureID upload(ImTextureID texture, std::span<const Color> pixels, int width, int height) override;
  void remove(ImTextureID texture) override;
  void upload_font() override;
  void draw(const ImDrawData& data, Color background) override;
  ImTextureID capture(ImTextureID texture, int x, int y, int width, int height) override;
  Pixels read(int, int) override { return frame_; }
  void present() override;
  bool draws_on_cpu() const override { return true; }

  const Pixels& frame() const { return frame_; }

 private:
  const Texture* find(ImTextureID texture) const;
  void draw_command(const ImDrawList& list, const ImDrawCmd& command);

  std::function<void(const Pixels&)> show_;
  Pixels frame_;
  std::vector<std::optional<Texture>> textures_;  // number n is textures_[n - 1]
  ImTextureID font_{};
};

}  // namespace loom
