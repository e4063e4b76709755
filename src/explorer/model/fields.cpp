#include "explorer/model/fields.h"

#include <algorithm>
#include <cmath>

#include "analysis/density/prior.h"

namespace loom {
namespace {

constexpr Index kFieldCells = 256;  // as in `loom analyse`, so that both say the same
// Between two checks of the deadline:
constexpr std::size_t kEntropyCells = 8192, kMetricBatch = 2;  // cells
constexpr std::size_t kFieldBatch = 500;                       // posteriors
constexpr float kPlainMargin = 1.15f;  // of the home view, for a model without prior

// The deviations of all posteriors; for a plain autoencoder one kernel width for all codes.
std::vector<Point> deviations(const LoadedModel& model) {
  return model.sigma.empty() ? std::vector{scott_width(model.mu)} : model.sigma;
}

}  // namespace

LatentGrid field_grid(const LoadedModel& model, Index cells) {
  if (!model.variational()) return square_grid(model.home.center, kPlainMargin * model.home.half, cells);
  return square_grid({0, 0}, analysis_half_extent(model.mu, model.sigma), cells);
}

const DensityField* Fields::density(const LoadedModel& model, const Deadline& deadline) {
  if (model.mu.empty()) return nullptr;
  if (added_ == 0) density_ = empty_density(field_grid(model, kFieldCells), model.class_names.size());
  const std::vector<Point> sigma = added_ >= 0 ? deviations(model) : std::vector<Point>();
  while (added_ >= 0) {
    const auto first = static_cast<std::size_t>(added_), last = std::min(first + kFieldBatch, model.mu.size());
    add_posteriors(density_, model.mu, sigma, model.file.test.labels, first, last);
    added_ = static_cast<std::int64_t>(last);
    if (last == model.mu.size()) {
      finish_density(density_);
      added_ = -1;
    } else if (deadline.passed()) {
      return nullptr;
    }
  }
  return &density_;
}

const HoleFields* Fields::holes(const LoadedModel& model, const Deadline& deadline) {
  if (holes_step_ == kHoleSteps) return &holes_;
  const bool was_there = density() != nullptr;
  const DensityField* field = density(model, deadline);
  if (!field || (!was_there && deadline.passed())) return nullptr;
  while (true) {
    switch (holes_step_) {
      case 0: holes_.log_ratio = log_ratio_field(*field, kLogRatioBound); break;
      case 1: holes_.holes = hole_components(*field, kHoleTau, prior_radius(kHoleDisc)); break;
      case 2: holes_.figures = density_figures(*field); break;
      default: holes_.rim = contour_lines(field->grid, holes_.log_ratio, static_cast<float>(std::log(kHoleTau)));
    }
    if (++holes_step_ == kHoleSteps) return &holes_;
    if (deadline.passed()) return nullptr;
  }
}

const OverlapFields* Fields::overlap(const LoadedModel& model, const Deadline& deadline) {
  if (overlap_done_) return &overlap_;
  const bool was_there = density() != nullptr;
  const DensityField* field = density(model, deadline);
  if (!field || (!was_there && deadline.passed())) return nullptr;
  constexpr std::size_t kBeforeClasses = 2;
  const std::vector<Point> sigma = left_out_ < model.mu.size() ? deviations(model) : std::vector<Point>();
  while (true) {
    if (entropy_cells_ < field->grid.size()) {
      overlap_.entropy.resize(field->grid.size());
      const std::size_t last = std::min(entropy_cells_ + kEntropyCells, field->grid.size());
      fill_class_entropy(*field, entropy_cells_, last, overlap_.entropy);
      entropy_cells_ = last;
      if (deadline.passed()) return nullptr;
      continue;
    }
    if (left_out_ < model.mu.size()) {
      const std::size_t last = std::min(left_out_ + kFieldBatch, model.mu.size());
      overlap_.left_out_accuracy += left_out_hits(*field, model.mu, sigma, model.file.test.labels, left_out_, last) /
                                    static_cast<double>(model.mu.size());
      left_out_ = last;
      if (deadline.passed()) return nullptr;
      continue;
    }
    const std::size_t step = overlap_step_++;
    if (step == 0) {
      overlap_.figures = overlap_figures(*field, overlap_.entropy);
    } else if (step == 1) {
      overlap_.classes = class_map(*field);
      // Where there are hardly any images, a border is meaningless.
      const double least = 0.01 * model.posterior.typical_density();
      for (const float q : field->total) has_images_.push_back(q > least);
    } else if (const std::size_t c = step - kBeforeClasses; c < field->classes) {
      for (ContourLine& line : contour_lines(field->grid, class_share_field(*field, c), 0.5f, has_images_))
        overlap_.borders.push_back(std::move(line));
    } else {
      overlap_done_ = true;
      return &overlap_;
    }
    if (deadline.passed()) return nullptr;
  }
}

const MetricField* Fields::metric(const LoadedModel& model, const Deadline& deadline) {
  if (metric_.order.empty() || metric_plane_ != model.plane_serial) {
    metric_ = empty_metric_field(field_grid(model, kMetricCells));
    metric_plane_ = model.plane_serial;
  }
  const LatentPlane plane = model.plane.plane();
  while (!metric_.complete()) {
    fill_metric_field(metric_, model.file.model, PictureSpace::pixels, plane, kMetricBatch, metric_scratch_);
    if (deadline.passed()) break;
  }
  return metric_.complete() ? &metric_ : nullptr;
}

double Fields::metric_progress() const {
  return metric_.order.empty() ? 0 : static_cast<double>(metric_.filled) / static_cast<double>(metric_.order.size());
}

const std::vector<ContourLine>* Fields::border(const LoadedModel& model, std::size_t a, std::size_t b) {
  const DensityField* field = density();
  if (!field || a >= field->classes || b >= field->classes) return nullptr;
  if (border_ && border_a_ == a && border_b_ == b) return &*border_;
  border_a_ = a, border_b_ = b;
  // A border is only meaningful where both classes have images.
  const std::span<const float> qa = field->of_class(a), qb = field->of_class(b);
  const double least = 0.02 * model.posterior.typical_density();
  std::vector<std::uint8_t> mask;
  for (std::size_t i = 0; i < qa.size(); ++i)
    mask.push_back(std::min(qa[i], qb[i]) > least * 0.1 && qa[i] + qb[i] > least);
  return &border_.emplace(contour_lines(field->grid, class_pair_field(*field, a, b), 0, mask));
}

}  // namespace loom
