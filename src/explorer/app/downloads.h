// Models and replays on their way: asking for them, receiving them, and what is said when that fails. Every file that
// failed can be asked for again.
#pragma once

#include "explorer/app/explorer.h"

namespace loom {

// Sets what can be chosen and asks for the model of the link, or the first.
void offer(Explorer& explorer, std::vector<CatalogueEntry> catalogue);

// Shows an entry's model, at once or when it has been loaded.
void choose_model(Explorer& explorer, std::size_t entry);

// Asks for an entry's model, or its training replay, unless it is there, on its way, or failed before. `again`: asks
// even if it failed.
void want_model(Explorer& explorer, std::size_t entry, bool again = false);
void want_replay(Explorer& explorer, std::size_t entry, bool again = false);

// The bytes of an entry's model have come. What is not valid becomes a message, and the model that is shown stays.
void receive(Explorer& explorer, std::size_t entry, std::span<const std::byte> bytes);
void receive_failure(Explorer& explorer, std::size_t entry, std::string_view reason);

// The first bytes of an entry's file have come, as many as the decoder needs or more. Does nothing unless the first
// model is waited for. Throws Error for what cannot be the start of such a file.
void receive_start(Explorer& explorer, std::size_t entry, std::span<const std::byte> bytes);

// The same for its training replay.
void receive_replay(Explorer& explorer, std::size_t entry, std::span<const std::byte> bytes);
void receive_replay_failure(Explorer& explorer, std::size_t entry, std::string_view reason);

}  // namespace loom
