// GPU textures by name, uploaded only when they have changed and released when they are no longer drawn.
#pragma once

#include <imgui.h>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "raster/pixels.h"

namespace loom {

// Uploads pixels (RGBA bytes, rows from the top) into `texture`, or a new one if that is null; returns it.
using UploadTexture =
    std::function<ImTextureID(ImTextureID texture, std::span<const std::uint32_t> pixels, int width, int height)>;
using DeleteTexture = std::function<void(ImTextureID)>;

class Textures {
 public:
  // Most bytes of textures that are cached although the last frame did not draw them; a later view may need them again.
  static constexpr std::size_t kCacheBytes = 8u << 20;

  UploadTexture upload;  // empty: nothing is shown
  DeleteTexture remove;

  // The texture `name`. paint() -> Pixels is called and its result uploaded when `serial` differs from last time.
  template <class Paint>
  ImTextureID get(std::string_view name, std::uint64_t serial, Paint&& paint) {
    if (!upload) return {};
    Slot& slot = slot_of(name);
    slot.frame = frame_;
    if (!slot.texture || slot.serial != serial) {
      const Pixels pixels = paint();
      slot.texture = upload(slot.texture, pixels.values, pixels.width, pixels.height);
      slot.bytes = sizeof(std::uint32_t) * pixels.values.size();
      slot.serial = serial;
    }
    return slot.texture;
  }

  // Ends a frame: releases textures that it did not draw, least recently used first, until at most kCacheBytes of such
  // textures are left.
  void end_frame();

  void forget_all();  // call when the GPU context was lost, or before the program ends

  std::size_t size() const { return slots_.size(); }
  std::size_t bytes() const;  // of all
  std::size_t drawn_bytes() const;  // of those that the last frame drew

 private:
  struct Slot {
    ImTextureID texture{};
    std::uint64_t serial = 0, frame = 0;  // frame: the last that drew it
    std::size_t bytes = 0;
  };
  using Slots = std::map<std::string, Slot, std::less<>>;
  Slot& slot_of(std::string_view name);
  void release(Slots::iterator it);

  Slots slots_;
  std::uint64_t frame_ = 1;
};

}  // namespace loom
