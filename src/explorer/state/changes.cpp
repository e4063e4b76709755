#include "explorer/state/changes.h"

#include <bit>

namespace loom {

std::uint32_t isolated_after(const Isolate& isolate, std::uint32_t isolated) {
  const std::uint32_t bit = 1u << isolate.class_id;
  if (isolate.add) return isolated ^ bit;
  return isolated == bit ? 0 : bit;
}

std::uint32_t isolated_after(const StepIsolated& step, std::uint32_t isolated, std::size_t class_count) {
  const int count = static_cast<int>(class_count);
  const int from = std::has_single_bit(isolated) ? std::countr_zero(isolated) : step.by > 0 ? -1 : count;
  return 1u << ((from + step.by + count) % count);
}

ExplorerState without_model(ExplorerState state) {
  state.view.reset();
  state.pins = {};
  state.places.clear();
  state.plane = {};
  state.frame = -1;
  state.unit = {.network = state.unit.network};
  return state;
}

}  // namespace loom
