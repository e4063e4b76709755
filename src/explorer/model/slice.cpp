#include "explorer/model/slice.h"

#include <algorithm>
#include <cmath>

#include "analysis/plane/principal.h"
#include "core/text.h"

namespace loom {
namespace {

constexpr float kLargestCode = 1e6f;  // codes are clamped to it, so that sums of any finite numbers stay finite

PlaneChoice possible(PlaneChoice choice, Index dimensions, bool has_codes) {
  if (!has_codes || dimensions < 3) choice.principal = false;
  const auto last = static_cast<std::uint16_t>(std::max<Index>(dimensions, 2) - 1);
  // The axes of a model with more dimensions mean nothing here: the last one in their place would mirror the plane.
  if (std::max(choice.axes[0], choice.axes[1]) > last) choice.axes = {0, 1};
  if (choice.axes[0] == choice.axes[1]) choice.axes[1] = choice.axes[0] == 0 ? 1 : 0;
  choice.others.resize(dimensions > 2 ? static_cast<std::size_t>(dimensions) : 0, 0.0f);
  for (const std::uint16_t axis : choice.axes)
    if (axis < choice.others.size()) choice.others[axis] = 0;
  while (!choice.others.empty() && choice.others.back() == 0) choice.others.pop_back();
  return choice;
}

}  // namespace

Slice::Slice(const ModelFile& file, const PlaneChoice& choice) {
  const Index dimensions = file.model.spec.latent_dim;
  const Matrix& mu = file.test.mu;
  choice_ = possible(choice, dimensions, mu.rows() > 1);
  center_ = RowVector::Zero(dimensions);
  basis_ = Matrix::Identity(dimensions, dimensions);
  const Matrix bounded = mu.cwiseMin(kLargestCode).cwiseMax(-kLargestCode);
  const RowVector mean = mu.rows() > 0 ? RowVector(bounded.colwise().mean()) : center_;
  if (choice_.principal) basis_ = principal_directions(bounded).directions;
  // The mean of the prior is 0; without a prior, the center is the mean of the codes.
  if (!file.model.spec.variational) center_ = mean;
  if (!choice_.principal)
    for (const std::uint16_t axis : choice_.axes)
      if (axis < dimensions) center_[axis] = 0;  // so that coordinates on the plane are those of the code
  for (Index k = 0; k < dimensions; ++k) {
    const float variance = mu.rows() == 0 ? 1.0f : [&] {
      const RowVector along = (bounded * basis_.row(k).transpose()).transpose();
      return static_cast<float>((along.array() - along.mean()).square().mean());
    }();
    spreads_.push_back(std::sqrt(variance));
  }
}

RowVector Slice::code(Point z) const {
  RowVector weights = RowVector::Zero(dimensions());
  for (std::size_t k = 0; k < choice_.others.size(); ++k) weights[static_cast<Index>(k)] = choice_.others[k];
  weights[choice_.axes[0]] = z.x;
  if (choice_.axes[1] < dimensions()) weights[choice_.axes[1]] = z.y;
  return center_ + weights * basis_;
}

Point Slice::project(const RowVector& code) const {
  const auto along = [&](std::uint16_t axis) {
    if (axis >= dimensions()) return 0.0f;
    const auto value = static_cast<float>((code - center_).dot(basis_.row(axis)));
    return std::clamp(value, -kLargestCode, kLargestCode);
  };
  return {along(choice_.axes[0]), along(choice_.axes[1])};
}

std::vector<float> Slice::weights(const RowVector& code) const {
  std::vector<float> out;
  for (Index k = 0; k < dimensions(); ++k) {
    const bool own = k == choice_.axes[0] || k == choice_.axes[1];
    out.push_back(own ? 0 : static_cast<float>((code - center_).dot(basis_.row(k))));
  }
  return out;
}

LatentPlane Slice::plane() const {
  LatentPlane out{code({0, 0}), Matrix::Zero(2, dimensions())};
  for (Index i = 0; i < 2; ++i)
    if (const Index axis = choice_.axes[static_cast<std::size_t>(i)]; axis < dimensions())
      out.axes.row(i) = basis_.row(axis);
  return out;
}

PlaneSet Slice::project(const EncodedSet& set) const { return plane_set(plane(), set); }

Point Slice::deviation(const RowVector& logvar) const {
  const Matrix one = logvar;
  return plane_set(plane(), {.mu = Matrix::Zero(1, dimensions()), .logvar = one, .labels = {}, .excess = {}}).sigma[0];
}

float Slice::share(Index k) const {
  double all = 0;
  for (const float s : spreads_) all += double{s} * s;
  return all > 0 ? static_cast<float>(double{spread(k)} * spread(k) / all) : 0;
}

std::string direction_name(const PlaneChoice& choice, std::size_t k) {
  return choice.principal ? text("PC ", k + 1) : text('z', k + 1);
}

}  // namespace loom
