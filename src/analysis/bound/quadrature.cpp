#include "analysis/bound/quadrature.h"

#include <algorithm>
#include <cmath>

#include "analysis/density/prior.h"
#include "core/error.h"

namespace loom {

DecoderTable empty_table(const Model& model, const LatentGrid& grid, const LatentPlane& plane) {
  if (model.spec.latent_dim != 2)
    fail("exact posterior: the model has ", model.spec.latent_dim, " latent dimensions, expected 2");
  DecoderTable table{
      grid, plane, pixel_terms(model), {}, {}, cells_from(grid, grid.center(grid.columns / 2, grid.rows / 2)), 0};
  table.slope.resize(static_cast<Index>(grid.size()), model.spec.image.size());
  table.offset.resize(grid.size());
  return table;
}

void fill_table(DecoderTable& table, const Model& model, Index cells, Workspace& workspace) {
  const Index count = std::min(cells, static_cast<Index>(table.order.size()) - table.filled);
  if (count <= 0) return;
  Matrix z(count, 2);
  for (Index i = 0; i < count; ++i) {
    const Point p = table.grid.center(std::size_t{table.order[static_cast<std::size_t>(table.filled + i)]});
    code_at(table.plane, p, z.row(i));
  }
  PlaceTerms places;
  place_terms(table.terms, decode_logits(model, z, workspace), places);
  table.slope.middleRows(table.filled, count) = places.slope;
  std::copy(places.offset.begin(), places.offset.end(), table.offset.begin() + table.filled);
  table.filled += count;
}

std::vector<double> joint_densities(const DecoderTable& table, const Matrix& x) {
  const auto filled = static_cast<std::size_t>(table.filled);
  const std::vector<double> constants = image_constants(table.terms, x);
  std::vector<double> joint(static_cast<std::size_t>(x.rows()) * filled);
  const bool general = table.terms.form == PixelTerms::Form::general;
  constexpr Index kBlock = 512;  // cells, because the general form copies their slopes
  PlaceTerms places;
  Matrix losses;
  for (Index first = 0; first < table.filled; first += kBlock) {
    const Index size = std::min(kBlock, table.filled - first);
    const auto start = static_cast<std::size_t>(first);
    if (general) {
      places.slope = table.slope.middleRows(first, size);
      pair_losses(table.terms, places, x, constants, losses);
    } else if (x.rows() == 1) {
      losses.noalias() = table.slope.middleRows(first, size) * x.row(0).transpose();
    } else {
      losses.noalias() = table.slope.middleRows(first, size) * x.transpose();
    }
    for (Index i = 0; i < size; ++i) {
      const std::size_t at = start + static_cast<std::size_t>(i);
      const double log_prior = log_prior_density(table.grid.center(std::size_t{table.order[at]}));
      for (Index b = 0; b < x.rows(); ++b) {
        const auto image = static_cast<std::size_t>(b);
        const double product = static_cast<double>(losses(i, b));
        const double loss = general ? product : table.offset[at] + constants[image] - product;
        joint[image * filled + at] = log_prior - loss;
      }
    }
  }
  return joint;
}

GridPosterior grid_posterior(const DecoderTable& table, const Matrix& x) {
  return grid_posterior(table, joint_densities(table, x));
}

GridPosterior grid_posterior(const DecoderTable& table, std::span<const double> joint) {
  GridPosterior posterior;
  posterior.density.assign(table.grid.size(), 0);
  if (joint.empty()) return posterior;
  const auto top = std::ranges::max_element(joint);
  const double largest = *top;
  posterior.mode = table.grid.center(std::size_t{table.order[static_cast<std::size_t>(top - joint.begin())]});
  double sum = 0, mx = 0, my = 0, sx = 0, sy = 0;
  for (std::size_t i = 0; i < joint.size(); ++i) {
    const Point z = table.grid.center(std::size_t{table.order[i]});
    const double weight = std::exp(joint[i] - largest), dx = z.x, dy = z.y;
    sum += weight, mx += weight * dx, my += weight * dy, sx += weight * dx * dx, sy += weight * dy * dy;
    posterior.density[table.order[i]] = static_cast<float>(weight);
  }
  if (sum <= 0) return posterior;
  const double area = table.grid.cell_area();
  posterior.log_evidence = largest + std::log(sum * area);
  for (float& density : posterior.density) density = static_cast<float>(static_cast<double>(density) / (sum * area));
  mx /= sum, my /= sum;
  posterior.mean = {static_cast<float>(mx), static_cast<float>(my)};
  posterior.deviation = {static_cast<float>(std::sqrt(std::max(0.0, sx / sum - mx * mx))),
                         static_cast<float>(std::sqrt(std::max(0.0, sy / sum - my * my)))};
  return posterior;
}

}  // namespace loom
