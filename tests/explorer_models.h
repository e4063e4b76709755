// Small models for tests of the explorer.
#pragma once

#include <memory>
#include <string>

#include "explorer/app/downloads.h"
#include "explorer/app/frame.h"
#include "explorer/app/update.h"
#include "explorer/app/visitor_files.h"
#include "model/architectures.h"
#include "random_matrix.h"
#include "small_spec.h"

namespace loom {

// A dense model of 6 x 5 pixels with three classes; the codes of its test set are around three points.
inline ModelFile explorer_file(bool variational = true, Index latent_dim = 2, Index images = 300) {
  ModelSpec spec = small_spec(6, 5, latent_dim, variational);
  spec.class_names = {"coat", "shoe", "bag"};
  ModelFile file{build_model(spec, "dense", {.channels = {}, .hidden = {8}, .activation = "relu"}, 1), {}};
  file.test.mu = random_matrix(images, latent_dim, 1) * 0.4f;
  if (variational) file.test.logvar = random_matrix(images, latent_dim, 2).array() * 0.3f - 4;
  for (Index n = 0; n < images; ++n) {
    file.test.labels.push_back(static_cast<std::uint8_t>(n % 3));
    file.test.mu(n, 0) += static_cast<Scalar>(n % 3 - 1) * 1.5f;
    file.test.excess.push_back(static_cast<Scalar>(n % 50) / 4);
  }
  return file;
}

inline LoadedModel explorer_model(bool variational = true, Index latent_dim = 2) {
  return make_loaded_model(explorer_file(variational, latent_dim), "small");
}

// Changes any field of the state, regardless of locks.
template <class Change>
void edit(Explorer& explorer, Change&& change) {
  ExplorerState state = explorer.state;
  change(state);
  set_state(explorer, std::move(state));
}

// An explorer that shows a small model, its ring at 0.
inline std::unique_ptr<Explorer> small_explorer(bool variational = true, Index latent_dim = 2) {
  auto explorer = std::make_unique<Explorer>();
  edit(*explorer, [&](ExplorerState& s) { s.placed = true; });
  open_visitor_file(*explorer, "small.safetensors", save_model(explorer_file(variational, latent_dim), Precision::f32));
  return explorer;
}

}  // namespace loom
