// A model's description, without its numbers, as one JSON text: the entry "model" of a weight file's metadata.
#pragma once

#include <string>
#include <string_view>

#include "model/autoencoder.h"

namespace loom {

std::string model_json(const Model& model);

// The model described, weights not yet set, checked to fit together; `budget` bounds its weights. `provenance` is not
// part of it. Throws Error naming `where` and the item.
Model model_from_json(std::string_view json, std::string_view where, Index budget);

}  // namespace loom
