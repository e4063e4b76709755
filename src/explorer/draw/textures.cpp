#include "explorer/draw/textures.h"

namespace loom {

Textures::Slot& Textures::slot_of(std::string_view name) {
  const auto found = slots_.find(name);
  return found != slots_.end() ? found->second : slots_.emplace(name, Slot{}).first->second;
}

void Textures::forget(std::string_view prefix) {
  for (auto it = slots_.lower_bound(prefix); it != slots_.end() && it->first.starts_with(prefix);) {
    if (remove && it->second.texture) remove(it->second.texture);
    it = slots_.erase(it);
  }
}

void Textures::forget_all() { forget({}); }

}  // namespace loom
