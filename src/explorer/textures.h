// Pictures on the graphics card by name, given to it only when they have changed.
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

// Pixels (RGBA bytes, rows from the top) into `texture` or a new one if that is null: a Renderer's, or a test's.
using UploadTexture =
    std::function<ImTextureID(ImTextureID texture, std::span<const std::uint32_t> pixels, int width, int height)>;
using DeleteTexture = std::function<void(ImTextureID)>;

class Textures {
 public:
  UploadTexture upload;  // empty: nothing is shown
  DeleteTexture remove;

  // The picture `name`, which paint() -> Pixels makes anew whenever `serial` differs from last time.
  template <class Paint>
  ImTextureID get(std::string_view name, std::uint64_t serial, Paint&& paint) {
    if (!upload) return {};
    Slot& slot = slot_of(name);
    if (!slot.texture || slot.serial != serial) {
      const Pixels pixels = paint();
      slot.texture = upload(slot.texture, pixels.values, pixels.width, pixels.height);
      slot.serial = serial;
    }
    return slot.texture;
  }

  void forget_all();  // the card has lost them, or the program ends
  void forget(std::string_view prefix);  // those whose names begin so

 private:
  struct Slot {
    ImTextureID texture{};
    std::uint64_t serial = 0;
  };
  Slot& slot_of(std::string_view name);
  std::map<std::string, Slot, std::less<>> slots_;
};

}  // namespace loom
