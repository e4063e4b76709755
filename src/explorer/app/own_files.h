// Files and images that the visitor brought. They never leave the machine.
#pragma once

#include "explorer/app/explorer.h"

namespace loom {

// Any file, told apart by its content: a model, or images of a data set.
void open_any_file(Explorer& explorer, std::string_view name, std::span<const std::byte> bytes);

// Grey values, 0 black to 255 white, rows from the top. They become the input image.
void open_own_picture(Explorer& explorer, std::string_view name, std::span<const std::uint8_t> grey, Index width,
                      Index height);

// A weight file: checked, added to the catalogue and shown, or refused with a message.
void open_own_file(Explorer& explorer, std::string_view name, std::span<const std::byte> bytes);

}  // namespace loom
