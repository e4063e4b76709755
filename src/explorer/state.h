// What a person chose to look at: plain values with defaults. All of it is in the link (link.h), all changes are made
// by update.h, and panels only read it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "explorer/view.h"

namespace loom {

enum class Theme : std::uint8_t { automatic, light, dark };  // automatic: as the system says

struct ExplorerState {
  std::string model;             // id of a catalogue entry; empty: the first
  Point z;                       // the place that is decoded
  std::optional<View> view;      // none: the model's home view
  std::uint32_t isolated = 0;    // bit c: class c is one of those shown; 0 shows all
  Theme theme = Theme::automatic;
  bool class_names = true;       // names on the plane
  bool help = false;             // "what am I looking at" is open; not in the link
};

inline constexpr std::size_t kMaxIsolated = 32;  // classes that the mask can name; later ones are always shown

inline bool is_class_shown(const ExplorerState& state, std::size_t c) {
  return state.isolated == 0 || c >= kMaxIsolated || (state.isolated >> c & 1) != 0;
}

}  // namespace loom
