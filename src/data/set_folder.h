// Names of folders that hold the training, the validation or the test set.
#pragma once

#include <string_view>

namespace loom {

// "training", "train", "Train", "trainingSet", "train_set"; likewise test and testing, and val, valid and validation.
enum class SetFolder { none, training, validation, test };
SetFolder set_folder(std::string_view name);

}  // namespace loom
