// Catalogue entries of small models, for tests of downloads and links.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/files/sha256.h"
#include "explorer_models.h"

namespace loom {

inline CatalogueEntry entry_for(std::string id, std::span<const std::byte> bytes) {
  return {.id = id,
          .title = id,
          .what = "",
          .file = id + ".safetensors",
          .bytes = bytes.size(),
          .sha256 = sha256_hex(bytes),
          .group = {},
          .replay = {},
          .replay_sha256 = {},
          .images = {}};
}

inline std::vector<std::byte> small_bytes(bool variational = true, Index latent_dim = 2) {
  return save_model(explorer_file(variational, latent_dim), Precision::f32);
}

// Entries a, b and c with the same bytes; a is shown.
inline std::unique_ptr<Explorer> three_entries(std::span<const std::byte> bytes) {
  auto explorer = std::make_unique<Explorer>();
  set_catalogue(*explorer, {entry_for("a", bytes), entry_for("b", bytes), entry_for("c", bytes)});
  receive(*explorer, 0, bytes);
  take_requests(*explorer);
  return explorer;
}

}  // namespace loom
