#include "model/architectures.h"

#include <array>

#include "core/error.h"
#include "nn/init.h"

namespace loom {
namespace {

Index code_size(const ModelSpec& spec) { return spec.latent_dim * (spec.variational ? 2 : 1); }

// Appends Linear + activation for each width; returns the last width.
Index append_dense(Sequential& net, Index inputs, std::span<const Index> widths, const Activation& activation) {
  for (const Index width : widths) {
    net.emplace_back(Linear(inputs, width));
    net.emplace_back(activation);
    inputs = width;
  }
  return inputs;
}

std::vector<Index> reversed(const std::vector<Index>& values) { return {values.rbegin(), values.rend()}; }

Activation activation_of(const ArchitectureOptions& options) {
  const ActivationFunction* function = find_activation(options.activation);
  if (!function) {
    std::string known;
    for (const ActivationFunction& f : activation_functions()) known += text(known.empty() ? "" : ", ", f.name);
    fail("activation '", options.activation, "' is not known; known are ", known);
  }
  return {function};
}

void build_dense(const ModelSpec& spec, const ArchitectureOptions& options, Model& model) {
  const Activation activation = activation_of(options);
  const Index last = append_dense(model.encoder, spec.image.size(), options.hidden, activation);
  model.encoder.emplace_back(Linear(last, code_size(spec)));
  const Index first = append_dense(model.decoder, spec.latent_dim, reversed(options.hidden), activation);
  model.decoder.emplace_back(Linear(first, spec.image.size()));
}

// 3x3 windows of stride 2 that see every pixel once as a centre; pads of 1 all round, as PyTorch's padding=1.
constexpr Window kHalving{3, 3, 2, 2, 1, 1, 1, 1};

// The window of a transposed convolution that takes `small` back to exactly `large`: the end pads absorb the remainder
// that halving dropped (PyTorch's output_padding).
Window doubling(const ImageShape& small, const ImageShape& large) {
  Window w = kHalving;
  w.pad_bottom = (small.height - 1) * w.stride_height + w.kernel_height - w.pad_top - large.height;
  w.pad_right = (small.width - 1) * w.stride_width + w.kernel_width - w.pad_left - large.width;
  return w;
}

// Encoder: halving convolutions, then dense layers. Decoder: the mirror.
void build_conv(const ModelSpec& spec, const ArchitectureOptions& options, Model& model) {
  if (options.channels.empty()) fail("architecture conv: needs at least one entry in channels");
  const Activation activation = activation_of(options);
  std::vector<ImageShape> shapes{spec.image};
  for (const Index channels : options.channels) {
    const Conv2d convolution(shapes.back(), channels, kHalving);
    shapes.push_back(convolution.out());
    model.encoder.emplace_back(convolution);
    model.encoder.emplace_back(activation);
  }
  model.encoder.emplace_back(Flatten{shapes.back()});
  const Index last = append_dense(model.encoder, shapes.back().size(), options.hidden, activation);
  model.encoder.emplace_back(Linear(last, code_size(spec)));

  std::vector<Index> widths = reversed(options.hidden);
  widths.push_back(shapes.back().size());
  append_dense(model.decoder, spec.latent_dim, widths, activation);
  model.decoder.emplace_back(Unflatten{shapes.back()});
  for (std::size_t i = shapes.size() - 1; i > 0; --i) {
    const Index channels = shapes[i - 1].channels;
    model.decoder.emplace_back(ConvTranspose2d(shapes[i], channels, doubling(shapes[i], shapes[i - 1])));
    if (i > 1) model.decoder.emplace_back(activation);
  }
}

constexpr std::array<Architecture, 2> kArchitectures{{
    {"dense", "fully connected encoder and mirrored decoder", build_dense},
    {"conv", "strided convolutions, dense layers, and transposed convolutions back", build_conv},
}};

}  // namespace

std::span<const Architecture> architectures() { return kArchitectures; }

Model build_model(const ModelSpec& spec, std::string_view name, const ArchitectureOptions& options,
                  std::uint64_t seed) {
  for (const Architecture& architecture : kArchitectures) {
    if (architecture.name != name) continue;
    Model model{.spec = spec, .encoder = {}, .decoder = {}};
    architecture.build(spec, options, model);
    check_model(model, name);
    initialize(model.encoder, seed, 0);
    initialize(model.decoder, seed, 1);
    return model;
  }
  fail("architecture '", name, "' is not known; known are dense, conv");
}

}  // namespace loom
