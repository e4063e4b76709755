// Changes that are made to all images of a data set on request.
#pragma once

#include "data/dataset.h"

namespace loom {

// Transposes and inverts as `source` asks, before a test set is held out of the images. The data set then has hashes of
// its own and is no published one, but keeps its classes.
void change_images(Dataset& dataset, const DataSource& source);

}  // namespace loom
