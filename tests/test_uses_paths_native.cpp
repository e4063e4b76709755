// Paths and evidence with a shipped model, against brute force: the promises that a small random network cannot test.
#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "analysis/bound/bound.h"
#include "analysis/bound/evidence.h"
#include "analysis/metric/path.h"
#include "core/files/file.h"
#include "core/rng.h"
#include "data/load/load_dataset.h"
#include "model/checkpoint.h"
#include "source_path.h"
#include "uses/images.h"
#include "uses/interpolation.h"
#include "weights/tensor.h"

namespace loom {
namespace {

ModelFile shipped(const std::string& name) {
  const std::string path = source_path("weights/" + name + ".safetensors");
  return load_model(read_file(path, kMaxWeightFileBytes), path);
}

double brute_length(const Model& model, const Matrix& path, ChangeScratch& scratch) {
  double sum = 0;
  for (const double change : picture_steps(model, path, scratch)) sum += change;
  return sum;
}

TEST_CASE("paths: lengths have converged and no geodesic is longer than its straight line, for random pairs of codes") {
  const ModelFile file = shipped("fashion-conv-vae-2d");
  const Model& model = file.model;
  MetricField field = empty_metric_field(square_grid({}, 4.5f, kMetricCells));
  MetricScratch metric_scratch;
  const LatentPlane plane = first_axes_plane(2);
  while (!field.complete()) fill_metric_field(field, model, PictureSpace::pixels, plane, 256, metric_scratch);
  Rng rng(11, Stream::test);
  ChangeScratch scratch;
  int straight = 0;
#ifdef NDEBUG
  constexpr int kPairs = 300;
#else  // with sanitizers
  constexpr int kPairs = 20;
#endif
  for (int pair = 0; pair < kPairs; ++pair) {
    const auto draw = [&] { return static_cast<Index>(rng.uniform() * static_cast<double>(file.test.size() - 1)); };
    const RowVector from = file.test.mu.row(draw()), to = file.test.mu.row(draw());
    PathSearch search(PathKind::geodesic, from, to, 11);
    while (!search.advance(model, plane, field)) {
    }
    while (!search.measure(model, 256)) {
    }
    CAPTURE(pair);
    CHECK(search.length() <= search.straight_length());
    straight += search.is_straight();
    if (pair % 10 != 0) continue;
    CHECK(search.straight_length() ==
          doctest::Approx(brute_length(model, straight_path(from, to, 4001), scratch)).epsilon(0.01));
  }
  CHECK(straight <= kPairs / 5);
}

TEST_CASE("evidence: never below the ELBO of an image, and the same from a table with a quarter of the cells") {
  const Dataset data = load_dataset(source_path("weights/data/fashion-mnist-test.pack"), Split::test);
  for (const char* name : {"fashion-conv-vae-2d", "fashion-sharp-vae-2d"}) {
    const ModelFile file = shipped(name);
    const Model& model = file.model;
    // 437 and 490 are the images whose encoder errs most.
    std::vector<Index> chosen(80);
    std::iota(chosen.begin(), chosen.end(), Index{420});
    const Matrix x = images_at(data, chosen);
    Workspace workspace;
    Posterior q;
    encode(model, x, workspace, q);
    const PlaneSet seen = plane_set(first_axes_plane(2), {q.mu, q.logvar, {}, {}});
    EvidenceScratch scratch;
    const std::vector<double> log_p =
        log_evidence(model, evidence_table(model, seen.mu, seen.sigma), x, seen.mu, seen.sigma, scratch);
    DecoderTable coarse = empty_table(model, square_grid({0, 0}, analysis_half_extent(seen.mu, seen.sigma), 64));
    while (!coarse.complete()) fill_table(coarse, model, 256, workspace);
    const std::vector<double> from_coarse = log_evidence(model, coarse, x, seen.mu, seen.sigma, scratch);
    BoundScratch bound;
    const BoundTerms terms = bound_terms(model, x, q.mu, q.logvar, default_rule(2), bound);
    for (std::size_t b = 0; b < chosen.size(); ++b) {
      CAPTURE(name);
      CAPTURE(b);
      CHECK(log_p[b] >= -terms.negative_elbo(b) - 0.005);
      CHECK(from_coarse[b] == doctest::Approx(log_p[b]).scale(1).epsilon(0.02));
    }
  }
}

}  // namespace
}  // namespace loom
