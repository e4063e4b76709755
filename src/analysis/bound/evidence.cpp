#include "analysis/bound/evidence.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_set>

#include "analysis/density/prior.h"

namespace loom {
namespace {

constexpr double kNothing = -std::numeric_limits<double>::infinity();
constexpr double kConverged = 0.005;  // nats, change from one level to the next
constexpr double kLeastShare = 3e-4;  // of p(x): cells with less are not divided, unless they touch one with more
constexpr double kMostShare = 0.2;    // of p(x) in one cell; a Gaussian has .16 in cells as wide as its sigma
constexpr float kAround = 3;          // sigmas of the encoder's posterior
constexpr float kMostReach = 20;      // cells
constexpr float kFarthest = 1e4f;     // no image is encoded so far away by a model with a prior
constexpr int kMostLevels = 8;        // a cell of the last level is 1/256 as wide as the table's
constexpr std::size_t kMostCells = 20000;  // of a level
constexpr Index kTableCells = 128;     // along each axis
constexpr Index kBatch = 128;         // places decoded at a time

double log_add(double a, double b) {
  const double top = std::max(a, b);
  return top == kNothing ? kNothing : top + std::log(std::exp(a - top) + std::exp(b - top));
}

std::uint64_t key_of(std::int32_t column, std::int32_t row) {
  return (std::uint64_t{static_cast<std::uint32_t>(column)} << 32) | static_cast<std::uint32_t>(row);
}

}  // namespace

DecoderTable evidence_table(const Model& model, std::span<const Point> mu, std::span<const Point> sigma) {
  DecoderTable table = empty_table(model, square_grid({0, 0}, analysis_half_extent(mu, sigma), kTableCells));
  Workspace workspace;
  while (!table.complete()) fill_table(table, model, kBatch, workspace);
  return table;
}

EvidenceSearch::EvidenceSearch(const DecoderTable& table, const Matrix& x, std::span<const double> joint, Point mu,
                               Point sigma)
    : x_(x),
      constants_(image_constants(table.terms, x)),
      low_(table.grid.low),
      mu_(mu),
      sigma_(sigma),
      cell_(table.grid.cell),
      coarse_(kNothing) {
  for (std::size_t i = 0; i < joint.size(); ++i) {
    const auto at = static_cast<Index>(table.order[i]);
    cells_.push_back({static_cast<std::int32_t>(at % table.grid.columns),
                      static_cast<std::int32_t>(at / table.grid.columns), joint[i]});
  }
  filled_ = cells_.size();
  log_evidence_ = log_sum();
  add_outside(table.grid);
  if (filled_ == cells_.size()) divide();
}

// The cells around mu that the grid does not cover.
void EvidenceSearch::add_outside(const LatentGrid& grid) {
  const auto cell_of = [&](float at, float low) { return static_cast<std::int32_t>(std::floor((at - low) / cell_)); };
  const auto reach = [&](float sigma) { return std::min(kAround * sigma / cell_, kMostReach) * cell_; };
  const Point r{reach(sigma_.x), reach(sigma_.y)};
  if (!(std::fabs(mu_.x) < kFarthest && std::fabs(mu_.y) < kFarthest)) return;
  for (std::int32_t row = cell_of(mu_.y - r.y, low_.y); row <= cell_of(mu_.y + r.y, low_.y); ++row)
    for (std::int32_t column = cell_of(mu_.x - r.x, low_.x); column <= cell_of(mu_.x + r.x, low_.x); ++column)
      if (column < 0 || row < 0 || column >= grid.columns || row >= grid.rows)
        cells_.push_back({column, row, kNothing});
}

Point EvidenceSearch::center(const Cell& c) const {
  return {low_.x + (static_cast<float>(c.column) + 0.5f) * cell_, low_.y + (static_cast<float>(c.row) + 0.5f) * cell_};
}

bool EvidenceSearch::near_mu(const Cell& c) const {
  const Point away = center(c) - mu_;
  return std::fabs(away.x) < kAround * sigma_.x + cell_ / 2 && std::fabs(away.y) < kAround * sigma_.y + cell_ / 2;
}

double EvidenceSearch::log_sum() const {
  double top = kNothing, sum = 0;
  for (const Cell& c : cells_) top = std::max(top, c.joint);
  if (top == kNothing) return coarse_;
  for (const Cell& c : cells_) sum += std::exp(c.joint - top);
  return log_add(coarse_, top + std::log(sum) + 2 * std::log(static_cast<double>(cell_)));
}

void EvidenceSearch::divide() {
  const double area = 2 * std::log(static_cast<double>(cell_));
  const double least = log_evidence_ + std::log(kLeastShare) - area;
  const bool follow_mu = cell_ > std::min(sigma_.x, sigma_.y);
  std::unordered_set<std::uint64_t> touched;
  for (const Cell& c : cells_)
    if (c.joint > least || (follow_mu && near_mu(c)))
      for (std::int32_t right = -1; right <= 1; ++right)
        for (std::int32_t up = -1; up <= 1; ++up) touched.insert(key_of(c.column + right, c.row + up));
  std::vector<Cell> quarters;
  double kept = 0;
  for (const Cell& c : cells_) {
    if (!touched.contains(key_of(c.column, c.row))) {
      kept += std::exp(c.joint - log_evidence_ + area);
      continue;
    }
    for (const std::int32_t right : {0, 1})
      for (const std::int32_t up : {0, 1}) quarters.push_back({2 * c.column + right, 2 * c.row + up, kNothing});
  }
  if (quarters.empty() || quarters.size() > kMostCells) {
    done_ = true;
    return;
  }
  if (kept > 0) coarse_ = log_add(coarse_, std::log(kept) + log_evidence_);
  cells_ = std::move(quarters);
  cell_ /= 2;
  filled_ = 0;
  ++level_;
}

bool EvidenceSearch::advance(const Model& model, const DecoderTable& table, Index places, EvidenceScratch& s) {
  while (!done_ && places > 0) {
    const Index count = std::min({places, kBatch, static_cast<Index>(cells_.size() - filled_)});
    s.z.resize(count, 2);
    for (Index i = 0; i < count; ++i)
      code_at(table.plane, center(cells_[filled_ + static_cast<std::size_t>(i)]), s.z.row(i));
    place_terms(table.terms, decode_logits(model, s.z, s.workspace), s.places);
    pair_losses(table.terms, s.places, x_, constants_, s.losses);
    for (Index i = 0; i < count; ++i) {
      Cell& c = cells_[filled_ + static_cast<std::size_t>(i)];
      c.joint = log_prior_density(center(c)) - static_cast<double>(s.losses(i, 0));
    }
    filled_ += static_cast<std::size_t>(count);
    decoded_ += static_cast<std::size_t>(count);
    places -= count;
    if (filled_ == cells_.size()) finish_level();
  }
  return done_;
}

void EvidenceSearch::finish_level() {
  const double before = log_evidence_;
  log_evidence_ = log_sum();
  double most = kNothing;
  for (const Cell& c : cells_) most = std::max(most, c.joint);
  const double share = std::exp(most + 2 * std::log(static_cast<double>(cell_)) - log_evidence_);
  const bool sees_q = cell_ <= std::min(sigma_.x, sigma_.y);
  done_ = level_ == kMostLevels || !std::isfinite(log_evidence_) ||
          (level_ > 0 && std::abs(log_evidence_ - before) < kConverged && share < kMostShare && sees_q);
  if (!done_) divide();
}

std::vector<double> log_evidence(const Model& model, const DecoderTable& table, const Matrix& x,
                                 std::span<const Point> mu, std::span<const Point> sigma, EvidenceScratch& scratch) {
  const std::vector<double> joint = joint_densities(table, x);
  const auto cells = static_cast<std::size_t>(table.filled);
  std::vector<double> out;
  for (Index b = 0; b < x.rows(); ++b) {
    const auto i = static_cast<std::size_t>(b);
    EvidenceSearch search(table, x.row(b), std::span(joint).subspan(i * cells, cells), mu[i], sigma[i]);
    while (!search.advance(model, table, static_cast<Index>(kMostCells), scratch)) {
    }
    out.push_back(search.log_evidence());
  }
  return out;
}

}  // namespace loom
