// Imports models of other frameworks: a safetensors file with their tensors, and a JSON text that assigns the tensors
// to layers.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "model/autoencoder.h"

namespace loom {

// The JSON is a model description (model/spec_json.h) with these additions:
//   "convention"          "pytorch": weights (out, in) and (O, C, kh, kw), transposed convolutions (C, O, kh, kw),
//                         flattened C, H, W;
//                         "keras": kernels (in, out) and (kh, kw, C, O), transposed convolutions (kh, kw, O, C),
//                         flattened H, W, C, and "pad": "same" for Keras' padding: fewer zeros before than after, (0,
//                         1) for a 3x3 window of stride 2, where PyTorch's padding=1 is (1, 1)
//   "weight", "bias"      of each linear and convolutional layer: the name of its tensor, or a list of names whose
//                         tensors are joined along the outputs, as mu and logvar of an encoder's last layer are;
//                         without "bias" it is 0
//   "ignore"              names of tensors that no layer needs; optional
// The decoder outputs logits: leave out a final sigmoid, because the likelihood applies it. Throws Error naming the
// file, the item, what was found and what was expected, as model_from_json does, and also for a tensor that is missing,
// has the wrong shape, is not floating-point, is not finite, is used twice or is not used.
Model import_model(std::span<const std::byte> tensors, std::string_view tensors_name, std::string_view layers,
                   std::string_view layers_name);

}  // namespace loom
