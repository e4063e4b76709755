// Saves and loads a model together with the encoded test set, in one safetensors file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "model/autoencoder.h"

namespace loom {

// The encoded test set: what the page needs and cannot recompute within a second. That is q(z|x) of the test images in
// the order of the data set (tensors aux.test_mu, aux.test_logvar, aux.test_label) and each image's anomaly score
// (aux.test_excess). All empty if the file has none.
struct EncodedSet {
  Matrix mu, logvar;                 // (N, D); logvar is empty for a plain autoencoder
  std::vector<std::uint8_t> labels;  // N
  std::vector<Scalar> excess;        // N, or empty: AnomalyMeasure::excess of analysis/bound/anomaly.h

  Index size() const { return mu.rows(); }
};

struct ModelFile {
  Model model;
  EncodedSet test;
};

enum class Precision { f32, f16 };

// The bytes of a weight file; the same content gives the same bytes. Throws Error if a number is not finite or does not
// fit into f16.
std::vector<std::byte> save_model(const ModelFile&, Precision);

// Throws Error, beginning with `where`, for a model that save_model or load_model would refuse for its size: weights
// and `encoded_images` encoded images beyond kMaxWeightFileBytes, or a network that the page cannot evaluate fast
// enough. Call it before training.
void check_saveable(const Model&, Precision, Index encoded_images, std::string_view where);

// Loads a weight file, which may be untrusted. Throws Error naming `file_name`, the item, what was found and what was
// expected: for bytes that are not safetensors, for a file without our metadata, for missing, extra or wrongly shaped
// tensors (in one message), for numbers that are not finite, and for a network that would take too long to evaluate.
ModelFile load_model(std::span<const std::byte> bytes, std::string_view file_name);

// A decoder read from a partial download. Weight files store the decoder first.
struct DecoderStart {
  Model model;  // its encoder's weights are not set
  RowVector first_code;  // (D), mu of the first image of the encoded set; empty if the file has none
};

// Reads the decoder from the first bytes of a file; returns nullopt while it is incomplete. Throws Error, as load_model
// does, for bytes that cannot be the start of a weight file.
std::optional<DecoderStart> load_decoder(std::span<const std::byte> bytes, std::string_view file_name);

}  // namespace loom
