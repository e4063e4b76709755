// The output of every layer of a network for one sample, unit by unit, for looking inside a network. A unit is one
// number of a dense layer, or one channel of a convolution, which is a map of numbers.
#pragma once

#include <vector>

#include "core/image.h"
#include "nn/layer.h"

namespace loom {

struct LayerOutput {
  ImageShape shape;  // units x height x width of a map; 1 x 1 for a dense layer
  Matrix maps;       // (units, height * width), rows of a map from the top
};

// The shape of the output of every layer, units first, for an input of this shape.
std::vector<ImageShape> output_shapes(const Sequential& net, const ImageShape& input);

// Runs x (1, inputs) through all layers. out[i] is the output of layer i. `input`: the shape of x.
void layer_outputs(const Sequential& net, const ImageShape& input, const Matrix& x, Workspace& workspace,
                   std::vector<LayerOutput>& out);

// The activation of a unit in one row of a layer's output: its number, or the mean of its map. `shape`: that of the
// output. Rows hold channels-last images, as layers leave them in a Workspace.
Scalar unit_activation(const Scalar* row, const ImageShape& shape, Index unit);

// The number of trained weights of a layer.
Index weight_count(const Layer& layer);

}  // namespace loom
