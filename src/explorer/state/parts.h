// What a link can restrict, for embeds: parts that are not shown (hide=...) and values that the visitor cannot change
// (lock=...). Both are sets of names, each with a table in parts.cpp. link/link_rows.cpp defines which values a lock
// keeps.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace loom {

struct ExplorerState;

enum class Part : std::uint8_t {
  picker,
  share,
  theme,
  help,
  controls,
  plane,
  overlays,
  tools,
  overlay_legend,
  plane_buttons,
  hover_card,
  axes,
  prior,
  ring,
  places,
  notes,
  decoded,
  reading,
  legend,
  tool,
  why,
  tour,
};

enum class Lock : std::uint8_t {
  model,
  z,
  view,
  plane,
  overlay,
  tool,
  pins,
  places,
  path,
  image,
  noise,
  samples,
  pair,
  other,
  frame,
  inside,
  train,
  tour,
  classes,
  names,
  marks,
  theme,
  help,
};

// Bit i stands for the i-th member of Part or Lock.
using NameSet = std::uint32_t;

constexpr NameSet bit(Part part) { return NameSet{1} << static_cast<unsigned>(part); }
constexpr NameSet bit(Lock lock) { return NameSet{1} << static_cast<unsigned>(lock); }

struct PartRow {
  std::string_view key;   // in links
  NameSet parts;          // one, or the parts of a group
  std::string_view what;  // description for readers
};

struct LockRow {
  std::string_view key;   // in links
  NameSet lock;
  std::string_view what;  // description for readers
};

// In the order of the enumerations; groups of parts come first.
std::span<const PartRow> part_rows();
std::span<const LockRow> lock_rows();

// "legend,tool", or as exceptions "all,-plane,-decoded", whichever is shorter; empty for the empty set.
std::string part_names(NameSet parts);
std::string lock_names(NameSet locks);
// Reads such a text. Unknown names are ignored, so that links of later versions still open.
NameSet read_parts(std::string_view text);
NameSet read_locks(std::string_view text);

bool is_hidden(const ExplorerState& state, Part part);
bool is_locked(const ExplorerState& state, Lock lock);

}  // namespace loom
