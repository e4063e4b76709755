// Numbers that compare the aggregate posterior q(z) with the prior p(z), computed by the midpoint rule on a grid.
// Fewer samples make holes look larger (10,000 test images instead of 60,000 training images change H by some
// hundredths), so report N too.
#pragma once

#include <array>

#include "analysis/density/density_field.h"

namespace loom {

inline constexpr std::array<double, 3> kHoleThresholds{0.5, 0.1, 0.01};

struct DensityFigures {
  double mass_inside = 0;  // of q on the grid; 1 if the grid is large and fine enough

  // KL(q(z) || p(z)) in nats: how far sampling from the prior differs from the encoded data (Hoffman & Johnson 2016,
  // equation 9).
  double marginal_kl = 0;

  // H_tau = integral of p over {q < tau p}, for kHoleThresholds: the probability that a draw from the prior falls
  // into a hole (prior holes: Rosca, Lakshminarayanan & Mohamed 2018). Prior mass outside the grid counts as a hole.
  std::array<double, kHoleThresholds.size()> hole_mass{};

  double coverage = 0;  // 1 - H_0.1
};

DensityFigures density_figures(const DensityField&);

// I(x; z) under q, in nats: mean KL(q(z|x) || p) - KL(q(z) || p) (Hoffman & Johnson 2016, equation 8). At most log N.
double mutual_information(double mean_kl, double marginal_kl);

}  // namespace loom
