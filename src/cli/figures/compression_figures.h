// Compression by a model compared with PCA, JPEG and PNG.
#pragma once

#include "uses/compression.h"

namespace loom {

// compress() with PCA fitted to `training`, followed by JPEG and PNG.
Compression compare_sizes(const std::string& name, const Model&, const Dataset& test, const Dataset& training,
                          std::uint64_t seed, ThreadPool&);

}  // namespace loom
