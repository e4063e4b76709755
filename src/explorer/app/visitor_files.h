// Files and images that the visitor opened, dropped or pasted. They never leave the machine.
#pragma once

#include "explorer/app/explorer.h"

namespace loom {

// Opens a weight file or an IDX file of images, recognized by its content. An invalid file becomes a message.
void open_any_file(Explorer& explorer, std::string_view name, std::span<const std::byte> bytes);

// Makes an image the input image. Grey values from 0 (black) to 255 (white), rows from the top.
void open_visitor_image(Explorer& explorer, std::string_view name, std::span<const std::uint8_t> grey, Index width,
                        Index height);

// Adds a weight file to the catalogue and shows its model. An invalid file becomes a message.
void open_visitor_file(Explorer& explorer, std::string_view name, std::span<const std::byte> bytes);

}  // namespace loom
