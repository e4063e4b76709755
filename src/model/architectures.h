// Network architectures by name. To add one, write a builder and add a row to the table in architectures.cpp. Loading
// a weight file does not need the architecture, because the file lists its layers.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/autoencoder.h"

namespace loom {

inline constexpr Index kMaxHiddenWidth = 65536, kMaxConvolutionChannels = 1024, kMaxFourierFeatures = 4096;

struct ArchitectureOptions {
  std::vector<Index> channels = {};  // conv: output channels of the encoder's convolutions, mirrored in the decoder
  std::vector<Index> hidden = {};    // widths of the encoder's dense layers
  std::vector<Index> decoder_hidden = {};  // of the decoder's; empty: the encoder's, mirrored
  std::string activation = "relu";
  Index fourier_features = 0;  // number of frequencies in front of the decoder (nn/fourier.h); 0: none
  double fourier_scale = 1;    // standard deviation of their initial values, radians per unit of z
};

struct Architecture {
  std::string_view name;
  std::string_view what;  // one-line description
  void (*build)(const ModelSpec&, const ArchitectureOptions&, Model&);
};

std::span<const Architecture> architectures();

const Architecture& find_architecture(std::string_view name);  // throws Error if unknown, naming the known ones

// A model with the layers of the named architecture and initial weights drawn from `seed`. Throws Error for an unknown
// architecture or activation and for impossible sizes.
Model build_model(const ModelSpec& spec, std::string_view architecture, const ArchitectureOptions& options,
                  std::uint64_t seed);

}  // namespace loom
