// Exports a model's networks as ONNX files, for other runtimes.
#pragma once

#include <string>

#include "model/autoencoder.h"

namespace loom {

// The encoder: "image" (batch, 1, H, W) in [0, 1] -> "mu" (batch, D) and "logvar" (batch, D), clamped as in the model;
// for a plain autoencoder, "code" (batch, D). All numbers are float; the batch size is dynamic. Equal models give
// equal bytes. Throws Error for a layer that cannot be exported.
std::string onnx_encoder(const Model& model);

// The decoder: "z" (batch, D) -> "picture" (batch, 1, H, W), the mean E[x|z] in [0, 1].
std::string onnx_decoder(const Model& model);

}  // namespace loom
