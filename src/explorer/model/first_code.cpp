#include "explorer/model/first_code.h"

namespace loom {

std::optional<RowVector> first_code(const DecoderStart& start, const ExplorerState& state) {
  constexpr Index kPlane = 2;
  const ExplorerState defaults;
  if (start.model.spec.latent_dim != kPlane || state.plane != defaults.plane) return std::nullopt;
  if (state.placed) return RowVector{{state.z.x, state.z.y}};
  if (start.first_code.size() != kPlane) return std::nullopt;
  return start.first_code;
}

}  // namespace loom
