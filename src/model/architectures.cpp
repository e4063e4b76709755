#include "model/architectures.h"

#include <array>

#include "core/error.h"
#include "core/find_named.h"
#include "core/rng.h"
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
  return {&find_named(activation_functions(), options.activation, "activation")};
}

std::vector<Index> decoder_widths(const ArchitectureOptions& options) {
  return options.decoder_hidden.empty() ? reversed(options.hidden) : options.decoder_hidden;
}

// Appends a layer of Fourier features if the options ask for one; returns the input width of the next layer.
Index append_fourier(const ModelSpec& spec, const ArchitectureOptions& options, Sequential& decoder) {
  if (options.fourier_features < 0 || options.fourier_features > kMaxFourierFeatures)
    fail("fourier_features is ", options.fourier_features, ", expected 0 to ", kMaxFourierFeatures);
  if (options.fourier_features == 0) return spec.latent_dim;
  decoder.emplace_back(Fourier(spec.latent_dim, options.fourier_features));
  return std::get<Fourier>(decoder.back()).outputs();
}

// Draws the initial frequencies from a normal distribution, not uniformly like weights (Tancik et al. 2020, section 6).
void initialize_fourier(Sequential& decoder, double scale, std::uint64_t seed) {
  constexpr std::uint64_t kKey = std::uint64_t{2} << 32;  // the encoder uses key 0, the decoder key 1
  for (Layer& layer : decoder)
    if (auto* fourier = std::get_if<Fourier>(&layer)) {
      Rng rng(seed, Stream::init, kKey);
      for (Index i = 0; i < fourier->weight.size(); ++i)
        fourier->weight.data()[i] = static_cast<Scalar>(scale * rng.normal());
    }
}

void check_widths(std::string_view what, const std::vector<Index>& widths, Index largest) {
  for (const Index width : widths)
    if (width < 1 || width > largest) fail(what, " has an entry ", width, ", expected 1 to ", largest);
}

void build_dense(const ModelSpec& spec, const ArchitectureOptions& options, Model& model) {
  const Activation activation = activation_of(options);
  const Index last = append_dense(model.encoder, spec.image.size(), options.hidden, activation);
  model.encoder.emplace_back(Linear(last, code_size(spec)));
  const Index inputs = append_fourier(spec, options, model.decoder);
  const Index first = append_dense(model.decoder, inputs, decoder_widths(options), activation);
  model.decoder.emplace_back(Linear(first, spec.image.size()));
}

// A 3x3 window of stride 2, padded by 1 on all sides as with PyTorch's padding=1. It halves each side.
constexpr Window kHalving{3, 3, 2, 2, 1, 1, 1, 1};

// The window of a transposed convolution that maps `small` back to exactly `large`: the bottom and right pads make up
// for the remainder that halving dropped (PyTorch's output_padding).
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

  std::vector<Index> widths = decoder_widths(options);
  widths.push_back(shapes.back().size());
  append_dense(model.decoder, append_fourier(spec, options, model.decoder), widths, activation);
  model.decoder.emplace_back(Unflatten{shapes.back()});
  for (std::size_t i = shapes.size() - 1; i > 0; --i) {
    const Index channels = shapes[i - 1].channels;
    model.decoder.emplace_back(ConvTranspose2d(shapes[i], channels, doubling(shapes[i], shapes[i - 1])));
    if (i > 1) model.decoder.emplace_back(activation);
  }
}

// One affine map each for encoder and decoder. Principal component analysis finds their optimum directly (model/pca.h);
// gradient descent approaches it.
void build_linear(const ModelSpec& spec, const ArchitectureOptions&, Model& model) {
  model.encoder.emplace_back(Linear(spec.image.size(), code_size(spec)));
  model.decoder.emplace_back(Linear(spec.latent_dim, spec.image.size()));
}

constexpr std::array<Architecture, 3> kArchitectures{{
    {"dense", "fully connected encoder and mirrored decoder", build_dense},
    {"conv", "strided convolutions, dense layers, and transposed convolutions back", build_conv},
    {"linear", "one affine map each way", build_linear},
}};

}  // namespace

std::span<const Architecture> architectures() { return kArchitectures; }

const Architecture& find_architecture(std::string_view name) {
  return find_named(kArchitectures, name, "architecture");
}

Model build_model(const ModelSpec& spec, std::string_view name, const ArchitectureOptions& options,
                  std::uint64_t seed) {
  if (spec.latent_dim < 1 || spec.latent_dim > kMaxLatentDim)
    fail("latent_dim is ", spec.latent_dim, ", expected 1 to ", kMaxLatentDim);
  check_widths("hidden", options.hidden, kMaxHiddenWidth);
  check_widths("decoder_hidden", options.decoder_hidden, kMaxHiddenWidth);
  check_widths("channels", options.channels, kMaxConvolutionChannels);
  Model model{.spec = spec, .encoder = {}, .decoder = {}};
  find_architecture(name).build(spec, options, model);
  check_model(model, name);
  initialize(model.encoder, seed, 0);
  initialize(model.decoder, seed, 1);
  initialize_fourier(model.decoder, options.fourier_scale, seed);
  return model;
}

}  // namespace loom
