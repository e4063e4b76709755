// The cases that tools/make_golden.py wrote: a model, inputs, and PyTorch's results in double precision.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <string_view>

#include "core/files/file.h"
#include "core/text.h"
#include "model/checkpoint.h"
#include "source_path.h"
#include "weights/safetensors.h"

namespace loom {

inline constexpr std::string_view kGoldenCases[] = {"dense_gelu",      "dense_relu_plain", "conv_relu_clamped",
                                                    "conv_gelu",       "odd_windows_silu", "fourier_gelu",
                                                    "dense_cbernoulli"};

class Golden {
 public:
  explicit Golden(std::string_view name)
      : bytes_(read_file(source_path(text("tests/golden/", name, ".safetensors")), 1 << 20)),
        file_(read_safetensors(bytes_, name)),
        model(load_model(bytes_, name).model) {}

  // The tensor "aux." + name.
  std::vector<float> values(std::string_view name) const {
    const TensorView* tensor = file_.find(text("aux.", name));
    REQUIRE_MESSAGE(tensor, name);
    return to_floats(*tensor);
  }
  // The same as a matrix with one row per sample.
  Matrix matrix(std::string_view name) const {
    const std::vector<float> v = values(name);
    const Index rows = file_.find("aux.x")->shape[0];
    return Eigen::Map<const Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(
               v.data(), rows, static_cast<Index>(v.size()) / rows)
        .cast<Scalar>();
  }
  double number(std::string_view key) const { return std::stod(model.spec.provenance.at(std::string(key))); }

 private:
  std::vector<std::byte> bytes_;
  TensorFile file_;

 public:
  Model model;
};

// The largest difference, relative to the largest expected number, because entries near 0 are sums with cancellation.
template <class T>
double relative_difference(std::span<const T> got, std::span<const float> wanted) {
  REQUIRE(got.size() == wanted.size());
  double largest = 0, worst = 0;
  for (std::size_t i = 0; i < got.size(); ++i) {
    largest = std::max(largest, std::abs(static_cast<double>(wanted[i])));
    const double difference = std::abs(static_cast<double>(got[i]) - static_cast<double>(wanted[i]));
    worst = difference <= worst ? worst : difference;  // keeps NaN
  }
  return largest > 0 ? worst / largest : worst;
}
inline double relative_difference(const Matrix& got, std::span<const float> wanted) {
  return relative_difference<Scalar>({got.data(), static_cast<std::size_t>(got.size())}, wanted);
}

}  // namespace loom
