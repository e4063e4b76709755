// A model's description, without its weights, as one JSON text: the entry "model" of a weight file's metadata.
#pragma once

#include <string>
#include <string_view>

#include "model/autoencoder.h"

namespace loom {

std::string model_json(const Model& model);

// The model described, its weights not yet set. The description does not contain `provenance`. Throws Error naming
// `where` and the item if it is invalid, if the layers do not fit together or if there are more than `budget` weights.
Model model_from_json(std::string_view json, std::string_view where, Index budget);

}  // namespace loom
