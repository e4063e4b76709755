// Principal components of the training images of a data set.
#pragma once

#include "core/parallel.h"
#include "data/dataset.h"
#include "model/pca.h"
#include "train/config.h"

namespace loom {

// Uses the images that a training run with this configuration would train on (all except those set aside for
// validation). The result does not depend on the number of threads.
PrincipalComponents fit_principal_components(const Dataset&, const TrainConfig&, Index components, ThreadPool&);

}  // namespace loom
