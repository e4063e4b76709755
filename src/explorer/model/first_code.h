// The code that can be decoded from the first bytes of a weight file.
#pragma once

#include <optional>

#include "explorer/state/state.h"
#include "model/checkpoint.h"

namespace loom {

// The code to decode before the codes of the test set have been loaded: the z of the link, or the first code of the
// file. Returns none if it depends on the other codes: with more than two dimensions, or if the link chooses a plane.
std::optional<RowVector> first_code(const DecoderStart& start, const ExplorerState& state);

}  // namespace loom
