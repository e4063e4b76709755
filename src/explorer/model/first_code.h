// The code that can be decoded from the first bytes of a weight file.
#pragma once

#include <optional>

#include "explorer/state/state.h"
#include "model/checkpoint.h"

namespace loom {

// The z that is decoded before the test set's codes are there: the link's or the file's own first one. None where it
// depends on these codes: with more than two dimensions, or on a plane of the link's own.
std::optional<RowVector> first_code(const DecoderStart& start, const ExplorerState& state);

}  // namespace loom
