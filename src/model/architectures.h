// Shapes of networks by name. A new architecture is one builder and one row in the table of architectures.cpp; a
// weight file does not need it, since the file lists its layers.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/autoencoder.h"

namespace loom {

struct ArchitectureOptions {
  std::vector<Index> channels;  // conv: output channels of the encoder's convolutions, mirrored in the decoder
  std::vector<Index> hidden;    // widths of the encoder's dense layers, mirrored in the decoder
  std::string activation = "relu";
};

struct Architecture {
  std::string_view name;
  std::string_view what;  // one line for people
  void (*build)(const ModelSpec&, const ArchitectureOptions&, Model&);
};

std::span<const Architecture> architectures();

// A model with the layers of the named architecture and initial weights drawn from `seed`. Throws Error for an unknown
// name, activation or impossible sizes.
Model build_model(const ModelSpec& spec, std::string_view architecture, const ArchitectureOptions& options,
                  std::uint64_t seed);

}  // namespace loom
