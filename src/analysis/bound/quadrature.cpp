#include "analysis/bound/quadrature.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/density/prior.h"
#include "core/error.h"

namespace loom {
namespace {

constexpr double kNothing = -std::numeric_limits<double>::infinity();

}  // namespace

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

GridPosterior grid_posterior(const DecoderTable& table, const Matrix& x) {
  GridPosterior posterior;
  posterior.density.assign(table.grid.size(), 0);
  const std::vector<double> constants = image_constants(table.terms, x);
  std::vector<double> joint(static_cast<std::size_t>(table.filled));
  double largest = kNothing;
  // In blocks, because the general form would otherwise copy the whole table.
  constexpr Index kBlock = 512;
  PlaceTerms places;
  Matrix losses;
  for (Index first = 0; first < table.filled; first += kBlock) {
    const Index size = std::min(kBlock, table.filled - first);
    if (table.terms.form == PixelTerms::Form::general) {
      places.slope = table.slope.middleRows(first, size);
      pair_losses(table.terms, places, x, constants, losses);
    } else {
      losses.noalias() = table.slope.middleRows(first, size) * x.row(0).transpose();
    }
    for (Index i = 0; i < size; ++i) {
      const auto at = static_cast<std::size_t>(first + i);
      const double product = static_cast<double>(losses(i, 0));
      const double loss =
          table.terms.form == PixelTerms::Form::general ? product : table.offset[at] + constants[0] - product;
      joint[at] = log_prior_density(table.grid.center(std::size_t{table.order[at]})) - loss;
      if (joint[at] > largest) largest = joint[at], posterior.mode = table.grid.center(std::size_t{table.order[at]});
    }
  }
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

double gap_on_grid(const DecoderTable& table, const GridPosterior& posterior, Point mu, Point sigma) {
  constexpr double kLeast = 1e-38;  // in cells without density p(z|x) underflows float
  double mass = 0, gap = 0;
  for (std::size_t i = 0; i < posterior.density.size(); ++i) {
    const Point z = table.grid.center(i);
    const double x = (static_cast<double>(z.x) - mu.x) / sigma.x, y = (static_cast<double>(z.y) - mu.y) / sigma.y;
    const double log_q = -0.5 * (x * x + y * y);  // without its constant: normalised over the cells below
    const double q = std::exp(log_q);
    if (q < kLeast) continue;
    mass += q;
    gap += q * (log_q - std::log(std::max(kLeast, static_cast<double>(posterior.density[i]))));
  }
  if (mass <= 0) return 0;
  return gap / mass - std::log(mass * table.grid.cell_area());
}

EvidenceSums::EvidenceSums(std::size_t images) : largest(images, kNothing), sum(images, 0.0) {}

void EvidenceSums::add(const EvidenceSums& other) {
  for (std::size_t i = 0; i < sum.size(); ++i) {
    if (other.sum[i] <= 0) continue;
    const double top = std::max(largest[i], other.largest[i]);
    sum[i] = sum[i] * std::exp(largest[i] - top) + other.sum[i] * std::exp(other.largest[i] - top);
    largest[i] = top;
  }
}

std::vector<double> EvidenceSums::log_evidence(const LatentGrid& grid) const {
  std::vector<double> result(sum.size());
  for (std::size_t i = 0; i < result.size(); ++i) result[i] = largest[i] + std::log(sum[i] * grid.cell_area());
  return result;
}

void add_evidence(EvidenceSums& sums, const Model& model, const PixelTerms& terms, const LatentGrid& grid,
                  std::size_t first, std::size_t last, const Matrix& x, const std::vector<double>& constants,
                  EvidenceScratch& s) {
  s.z.resize(static_cast<Index>(last - first), 2);
  std::vector<double> log_prior(last - first);
  for (std::size_t i = first; i < last; ++i) {
    const Point p = grid.center(i);
    s.z.row(static_cast<Index>(i - first)) << p.x, p.y;
    log_prior[i - first] = log_prior_density(p);
  }
  place_terms(terms, decode_logits(model, s.z, s.workspace), s.places);
  pair_losses(terms, s.places, x, constants, s.losses);
  for (Index b = 0; b < x.rows(); ++b) {
    double top = kNothing, sum = 0;
    for (Index n = 0; n < s.losses.rows(); ++n)
      top = std::max(top, log_prior[static_cast<std::size_t>(n)] - static_cast<double>(s.losses(n, b)));
    for (Index n = 0; n < s.losses.rows(); ++n)
      sum += std::exp(log_prior[static_cast<std::size_t>(n)] - static_cast<double>(s.losses(n, b)) - top);
    const auto i = static_cast<std::size_t>(b);
    const double both = std::max(sums.largest[i], top);
    sums.sum[i] = sums.sum[i] * std::exp(sums.largest[i] - both) + sum * std::exp(top - both);
    sums.largest[i] = both;
  }
}

}  // namespace loom
