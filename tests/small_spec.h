#pragma once

#include "model/autoencoder.h"

namespace loom {

// A spec for images with one channel; all other fields have ModelSpec's defaults.
inline ModelSpec small_spec(Index height, Index width, Index latent_dim, bool variational = true) {
  ModelSpec spec;
  spec.image = {1, height, width};
  spec.latent_dim = latent_dim;
  spec.variational = variational;
  return spec;
}

}  // namespace loom
