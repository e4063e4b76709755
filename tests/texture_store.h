// A mock GPU for tests: stores all textures with their content, and checks that none is used before it was created or
// after it was deleted.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <map>

#include "explorer/draw/textures.h"

namespace loom {

class TextureStore {
 public:
  int uploads = 0;

  explicit TextureStore(ImTextureID font) : font_(font) {}

  void serve(Textures& textures) {
    textures.upload = [this](ImTextureID texture, std::span<const std::uint32_t> pixels, int width, int height) {
      CHECK(width > 0);
      CHECK(height > 0);
      CHECK(pixels.size() == static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
      if (texture == ImTextureID{})
        texture = reinterpret_cast<ImTextureID>(next_++);
      else
        CHECK_MESSAGE(pictures_.contains(texture), "pixels for a texture that is not there");
      pictures_[texture] = {{pixels.begin(), pixels.end()}, width, height};
      ++uploads;
      return texture;
    };
    textures.remove = [this](ImTextureID texture) {
      CHECK_MESSAGE(pictures_.erase(texture) == 1, "a texture is removed that is not there");
    };
  }

  // Checks that every texture that a frame draws with exists.
  void check(const ImDrawData& frame) const {
    for (const ImDrawList* list : frame.CmdLists)
      for (const ImDrawCmd& command : list->CmdBuffer)
        if (command.ElemCount > 0 && command.TextureId != font_)
          CHECK_MESSAGE(pictures_.contains(command.TextureId), "something is drawn with a texture that is not there");
  }

  // The texture that is drawn at a point in device pixels, the topmost if there are several; null if there is none.
  const Pixels* shown_at(const ImDrawData& frame, ImVec2 at) const {
    const Pixels* found = nullptr;
    for (const ImDrawList* list : frame.CmdLists)
      for (const ImDrawCmd& command : list->CmdBuffer) {
        const auto picture = pictures_.find(command.TextureId);
        if (picture != pictures_.end() && covers(*list, command, at)) found = &picture->second;
      }
    return found;
  }

  std::size_t live() const { return pictures_.size(); }
  std::size_t bytes() const {
    std::size_t sum = 0;
    for (const auto& [texture, picture] : pictures_) sum += 4 * picture.values.size();
    return sum;
  }

 private:
  // Whether a point is in the bounding box of a command's vertices. For images these are the corners of rectangles.
  static bool covers(const ImDrawList& list, const ImDrawCmd& command, ImVec2 at) {
    for (unsigned i = 0; i + 5 < command.ElemCount; i += 6) {
      ImVec2 low{1e9f, 1e9f}, high{-1e9f, -1e9f};
      for (unsigned k = 0; k < 6; ++k) {
        const ImDrawIdx index = list.IdxBuffer[static_cast<int>(command.IdxOffset + i + k)];
        const ImVec2 p = list.VtxBuffer[static_cast<int>(command.VtxOffset + index)].pos;
        low = {std::min(low.x, p.x), std::min(low.y, p.y)}, high = {std::max(high.x, p.x), std::max(high.y, p.y)};
      }
      if (at.x >= low.x && at.x <= high.x && at.y >= low.y && at.y <= high.y) return true;
    }
    return false;
  }

  ImTextureID font_;
  std::uintptr_t next_ = 100;  // ids are never reused
  std::map<ImTextureID, Pixels> pictures_;
};

}  // namespace loom
