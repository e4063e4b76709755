#include "explorer/platform/software_renderer.h"

#include <algorithm>

#include "raster/triangles.h"

namespace loom {
namespace {

std::uintptr_t number_of(ImTextureID texture) { return reinterpret_cast<std::uintptr_t>(texture); }

PixelBox clip_of(const ImVec4& clip, const Pixels& frame) {
  return {std::max(0, static_cast<int>(clip.x)), std::max(0, static_cast<int>(clip.y)),
          std::min(frame.width, static_cast<int>(clip.z)), std::min(frame.height, static_cast<int>(clip.w))};
}

Vertex vertex_of(const ImDrawVert& v) { return {v.pos.x, v.pos.y, v.uv.x, v.uv.y, v.col}; }

}  // namespace

ImTextureID SoftwareRenderer::upload(ImTextureID texture, std::span<const Color> pixels, int width, int height) {
  std::uintptr_t number = number_of(texture);
  if (number == 0) {
    const auto unused = std::ranges::find_if(textures_, [](const std::optional<Texture>& t) { return !t; });
    number = static_cast<std::uintptr_t>(unused - textures_.begin()) + 1;
    if (unused == textures_.end()) textures_.emplace_back();
  }
  textures_[number - 1].emplace(pixels, width, height);
  return reinterpret_cast<ImTextureID>(number);
}

void SoftwareRenderer::remove(ImTextureID texture) {
  if (find(texture)) textures_[number_of(texture) - 1].reset();
}

void SoftwareRenderer::upload_font() {
  unsigned char* bytes = nullptr;
  int width = 0, height = 0;
  ImFontAtlas& fonts = *ImGui::GetIO().Fonts;
  fonts.GetTexDataAsRGBA32(&bytes, &width, &height);
  const std::span pixels(reinterpret_cast<const Color*>(bytes),
                         static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  font_ = upload(font_, pixels, width, height);
  fonts.SetTexID(font_);
}

void SoftwareRenderer::draw(const ImDrawData& data, Color background) {
  const int width = static_cast<int>(data.DisplaySize.x), height = static_cast<int>(data.DisplaySize.y);
  frame_.width = width, frame_.height = height;
  frame_.values.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), background | 0xff000000u);
  for (const ImDrawList* list : data.CmdLists)
    for (const ImDrawCmd& command : list->CmdBuffer) {
      if (!command.UserCallback)
        draw_command(*list, command);
      else if (command.UserCallback != ImDrawCallback_ResetRenderState)
        command.UserCallback(list, &command);
    }
}

void SoftwareRenderer::draw_command(const ImDrawList& list, const ImDrawCmd& command) {
  const Brush brush{frame_, clip_of(command.ClipRect, frame_), find(command.GetTexID())};
  if (brush.clip.left >= brush.clip.right || brush.clip.top >= brush.clip.bottom) return;
  const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset;
  const ImDrawIdx* const end = index + command.ElemCount;
  const auto vertex = [&](ImDrawIdx i) { return vertex_of(list.VtxBuffer[static_cast<int>(command.VtxOffset + i)]); };
  for (; end - index >= 3; index += 3) {
    // Rectangles and line segments are two triangles: a b c, a c d.
    if (end - index >= 6 && index[3] == index[0] && index[4] == index[2]) {
      fill_quad(brush, vertex(index[0]), vertex(index[1]), vertex(index[2]), vertex(index[5]));
      index += 3;
    } else {
      fill_triangle(brush, vertex(index[0]), vertex(index[1]), vertex(index[2]));
    }
  }
}

ImTextureID SoftwareRenderer::capture(ImTextureID texture, int x, int y, int width, int height) {
  Pixels part = blank(width, height, 0xff000000u);
  const int left = std::clamp(x, 0, frame_.width), right = std::clamp(x + width, left, frame_.width);
  for (int row = std::max(0, -y); row < std::min(height, frame_.height - y); ++row)
    std::copy_n(frame_.row(frame_.height - 1 - y - row) + left, right - left, part.row(row) + left - x);
  return upload(texture, part.values, width, height);
}

void SoftwareRenderer::present() {
  if (show_ && frame_.width > 0) show_(frame_);
}

const Texture* SoftwareRenderer::find(ImTextureID texture) const {
  const std::uintptr_t number = number_of(texture);
  return number >= 1 && number <= textures_.size() && textures_[number - 1] ? &*textures_[number - 1] : nullptr;
}

}  // namespace loom
