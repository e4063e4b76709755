#include "analysis/density/density_figures.h"

#include <cmath>

#include "analysis/density/prior.h"

namespace loom {

DensityFigures density_figures(const DensityField& field) {
  DensityFigures figures;
  const double area = field.grid.cell_area();
  double prior_inside = 0, kl = 0;
  for (std::size_t i = 0; i < field.total.size(); ++i) {
    const Point z = field.grid.center(i);
    const double q = static_cast<double>(field.total[i]), p = prior_density(z);
    figures.mass_inside += q * area;
    prior_inside += p * area;
    if (q > 0) kl += q * area * (std::log(q) - log_prior_density(z));
    for (std::size_t t = 0; t < kHoleThresholds.size(); ++t)
      if (q < kHoleThresholds[t] * p) figures.hole_mass[t] += p * area;
  }
  // KL of the normalised field, so that mass outside the grid does not count as a divergence.
  if (figures.mass_inside > 0) figures.marginal_kl = kl / figures.mass_inside - std::log(figures.mass_inside);
  for (double& mass : figures.hole_mass) mass += std::max(0.0, 1 - prior_inside);
  figures.coverage = 1 - figures.hole_mass[1];
  return figures;
}

double mutual_information(double mean_kl, double marginal_kl) { return mean_kl - marginal_kl; }

}  // namespace loom
