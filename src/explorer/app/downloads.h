// Downloads of models and replays: requests, received files, and the messages about failures. Every failed download can
// be retried.
#pragma once

#include "explorer/app/explorer.h"

namespace loom {

// Sets the catalogue and requests the model of the link, or the first one if the link names no known model.
void set_catalogue(Explorer& explorer, std::vector<CatalogueEntry> catalogue);

// Shows an entry's model, at once or as soon as it has been loaded.
void choose_model(Explorer& explorer, std::size_t entry);

// Whether the entry is the one that the link asks for, and is still being downloaded or has failed.
bool is_wanted(const Explorer& explorer, std::size_t entry);

// Requests an entry's model, or its training replay, unless it is loaded, already requested, or has failed. `again`:
// also if it has failed.
void request_model(Explorer& explorer, std::size_t entry, bool again = false);
void request_replay(Explorer& explorer, std::size_t entry, bool again = false);

// Call when an entry's model has been downloaded, or its download failed. An invalid file becomes a message, and the
// model that is shown stays.
void receive(Explorer& explorer, std::size_t entry, std::span<const std::byte> bytes);
void receive_failure(Explorer& explorer, std::size_t entry, std::string_view reason);

// Call with the first bytes of an entry's model while they arrive: shows the image at z as soon as they hold the
// decoder. Does nothing unless the first model is being loaded. Throws Error if they cannot be the start of a weight
// file.
void receive_start(Explorer& explorer, std::size_t entry, std::span<const std::byte> bytes);

// Like receive and receive_failure, for the entry's training replay.
void receive_replay(Explorer& explorer, std::size_t entry, std::span<const std::byte> bytes);
void receive_replay_failure(Explorer& explorer, std::size_t entry, std::string_view reason);

}  // namespace loom
