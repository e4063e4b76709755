// bench_analysis WEIGHTS: milliseconds of the computations that the page does for a model, natively or under node.
// Prints one line each: name, median of the runs, maximum.
#include <algorithm>
#include <chrono>
#include <cstdio>

#include "analysis/bound/encoder_gap.h"
#include "analysis/bound/quadrature.h"
#include "analysis/density/aggregate_posterior.h"
#include "analysis/density/density_figures.h"
#include "analysis/density/empty_circle.h"
#include "analysis/density/hole_components.h"
#include "analysis/density/overlap.h"
#include "analysis/density/prior.h"
#include "analysis/metric/geodesic.h"
#include "analysis/plane/contour.h"
#include "analysis/plane/neighbours.h"
#include "core/files/file.h"
#include "weights/tensor.h"

namespace {

using namespace loom;

template <class Work>
void time_of(const char* what, int runs, Work&& work) {
  std::vector<double> times;
  for (int i = 0; i < runs; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  std::sort(times.begin(), times.end());
  std::printf("%-44s %9.3f %9.3f\n", what, times[times.size() / 2], times.back());
}

void bench(const ModelFile& file) {
  const Model& model = file.model;
  const std::size_t classes = class_count(file);
  const LatentPlane plane = first_axes_plane(model.spec.latent_dim);
  PlaneSet set = plane_set(plane, file.test);
  if (set.sigma.empty()) set.sigma = {scott_width(set.mu)};
  const float half = 4;
  std::printf("%d posteriors, %d classes; milliseconds: median, worst\n", static_cast<int>(set.mu.size()),
              static_cast<int>(classes));
  DensityField field;
  for (const Index cells : {64, 128, 256}) {
    char name[64];
    std::snprintf(name, sizeof name, "density of all classes, %dx%d", static_cast<int>(cells), static_cast<int>(cells));
    time_of(name, 21, [&] {
      field = density_field(square_grid({0, 0}, half, cells), set.mu, set.sigma, file.test.labels, classes);
    });
  }
  const LatentGrid grid = square_grid({0, 0}, half, 128);
  field = density_field(grid, set.mu, set.sigma, file.test.labels, classes);
  time_of("density figures, 128x128", 11, [&] { density_figures(field); });
  time_of("log q/p, 128x128", 11, [&] { log_ratio_field(field, 3); });
  time_of("hole components, 128x128", 11, [&] { hole_components(field, 0.1, prior_radius(0.99)); });
  time_of("overlap figures, 128x128", 5, [&] { overlap_figures(field); });
  time_of("class entropy, 128x128", 11, [&] { class_entropy_field(field); });
  time_of("contour of one class, 128x128", 11, [&] { contour_lines(grid, class_share_field(field, 1), 0.5f); });
  const PointIndex index(set.mu, 0.1f);
  time_of("largest empty circle", 5, [&] { largest_empty_circle(index, prior_radius(0.95)); });
  time_of("8 nearest codes", 21, [&] { nearest_codes(file.test.mu, file.test.mu.row(3), 8); });
  const Index some = std::min<Index>(200, file.test.size());
  time_of("15 neighbours of 200 codes", 5,
          [&] { neighbour_sums(file.test.mu, file.test.labels, classes, 15, 0, some); });

  MetricScratch scratch;
  MetricField metric = empty_metric_field(square_grid({0, 0}, half, 32));
  time_of("metric, one cell", 256, [&] { fill_metric_field(metric, model, PictureSpace::pixels, plane, 1, scratch); });
  while (!metric.complete()) fill_metric_field(metric, model, PictureSpace::pixels, plane, 16, scratch);
  time_of("geodesic on 32x32 cells", 5, [&] {
    Geodesic g = begin_geodesic(metric, {-2, -1}, {2, 1.5f}, 65);
    while (!advance_geodesic(g, metric, 1000)) {
    }
  });
  if (model.spec.latent_dim != 2) return;
  DecoderTable table = empty_table(model, square_grid({0, 0}, half, 64));
  Workspace workspace;
  time_of("table of the decoder, 16 of 64x64 cells", 256, [&] { fill_table(table, model, 16, workspace); });
  const Matrix x = Matrix::Constant(1, model.spec.image.size(), Scalar(0.3));
  time_of("exact posterior of an image, 64x64", 21, [&] { grid_posterior(table, x); });
  DecoderTable coarse = empty_table(model, square_grid({0, 0}, half, 32));
  while (!coarse.complete()) fill_table(coarse, model, 16, workspace);
  GapScratch gaps;
  const Matrix eight = Matrix::Constant(8, model.spec.image.size(), Scalar(0.3)), codes = Matrix::Zero(8, 2);
  time_of("encoder gaps of 8 images, 32x32", 64, [&] { encoder_gaps(coarse, model, eight, codes, gaps); });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: bench_analysis WEIGHTS\n");
    return 2;
  }
  try {
    bench(load_model(read_file(argv[1], kMaxWeightFileBytes), argv[1]));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_analysis: %s\n", error.what());
    return 1;
  }
}
