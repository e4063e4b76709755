#include <algorithm>

#include "analysis/metric/picture_change.h"
#include "analysis/metric/picture_metric.h"
#include "cli/figures/analyse_figures.h"
#include "core/text.h"

namespace loom {
namespace {

constexpr Index kRows = 100;  // draws per task
constexpr Index kDiscCells = 48;  // across the disc below
constexpr float kMetricRadius = 2.5f;  // of the disc whose metric is reported

FigureSection geometry_section(const Model& model, ThreadPool& pool) {
  const LatentGrid grid = square_grid({0, 0}, kMetricRadius, kDiscCells);
  std::vector<Point> places;
  for (std::size_t i = 0; i < grid.size(); ++i)
    if (length(grid.center(i)) < kMetricRadius) places.push_back(grid.center(i));
  const LatentPlane plane = first_axes_plane(model.spec.latent_dim);
  FigureSection section{"geometry", "geometry of the decoder, |z| < 2.5", {}, {}, {}};
  for (const PictureSpace space : {PictureSpace::pixels, PictureSpace::fisher}) {
    std::vector<Metric> metrics(places.size());
    const Index tasks = (static_cast<Index>(places.size()) + kRows - 1) / kRows;
    pool.run(tasks, [&](Index task) {
      const auto first = static_cast<std::size_t>(task * kRows);
      const std::size_t count = std::min(static_cast<std::size_t>(kRows), places.size() - first);
      MetricScratch scratch;
      std::vector<Metric> found;
      metrics_at(model, space, plane, std::span(places).subspan(first, count), found, scratch);
      std::copy(found.begin(), found.end(), metrics.begin() + static_cast<std::ptrdiff_t>(first));
    });
    std::vector<double> magnifications, anisotropies;
    for (const Metric& g : metrics) {
      magnifications.push_back(magnification(g));
      anisotropies.push_back(anisotropy(g));
    }
    const std::string name = space == PictureSpace::pixels ? "pixel" : "fisher";
    for (const double share : {0.05, 0.5, 0.95})
      section.figures.push_back({text(name, "_magnification_", static_cast<int>(share * 100 + 0.5)),
                                 quantile(magnifications, share), 2,
                                 text("sqrt(det G), ", static_cast<int>(share * 100 + 0.5), " % of cells are below")});
    for (const double share : {0.5, 0.95})
      section.figures.push_back({text(name, "_anisotropy_", static_cast<int>(share * 100 + 0.5)),
                                 quantile(anisotropies, share), 2, "sqrt of the ratio of G's eigenvalues"});
  }
  return section;
}

FigureSection change_section(const Model& model, const AnalyseOptions& options, ThreadPool& pool) {
  const Index tasks = (options.draws + kRows - 1) / kRows;
  std::vector<Smoothness> parts(static_cast<std::size_t>(tasks));
  std::vector<double> distances(static_cast<std::size_t>(options.draws));
  pool.run(tasks, [&](Index task) {
    const Index first = task * kRows, last = std::min(options.draws, first + kRows);
    ChangeScratch scratch;
    parts[static_cast<std::size_t>(task)] = map_smoothness(model, options.seed, first, last, scratch);
    const Matrix trip = round_trip(model, prior_draws(model.spec.latent_dim, options.seed, first, last), scratch);
    for (Index n = 0; n < trip.rows(); ++n)
      distances[static_cast<std::size_t>(first + n)] = static_cast<double>(trip.row(n).norm());
  });
  Smoothness smoothness;
  for (const Smoothness& part : parts) smoothness.add(part);
  FigureSection section{"map", text("decoding and encoding again, ", options.draws, " draws of N(0, I)"), {}, {}, {}};
  section.figures = {
      {"smoothness_mean", smoothness.mean(), 5, "RMS change of the pixels for a step of 0.01 in z"},
      {"smoothness_worst", smoothness.worst, 5, "of all draws, the largest"},
      {"round_trip_50", quantile(distances, 0.5), 3, "|enc(dec(z)) - z|: half of the draws are below"},
      {"round_trip_90", quantile(distances, 0.9), 3, "90 % of the draws are below"},
      {"round_trip_99", quantile(distances, 0.99), 3, "99 % of the draws are below"},
  };
  return section;
}

}  // namespace

std::vector<FigureSection> map_figures(const Model& model, const AnalyseOptions& options, ThreadPool& pool) {
  std::vector<FigureSection> sections;
  if (model.spec.latent_dim == 2) sections.push_back(geometry_section(model, pool));
  sections.push_back(change_section(model, options, pool));
  return sections;
}

}  // namespace loom
