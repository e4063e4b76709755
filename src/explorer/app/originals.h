// The original images of the test sets: which blocks of the data packs are needed, and what arrives.
#pragma once

#include <span>

#include "explorer/app/explorer.h"

namespace loom {

// Requests what is still needed to show these images of the model's test set, first the pack's header. Negative numbers
// stand for no image. `again`: also what has failed before.
void request_originals(Explorer& explorer, const LoadedModel& model, std::span<const std::int64_t> images,
                       bool again = false);

// Call with the bytes before a pack's data, when they have been downloaded for this entry.
void receive_pack_header(Explorer& explorer, std::size_t entry, std::span<const std::byte> header);
// Call with a block of the entry's pack after unpacking it.
void receive_pack_block(Explorer& explorer, std::size_t entry, std::size_t block, std::span<const std::byte> unpacked);
// Call when the header or a block could not be downloaded or unpacked. A message says so.
void receive_pack_header_failure(Explorer& explorer, std::size_t entry, std::string_view reason);
void receive_pack_block_failure(Explorer& explorer, std::size_t entry, std::size_t block, std::string_view reason);

}  // namespace loom
