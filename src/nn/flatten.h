// The layers between convolutions and dense layers. Convolutions work on channels-last images (H, W, C), but a dense
// layer's weights are stored for PyTorch's order (C, H, W). Flatten and Unflatten convert between the two orders. They
// stand where PyTorch has nn.Flatten and nn.Unflatten, so the layer numbers agree with those of an nn.Sequential.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/image.h"
#include "core/json/json_item.h"
#include "core/types.h"
#include "nn/kernels/scratch.h"
#include "nn/widths.h"

namespace loom {

struct Flatten {
  ImageShape shape;  // x: rows of (H, W, C); y: rows of (C, H, W)

  // What nn/layer.h requires of every layer.
  static constexpr std::array<std::string_view, 1> kinds() { return {"flatten"}; }
  std::string_view kind() const { return kinds()[0]; }
  std::string_view title() const { return "flatten"; }
  std::string sizes(std::string_view) const { return image_shape_text(shape); }
  Widths widths(Index) const { return {shape.size(), shape.size()}; }
  ImageShape output_shape(const ImageShape&) const { return {shape.size(), 1, 1}; }
  double multiply_adds() const { return 0; }
  template <class See>
  void for_each_tensor(See&&) const {}  // has none
  void describe(Json& json) const;
  static Flatten from_json(const JsonItem& item, Index& budget);
};

struct Unflatten {
  ImageShape shape;  // x: rows of (C, H, W); y: rows of (H, W, C)

  // What nn/layer.h requires of every layer.
  static constexpr std::array<std::string_view, 1> kinds() { return {"unflatten"}; }
  std::string_view kind() const { return kinds()[0]; }
  std::string_view title() const { return "unflatten"; }
  std::string sizes(std::string_view) const { return image_shape_text(shape); }
  Widths widths(Index) const { return {shape.size(), shape.size()}; }
  ImageShape output_shape(const ImageShape&) const { return shape; }
  double multiply_adds() const { return 0; }
  template <class See>
  void for_each_tensor(See&&) const {}  // has none
  void describe(Json& json) const;
  static Unflatten from_json(const JsonItem& item, Index& budget);
};

void forward(const Flatten& layer, const Matrix& x, Matrix& y, Scratch&);
void backward(const Flatten& layer, const Matrix& x, const Matrix& y, const Matrix& dy, Flatten& grad, Matrix* dx,
              Scratch&);
void forward(const Unflatten& layer, const Matrix& x, Matrix& y, Scratch&);
void backward(const Unflatten& layer, const Matrix& x, const Matrix& y, const Matrix& dy, Unflatten& grad, Matrix* dx,
              Scratch&);

}  // namespace loom
