// Training configurations as JSON: in the state of an interrupted run, in the metadata of a finished one.
#pragma once

#include <string>
#include <vector>

#include "core/json_item.h"
#include "train/config.h"

namespace loom {

Json config_json(const TrainConfig&);

// Throws Error for a missing, unknown or impossible value.
TrainConfig config_from_json(const JsonItem&);

// "epochs 30, here 40" for every field in which the two differ.
std::vector<std::string> config_differences(const TrainConfig& there, const TrainConfig& here);

}  // namespace loom
