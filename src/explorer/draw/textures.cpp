#include "explorer/draw/textures.h"

#include <algorithm>

namespace loom {

Textures::Slot& Textures::slot_of(std::string_view name) {
  const auto found = slots_.find(name);
  return found != slots_.end() ? found->second : slots_.emplace(name, Slot{}).first->second;
}

void Textures::release(Slots::iterator it) {
  if (remove && it->second.texture) remove(it->second.texture);
  slots_.erase(it);
}

void Textures::end_frame() {
  std::vector<Slots::iterator> unused;
  std::size_t bytes_unused = 0;
  for (auto it = slots_.begin(); it != slots_.end(); ++it)
    if (it->second.frame != frame_) unused.push_back(it), bytes_unused += it->second.bytes;
  ++frame_;
  if (bytes_unused <= kCacheBytes) return;
  std::ranges::sort(unused, {}, [](Slots::iterator it) { return it->second.frame; });
  for (const Slots::iterator it : unused) {
    if (bytes_unused <= kCacheBytes) return;
    bytes_unused -= it->second.bytes;
    release(it);
  }
}

void Textures::forget_all() {
  while (!slots_.empty()) release(slots_.begin());
}

std::size_t Textures::bytes() const {
  std::size_t sum = 0;
  for (const auto& [name, slot] : slots_) sum += slot.bytes;
  return sum;
}

std::size_t Textures::drawn_bytes() const {
  std::size_t sum = 0;
  for (const auto& [name, slot] : slots_)
    if (slot.frame + 1 == frame_) sum += slot.bytes;
  return sum;
}

}  // namespace loom
