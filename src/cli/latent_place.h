// Parses points of the latent space from the command line.
#pragma once

#include <string_view>

#include "uses/latent_place.h"

namespace loom {

// A point given as "0.3,-1.2" or as "image:17", which means the code mu of that image and needs `data`. Throws Error
// naming `option` for anything else, a wrong number of coordinates and an image that does not exist.
LatentPlace latent_place(std::string_view place, const Model&, const Dataset* data, std::string_view option);

bool is_image_place(std::string_view place);  // "image:..."

}  // namespace loom
