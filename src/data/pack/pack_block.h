// Converts between pixels and the unpacked bytes of a block of a data pack (data/pack/pack_header.h describes both).
// Needs neither files nor zlib, because the page unpacks the streams itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "data/pack/pack_header.h"

namespace loom {

// The level at which a grey value is stored, and the grey value that a level below `levels` stands for.
std::uint8_t stored_level(std::uint8_t grey, int levels);
std::uint8_t shown_grey(std::uint8_t level, int levels);

// The unpacked bytes of a block with these images, (N, shape.size()).
std::vector<std::uint8_t> stored_images(std::span<const std::uint8_t> pixels, const ImageShape&, int levels);

// Writes the pixels of block number `block` to `out` (images of the block, shape.size()). `unpacked` are the unpacked
// bytes of its stream; `file` starts every error message. Throws Error unless they have the length and SHA-256 that the
// header states, and for levels that do not exist.
void read_stored_images(const PackHeader&, std::size_t block, std::span<const std::byte> unpacked,
                        std::string_view file, std::span<std::uint8_t> out);

// The labels of a pack that has labels. Throws Error in the same way, and for a label that is not below the number of
// class names, if there are any.
std::vector<std::uint8_t> read_stored_labels(const PackHeader&, std::span<const std::byte> unpacked,
                                             std::string_view file);

// Throws Error unless all pixels of the pack, (header.images, shape.size()), have the SHA-256 that the header states.
void check_pack_pixels(const PackHeader&, std::span<const std::uint8_t> pixels, std::string_view file);

// Bytes of unpacked images in block number `block`.
std::size_t stored_block_bytes(const PackHeader&, std::size_t block);

}  // namespace loom
