// A model's networks as ONNX files, for other runtimes.
#pragma once

#include <string>

#include "model/autoencoder.h"

namespace loom {

// "image" (batch, 1, H, W) in [0, 1] -> "mu" (batch, D) and "logvar" (batch, D), clamped as the model clamps it; of a
// plain autoencoder, "code" (batch, D). All numbers are float; the batch axis is free. Equal models give equal bytes.
// Throws Error for an activation that has no counterpart here.
std::string onnx_encoder(const Model& model);

// "z" (batch, D) -> "picture" (batch, 1, H, W), the mean E[x|z] in [0, 1].
std::string onnx_decoder(const Model& model);

}  // namespace loom
