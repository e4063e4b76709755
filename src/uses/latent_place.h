// Points of the latent space, and what to call them.
#pragma once

#include <string>

#include "data/dataset.h"
#include "model/autoencoder.h"

namespace loom {

struct LatentPlace {
  RowVector z;
  std::string words;  // for people: "(0.30, −1.20)" or "Coat no. 17"
  Index image = -1;   // of the data set, if it is one
};

LatentPlace point_place(const RowVector& z);

// Where the encoder puts an image of the data set: mu. Throws Error for an image that is not there.
LatentPlace image_place(const Model&, const Dataset&, Index index);

}  // namespace loom
