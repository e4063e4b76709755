#include "analysis/density/overlap.h"

#include <cmath>

namespace loom {
namespace {

// Entropy of the shares q_c / q, nats.
double entropy_of(const DensityField& field, std::size_t cell) {
  const double q = static_cast<double>(field.total[cell]);
  double entropy = 0;
  for (std::size_t c = 0; c < field.classes; ++c) {
    const double share = static_cast<double>(field.of_class(c)[cell]) / q;
    if (share > 0) entropy -= share * std::log(share);
  }
  return entropy;
}

void fill_bhattacharyya(const DensityField& field, const std::vector<double>& mass, Matrix& matrix) {
  const auto classes = static_cast<Index>(field.classes);
  // Take the square roots first, because the product of two small floats would underflow.
  Matrix roots(classes, static_cast<Index>(field.grid.size()));
  for (Index i = 0; i < roots.size(); ++i) roots.data()[i] = std::sqrt(field.by_class[static_cast<std::size_t>(i)]);
  matrix.setZero(classes, classes);
  for (Index a = 0; a < classes; ++a)
    for (Index b = a; b < classes; ++b) {
      const double both = mass[static_cast<std::size_t>(a)] * mass[static_cast<std::size_t>(b)];
      if (both <= 0) continue;
      const double sum = static_cast<double>(roots.row(a).dot(roots.row(b)));
      matrix(a, b) = matrix(b, a) = static_cast<Scalar>(sum * field.grid.cell_area() / std::sqrt(both));
    }
}

}  // namespace

OverlapFigures overlap_figures(const DensityField& field) { return overlap_figures(field, class_entropy_field(field)); }

OverlapFigures overlap_figures(const DensityField& field, std::span<const float> entropy) {
  OverlapFigures figures;
  std::vector<double> mass(field.classes);
  figures.accuracy_by_class.assign(field.classes, 0);
  const std::vector<std::int16_t> winner = class_map(field);
  const double area = field.grid.cell_area();
  double all = 0;
  for (std::size_t i = 0; i < field.total.size(); ++i) {
    if (winner[i] < 0) continue;
    const auto best = static_cast<std::size_t>(winner[i]);
    for (std::size_t c = 0; c < field.classes; ++c) mass[c] += static_cast<double>(field.of_class(c)[i]) * area;
    all += static_cast<double>(field.total[i]) * area;
    figures.accuracy_by_class[best] += static_cast<double>(field.of_class(best)[i]) * area;
    figures.class_entropy += static_cast<double>(field.total[i]) * area * static_cast<double>(entropy[i]);
  }
  if (all > 0) {
    for (const double right : figures.accuracy_by_class) figures.bayes_accuracy += right / all;
    figures.class_entropy /= all;
  }
  for (std::size_t c = 0; c < field.classes; ++c)
    if (mass[c] > 0) figures.accuracy_by_class[c] /= mass[c];
  fill_bhattacharyya(field, mass, figures.bhattacharyya);
  return figures;
}

std::vector<float> class_entropy_field(const DensityField& field) {
  std::vector<float> entropy(field.grid.size());
  fill_class_entropy(field, 0, entropy.size(), entropy);
  return entropy;
}

void fill_class_entropy(const DensityField& field, std::size_t first, std::size_t last, std::span<float> entropy) {
  for (std::size_t i = first; i < last; ++i)
    entropy[i] = field.total[i] > 0 ? static_cast<float>(entropy_of(field, i)) : -1;
}

double left_out_hits(const DensityField& field, std::span<const Point> mu, std::span<const Point> sigma,
                     std::span<const std::uint8_t> labels, std::size_t first, std::size_t last) {
  double hits = 0;
  GridGaussian posterior(field.grid);
  for (std::size_t n = first; n < last; ++n) {
    const std::size_t own = labels[n];
    double mass = 0, right = 0;
    posterior.set(mu[n], sigma[sigma.size() == 1 ? 0 : n], mu.size());
    posterior.for_each_cell([&](std::size_t cell, float density) {
      mass += static_cast<double>(density);
      const float others = field.of_class(own)[cell] - density;
      // Rounding leaves a trace of the image itself where there is no other.
      bool best = others > 1e-4f * density;
      for (std::size_t c = 0; c < field.classes && best; ++c) best = c == own || field.of_class(c)[cell] < others;
      if (best) right += static_cast<double>(density);
    });
    if (mass > 0) hits += right / mass;
  }
  return hits;
}

std::vector<float> class_share_field(const DensityField& field, std::size_t c) {
  std::vector<float> share(field.grid.size());
  for (std::size_t i = 0; i < share.size(); ++i)
    if (field.total[i] > 0) share[i] = field.of_class(c)[i] / field.total[i];
  return share;
}

std::vector<std::int16_t> class_map(const DensityField& field) {
  std::vector<std::int16_t> map(field.grid.size(), -1);
  std::vector<float> best(field.grid.size());
  for (std::size_t c = 0; c < field.classes; ++c) {
    const std::span<const float> q = field.of_class(c);
    for (std::size_t i = 0; i < map.size(); ++i)
      if (q[i] > best[i]) best[i] = q[i], map[i] = static_cast<std::int16_t>(c);
  }
  return map;
}

std::vector<float> class_pair_field(const DensityField& field, std::size_t a, std::size_t b) {
  const std::span<const float> qa = field.of_class(a), qb = field.of_class(b);
  std::vector<float> pair(field.grid.size());
  for (std::size_t i = 0; i < pair.size(); ++i)
    if (qa[i] + qb[i] > 0) pair[i] = (qa[i] - qb[i]) / (qa[i] + qb[i]);
  return pair;
}

}  // namespace loom
