// The name of a model in tables and figures.
#pragma once

#include <string>
#include <vector>

#include "data/dataset.h"
#include "model/checkpoint.h"

namespace loom {

// The recipe's name, or the file's where it has none.
std::string model_name(const ModelFile&, const std::string& path);

// Names of several, by file where two would be called the same.
std::vector<std::string> model_names(const std::vector<ModelFile>&, const std::vector<std::string>& paths);

// Throws Error naming `path` unless the model takes images of the data set's shape.
void require_images_for(const Model&, const Dataset&, const std::string& path);

}  // namespace loom
