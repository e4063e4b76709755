// Files and images that the visitor opened, dropped or pasted. They never leave the machine.
#pragma once

#include "explorer/app/explorer.h"

namespace loom {

// Opens a weight file or an IDX file of images, recognized by its content. An invalid file becomes a message.
void open_any_file(Explorer& explorer, std::string_view name, std::span<const std::byte> bytes);

// Opens a data pack with the originals of the test set, whose blocks follow one by one, unpacked. They are used when
// the last one has come. An invalid pack becomes a message, and what still comes of it is ignored.
void open_pack_header(Explorer& explorer, std::string_view name, std::span<const std::byte> header);
void open_pack_block(Explorer& explorer, std::size_t block, std::span<const std::byte> unpacked);

// Makes an image the input image. Grey values from 0 (black) to 255 (white), rows from the top.
void open_visitor_image(Explorer& explorer, std::string_view name, std::span<const std::uint8_t> grey, Index width,
                        Index height);

// Adds a weight file to the catalogue, in the place of one of the same name, and shows its model. An invalid file
// becomes a message.
void open_visitor_file(Explorer& explorer, std::string_view name, std::span<const std::byte> bytes);

}  // namespace loom
