// Fourier features of a point: y = [x | sin(x B^T) | cos(x B^T)], with trained frequencies B (Tancik et al. 2020,
// equation 5; x itself is kept, so that the next dense layer loses no information). In front of a decoder with few
// latent dimensions they let the image change quickly with z, which plain dense layers learn slowly.
// N batch, I inputs, F frequencies; x (N, I), y (N, I + 2F), B = weight (F, I).
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/image.h"
#include "core/json/json_item.h"
#include "core/parameter.h"
#include "core/types.h"
#include "nn/kernels/scratch.h"
#include "nn/widths.h"

namespace loom {

struct Fourier {
  Matrix weight;  // (F, I), radians per unit of x

  Fourier() = default;
  Fourier(Index inputs, Index frequencies) : weight(frequencies, inputs) {}

  Index inputs() const { return weight.cols(); }
  Index outputs() const { return weight.cols() + 2 * weight.rows(); }

  // What nn/layer.h requires of every layer.
  static constexpr std::array<std::string_view, 1> kinds() { return {"fourier"}; }
  std::string_view kind() const { return kinds()[0]; }
  std::string_view title() const { return "Fourier features"; }
  std::string sizes(std::string_view arrow) const;
  Widths widths(Index) const { return {inputs(), outputs()}; }
  ImageShape output_shape(const ImageShape&) const { return {outputs(), 1, 1}; }
  double multiply_adds() const { return static_cast<double>(weight.size()); }
  template <class See>
  void for_each_tensor(See&& see) const {
    const Shape shape{weight.rows(), weight.cols()};
    see("weight", shape, weight, fan_in_initial(shape));  // model/architectures.cpp draws wider ones
  }
  void describe(Json& json) const;
  static Fourier from_json(const JsonItem& item, Index& budget);
};

void forward(const Fourier& layer, const Matrix& x, Matrix& y, Scratch&);

// With s = dy_sin cos(x B^T) - dy_cos sin(x B^T): dB += s^T x, dx = dy_x + s B.
void backward(const Fourier& layer, const Matrix& x, const Matrix& y, const Matrix& dy, Fourier& grad, Matrix* dx,
              Scratch&);

}  // namespace loom
