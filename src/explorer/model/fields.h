// Results for one model on one plane that overlays and tools share: densities of the classes on a grid, and figures
// computed from them. Computed when first needed, a few milliseconds at a time.
#pragma once

#include <optional>
#include <vector>

#include "analysis/density/density_figures.h"
#include "analysis/density/hole_components.h"
#include "analysis/density/overlap.h"
#include "analysis/metric/picture_metric.h"
#include "analysis/plane/contour.h"
#include "explorer/model/loaded_model.h"
#include "explorer/state/deadline.h"

namespace loom {

inline constexpr float kLogRatioBound = 3;  // log q/p is clamped to +-this before it is drawn, nats
inline constexpr double kHoleTau = 0.1;  // q < tau p is a hole
inline constexpr double kHoleDisc = 0.99;  // share of the prior in the circle in which holes are searched for

struct HoleFields {
  std::vector<float> log_ratio;  // log q/p per cell, within +-kLogRatioBound
  std::vector<Hole> holes;  // largest prior mass first
  DensityFigures figures;
  std::vector<ContourLine> rim;  // of q = tau p
};

struct OverlapFields {
  OverlapFigures figures;
  double left_out_accuracy = 0;  // left_out_hits of all images, divided by their number
  std::vector<float> entropy;  // per cell, nats; -1 where q is 0
  std::vector<std::int16_t> classes;  // the most likely one; -1 where q is 0
  std::vector<ContourLine> borders;  // where the largest share is 1/2
};

class Fields {
 public:
  // Each of these computes until the deadline and returns null until the result is complete.
  const DensityField* density(const LoadedModel& model, const Deadline& deadline);
  const HoleFields* holes(const LoadedModel& model, const Deadline& deadline);
  const OverlapFields* overlap(const LoadedModel& model, const Deadline& deadline);
  const MetricField* metric(const LoadedModel& model, const Deadline& deadline);
  const std::vector<ContourLine>* border(const LoadedModel& model, std::size_t a, std::size_t b);  // needs density

  // The results so far; null until complete.
  const DensityField* density() const { return added_ < 0 ? &density_ : nullptr; }
  const MetricField* metric() const { return metric_.order.empty() ? nullptr : &metric_; }  // as far as it is filled
  double metric_progress() const;  // share of its cells that are filled, in [0, 1]
  const HoleFields* holes() const { return holes_step_ == kHoleSteps ? &holes_ : nullptr; }
  const OverlapFields* overlap() const { return overlap_done_ ? &overlap_ : nullptr; }

 private:
  DensityField density_;
  std::int64_t added_ = 0;  // posteriors added so far; -1: the density is complete
  MetricField metric_;
  std::uint64_t metric_plane_ = 0;
  MetricScratch metric_scratch_;
  // Computed in steps, with a check of the deadline after each, because all together take longer than a frame.
  static constexpr std::size_t kHoleSteps = 4;
  HoleFields holes_;
  std::size_t holes_step_ = 0;
  OverlapFields overlap_;
  std::size_t entropy_cells_ = 0, left_out_ = 0, overlap_step_ = 0;
  bool overlap_done_ = false;
  std::vector<std::uint8_t> has_images_;  // cells with enough images for a border to be meaningful
  std::size_t border_a_ = 0, border_b_ = 0;
  std::optional<std::vector<ContourLine>> border_;
};

// The fields of a model, with the model and the projection that they were computed for.
struct DerivedFields {
  const LoadedModel* model = nullptr;
  std::uint64_t projection_serial = 0;
  Fields fields;
};

// The square grid of the fields. It covers the prior and the posteriors or, for a plain autoencoder, the codes.
// `cells`: along each side.
LatentGrid field_grid(const LoadedModel& model, Index cells);

}  // namespace loom
