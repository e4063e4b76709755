// The state as the part of an address after '#', and back: "m=fashion-conv-vae-2d&z=0.51,-1.2&c=5,7". A new field is
// a member of ExplorerState and one row in the table of link_rows.cpp.
#pragma once

#include <string>
#include <string_view>

#include "explorer/state/state.h"

namespace loom {

// In bytes; the rest of a longer link is ignored. Enough for 1024 coordinates, which are written last.
inline constexpr std::size_t kMaxLinkLength = 16384;

// Without the '#'. Fields that have their default are left out.
std::string write_link(const ExplorerState& state);

// Links are untrusted: unknown keys, malformed and non-finite values are ignored, and numbers are clamped (update later
// clamps them to the model's range). Fields that are not in the link keep their default.
ExplorerState read_link(std::string_view link);

// The state of a step of the tour, which counts from 1. Model, z, the visitor's places, theme, hidden and
// locked parts stay as they are now.
ExplorerState read_tour_step(std::size_t step, const ExplorerState& now);

// Copies what is locked in `before` from there to `after`.
void keep_locked(const ExplorerState& before, ExplorerState& after);

}  // namespace loom
