// Small models with all kinds of layers, for tests of what is inside them.
#pragma once

#include "explorer_models.h"

namespace loom {

inline ModelFile file_of(const char* architecture, bool variational = true, Index latent = 2) {
  ModelFile file = explorer_file(variational, latent);
  ModelSpec spec = file.model.spec;
  spec.image = {1, 12, 10};
  file.model = build_model(spec, architecture, {.channels = {4, 6}, .hidden = {17}, .activation = "gelu_tanh"}, 5);
  return file;
}

}  // namespace loom
