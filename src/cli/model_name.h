// Names of models in tables and figures.
#pragma once

#include <string>
#include <vector>

#include "data/dataset.h"
#include "model/checkpoint.h"

namespace loom {

// The recipe's name, or the file's where it has none.
std::string model_name(const ModelFile&, const std::string& path);

// Names of several models; models that would have the same name are named by their file.
std::vector<std::string> model_names(const std::vector<ModelFile>&, const std::vector<std::string>& paths);

// Throws Error naming `path` unless the model takes images of the data set's shape.
void require_images_for(const Model&, const Dataset&, const std::string& path);

}  // namespace loom
