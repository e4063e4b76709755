// Points of the latent space as they are asked for on the command line.
#pragma once

#include <string_view>

#include "uses/latent_place.h"

namespace loom {

// "0.3,-1.2", or "image:17", which is where the encoder puts that image (mu) and needs `data`. Throws Error naming
// `option` for anything else, a wrong number of coordinates and an image that is not there.
LatentPlace latent_place(std::string_view place, const Model&, const Dataset* data, std::string_view option);

bool is_image_place(std::string_view place);  // "image:..."

}  // namespace loom
