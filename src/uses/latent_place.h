// Points of the latent space and their names for display.
#pragma once

#include <string>

#include "data/dataset.h"
#include "model/autoencoder.h"

namespace loom {

struct LatentPlace {
  RowVector z;
  std::string words;  // for display: "(0.30, −1.20)" or "Coat no. 17"
  Index image = -1;   // number of the image in the data set; -1 if the point is not that of an image
};

// A point given by its coordinates z (D).
LatentPlace point_place(const RowVector& z);

// The code mu of an image of the data set. Throws Error for an index outside the data set.
LatentPlace image_place(const Model&, const Dataset&, Index index);

}  // namespace loom
