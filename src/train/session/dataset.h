// Training sets that are already in memory: the images of a page, or the first images of a larger set.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "data/dataset.h"

namespace loom {

// Images given as grey pixels, 0 black to 255 white: `pixels` (N, height, width), `labels` (N) or empty for images
// without classes. Known training sets are recognised by their hash and get their name and classes. Throws Error for a
// length that does not match, a shape or a number of classes beyond the limits of core/image.h, a label without a class
// name where there are class names, and for no images at all.
Dataset memory_dataset(std::vector<std::uint8_t> pixels, std::vector<std::uint8_t> labels, const ImageShape& shape,
                       std::vector<std::string> class_names);

// Keeps only the first `count` images, or all if it is 0, and sets the hashes to those of the IDX files that would hold
// them; the name of the data set stays. Throws Error for more images than there are.
void keep_first(Dataset&, Index count);

}  // namespace loom
