// What the kinds of layers do, one row each, in words for the tool Look inside. A test finds a kind without a row.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/text.h"

namespace loom::texts {

// clang-format off

struct LayerWords {
  std::string_view kind;  // as in weight files
  std::string_view name, formula, what;
};

inline constexpr std::array kLayers{
  LayerWords{"linear", "Linear", "y = W x + b",
    "Each unit adds up all numbers of the layer before, each times a weight of its own, and a bias."},
  LayerWords{"conv2d", "Convolution", "y = b + Σ W x, over a small window",
    "Each unit slides its window of weights over the maps of the layer before. Its own map shows where the pattern was found."},
  LayerWords{"conv_transpose2d", "Transposed convolution", "y = b + Σ W x, each x spread over a small window",
    "Each number of the layer before prints its window of weights, as strongly as the number says, onto a larger map. Prints that overlap add up."},
  LayerWords{"flatten", "Flatten", "y = x",
    "The same numbers in one row. Nothing is computed."},
  LayerWords{"unflatten", "Unflatten", "y = x",
    "The same numbers, laid out as small maps. Nothing is computed."},
  LayerWords{"fourier", "Fourier features", "y = (x, sin B x, cos B x)",
    "Waves across the latent space. With them the image can change quickly from one place to the next."},
  LayerWords{"relu", "ReLU", "y = max(0, x)",
    "Numbers below 0 become 0: a unit is either silent or as loud as before."},
  LayerWords{"gelu_tanh", "GELU", "y ≈ x Φ(x), Φ the normal distribution",
    "Numbers well below 0 become 0, those well above stay as they are, with a smooth turn between."},
  LayerWords{"silu", "SiLU", "y = x / (1 + exp(−x))",
    "Numbers well below 0 become nearly 0, those well above stay as they are, with a smooth turn between."},
  LayerWords{"tanh", "tanh", "y = tanh x",
    "Every number is bent into the range from −1 to 1."},
  LayerWords{"sigmoid", "Sigmoid", "y = 1 / (1 + exp(−x))",
    "Every number is bent into the range from 0 to 1."},
};

// The row of a kind; one without words for a kind that has none.
inline LayerWords layer_words(std::string_view kind) {
  for (const LayerWords& row : kLayers)
    if (row.kind == kind) return row;
  return {kind, kind, "", ""};
}

// ---- shapes and units in words -------------------------------------------------------------------------------------

// "128 numbers", "32 maps of 7×7", "1 map of 28×28"
inline std::string units_text(long long units, long long height, long long width) {
  if (height == 1 && width == 1) return text(units, units == 1 ? " number" : " numbers");
  return text(units, units == 1 ? " map of " : " maps of ", height, "×", width);
}
inline std::string from_to(std::string_view before, std::string_view after) { return before == after ? std::string(after) : text(before, " → ", after); }

// clang-format on

}  // namespace loom::texts
