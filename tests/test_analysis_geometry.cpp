#include <doctest/doctest.h>

#include <Eigen/Eigenvalues>
#include <cmath>
#include <numbers>

#include "analysis/metric/geodesic.h"
#include "analysis/metric/path.h"
#include "analysis/metric/picture_change.h"
#include "analysis/metric/picture_metric.h"
#include "analysis/plane/latent_plane.h"
#include "analysis/plane/principal.h"
#include "core/math.h"
#include "message_of.h"
#include "model/architectures.h"
#include "random_matrix.h"
#include "small_spec.h"

namespace loom {
namespace {

constexpr Index kPixels = 30;

// Decoder logits = z W^T + b: its Jacobian has a closed form.
Model linear_model(Index latent_dim = 2) {
  Model model =
      build_model(small_spec(6, 5, latent_dim), "dense", {.channels = {}, .hidden = {4}, .activation = "relu"}, 1);
  Linear layer(latent_dim, kPixels);
  layer.weight = random_matrix(kPixels, latent_dim, 1) * 0.7f;
  layer.bias = random_matrix(1, kPixels, 2);
  model.decoder = {layer};
  return model;
}

Metric exact_metric(const Model& model, PictureSpace space, const RowVector& z, const Matrix& axes) {
  const Linear& layer = std::get<Linear>(model.decoder[0]);
  double g[3] = {};
  for (Index p = 0; p < kPixels; ++p) {
    const double l = static_cast<double>(layer.weight.row(p).dot(z) + layer.bias[p]), m = 1 / (1 + std::exp(-l));
    const double scale = space == PictureSpace::pixels ? m * (1 - m) * m * (1 - m) : m * (1 - m);
    const double u = static_cast<double>(layer.weight.row(p).dot(axes.row(0)));
    const double v = static_cast<double>(layer.weight.row(p).dot(axes.row(1)));
    g[0] += scale * u * u, g[1] += scale * u * v, g[2] += scale * v * v;
  }
  return {static_cast<float>(g[0]), static_cast<float>(g[1]), static_cast<float>(g[2])};
}

void check_equal(const Metric& found, const Metric& expected) {
  const double scale = static_cast<double>(expected.xx + expected.yy);
  CHECK(found.xx == doctest::Approx(expected.xx).epsilon(2e-3).scale(scale));
  CHECK(found.xy == doctest::Approx(expected.xy).epsilon(2e-3).scale(scale));
  CHECK(found.yy == doctest::Approx(expected.yy).epsilon(2e-3).scale(scale));
}

TEST_CASE("picture metric: both kinds against the closed form, on any plane") {
  for (const PictureSpace space : {PictureSpace::pixels, PictureSpace::fisher}) {
    const Model flat = linear_model(), deep = linear_model(5);
    const std::vector<Point> places{{0, 0}, {1.5f, -2}, {-3, 0.3f}};
    const LatentPlane slanted = principal_plane(random_matrix(50, 5, 9));
    std::vector<Metric> found, on_plane;
    MetricScratch scratch;
    metrics_at(flat, space, first_axes_plane(2), places, found, scratch);
    metrics_at(deep, space, slanted, places, on_plane, scratch);
    for (std::size_t i = 0; i < places.size(); ++i) {
      const LatentPlane plane = first_axes_plane(2);
      check_equal(found[i], exact_metric(flat, space, codes_at(plane, {&places[i], 1}), plane.axes));
      check_equal(on_plane[i], exact_metric(deep, space, codes_at(slanted, {&places[i], 1}), slanted.axes));
    }
  }
}

TEST_CASE("picture metric: axes, magnification and ellipse of a known metric") {
  // Eigenvalues 9 and 4, the larger at 30 degrees.
  const double c = std::cos(std::numbers::pi / 6), s = std::sin(std::numbers::pi / 6);
  const Metric g{static_cast<float>(9 * c * c + 4 * s * s), static_cast<float>(5 * c * s),
                 static_cast<float>(9 * s * s + 4 * c * c)};
  CHECK(magnification(g) == doctest::Approx(6));
  CHECK(anisotropy(g) == doctest::Approx(1.5));
  CHECK(metric_axes(g).large == doctest::Approx(9));
  CHECK(metric_axes(g).angle == doctest::Approx(std::numbers::pi / 6));
  const MetricEllipse ellipse = metric_ellipse(g, 0.6, 10);
  CHECK(ellipse.along == doctest::Approx(0.2));
  CHECK(ellipse.across == doctest::Approx(0.3));
  const Point rim{static_cast<float>(0.2 * c), static_cast<float>(0.2 * s)};
  CHECK(square_length(g, rim) == doctest::Approx(0.36));
  CHECK(anisotropy({0, 0, 0}) == 1);
  CHECK(anisotropy({1, 0, 0}) == 1000);
  CHECK(metric_ellipse({0, 0, 0}, 1, 10).along == 10);
}

TEST_CASE("metric field: slices fill it from the middle outwards, and values are interpolated between cell centres") {
  const Model model = linear_model();
  MetricField field = empty_metric_field(square_grid({0, 0}, 2, 9));
  MetricScratch scratch;
  fill_metric_field(field, model, PictureSpace::pixels, first_axes_plane(2), 1, scratch);
  CHECK(field.cells[40].xx > 0);
  CHECK(field.cells[0].xx == 0);
  while (!field.complete()) fill_metric_field(field, model, PictureSpace::pixels, first_axes_plane(2), 10, scratch);
  for (std::size_t i = 0; i < 81; i += 20)
    CHECK(sample_metric(field, field.grid.center(i)).xy == doctest::Approx(field.cells[i].xy));
  const Point between = (field.grid.center(std::size_t{3}) + field.grid.center(std::size_t{13})) * 0.5f;
  CHECK(sample_metric(field, between).xx ==
        doctest::Approx((field.cells[3].xx + field.cells[4].xx + field.cells[12].xx + field.cells[13].xx) / 4));
}

TEST_CASE("latent plane: axes, principal directions, projection") {
  // Codes with standard deviations 3, 1, 2 along the axes.
  Matrix codes = random_matrix(4000, 3, 3);
  codes.col(0) *= 3, codes.col(2) *= 2;
  codes.rowwise() += RowVector::Constant(3, 5);
  const LatentPlane plane = principal_plane(codes);
  CHECK(std::abs(plane.axes(0, 0)) > 0.99f);
  CHECK(std::abs(plane.axes(1, 2)) > 0.99f);
  CHECK(plane.origin[1] == doctest::Approx(5).epsilon(0.02));
  const PrincipalDirections all = principal_directions(codes);
  CHECK((all.directions * all.directions.transpose()).isIdentity(1e-5f));
  for (std::size_t k = 0; k < 3; ++k) {
    const RowVector along = (codes * all.directions.row(static_cast<Index>(k)).transpose()).transpose();
    CHECK(all.variance[k] == doctest::Approx((along.array() - along.mean()).square().mean()).epsilon(1e-4));
  }
  CHECK(all.variance[0] == doctest::Approx(9).epsilon(0.05));
  CHECK(all.variance[2] == doctest::Approx(1).epsilon(0.05));
  CHECK(variance_in_plane(plane, codes) == doctest::Approx(13.0 / 14).epsilon(0.02));
  CHECK(plane.axes.row(0).dot(plane.axes.row(1)) == doctest::Approx(0).epsilon(1e-5));
  const std::vector<Point> points{{1, -2}};
  const Point back = on_plane(plane, codes_at(plane, points).data());
  CHECK(back.x == doctest::Approx(1).epsilon(1e-4));
  CHECK(back.y == doctest::Approx(-2).epsilon(1e-4));
  const LatentPlane axes = axes_plane(RowVector::Constant(3, 0.5f), 2, 0);
  const RowVector z = codes_at(axes, points).row(0);
  CHECK(z[2] == 1.5f);
  CHECK(z[1] == 0.5f);
  CHECK(z[0] == -1.5f);
  CHECK(message_of([] { axes_plane(RowVector::Zero(3), 1, 1); }) ==
        "latent plane: axes 2 and 2, expected two different ones of 1 to 3");
  CHECK_FALSE(message_of([] { axes_plane(RowVector::Zero(3), 0, 3); }).empty());
  CHECK_FALSE(message_of([] { principal_plane(Matrix(0, 3)); }).empty());
  const LatentPlane line = principal_plane(random_matrix(50, 1, 4) * RowVector::Constant(3, 1));  // rank one
  CHECK(line.axes.row(1).norm() == doctest::Approx(1));
  CHECK(first_axes_plane(1).axes.row(1).norm() == 0);
}

TEST_CASE(
    "principal directions: equal those of Eigen's solver, in any number of dimensions and for codes that span few") {
  for (const Index dimensions : {1, 2, 7, 40}) {
    CAPTURE(dimensions);
    Matrix codes = random_matrix(300, dimensions, 5) * random_matrix(dimensions, dimensions, 6);
    if (dimensions == 7) codes.col(3) = codes.col(1);
    const PrincipalDirections found = principal_directions(codes);
    const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> centered =
        (codes.rowwise() - found.mean).cast<double>();
    const Eigen::SelfAdjointEigenSolver<Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic>> solver(
        centered.transpose() * centered / 300);
    CHECK((found.directions * found.directions.transpose()).isIdentity(1e-5f));
    for (Index k = 0; k < dimensions; ++k) {
      const Index same = dimensions - 1 - k;
      CHECK(found.variance[static_cast<std::size_t>(k)] ==
            doctest::Approx(solver.eigenvalues()(same)).epsilon(1e-6).scale(solver.eigenvalues()(dimensions - 1)));
      if (solver.eigenvalues()(same) < 1e-6) continue;
      CHECK(std::abs(found.directions.row(k).cast<double>().dot(solver.eigenvectors().col(same))) ==
            doctest::Approx(1).epsilon(1e-4));
    }
  }
  CHECK(principal_directions(Matrix::Constant(5, 3, 2)).variance == std::vector<double>{0, 0, 0});
}

TEST_CASE("latent plane: the set's marginal has the standard deviations along the plane") {
  EncodedSet set;
  set.mu = random_matrix(2, 3, 1);
  set.logvar = Matrix::Constant(2, 3, std::log(0.04f));
  set.logvar(1, 2) = std::log(0.25f);
  const PlaneSet seen = plane_set(axes_plane(RowVector::Zero(3), 0, 2), set);
  CHECK(seen.mu[1].y == set.mu(1, 2));
  CHECK(seen.sigma[0].x == doctest::Approx(0.2));
  CHECK(seen.sigma[1].y == doctest::Approx(0.5));
  set.logvar.resize(0, 0);
  CHECK(plane_set(first_axes_plane(3), set).sigma.empty());
}

TEST_CASE("paths: straight and spherical ones against closed forms, with exact ends") {
  RowVector a(3), b(3);
  a << 2, 0, 0;
  b << 0, 4, 0;
  const Matrix line = straight_path(a, b, 5), arc = spherical_path(a, b, 5);
  CHECK(line(2, 0) == 1);
  CHECK(line(2, 1) == 2);
  CHECK(arc.row(2).norm() == doctest::Approx(3));
  CHECK(arc(2, 0) == doctest::Approx(3 * std::sqrt(0.5)));
  CHECK(arc.row(0) == a);
  CHECK(arc.row(4) == b);
  for (const RowVector& end : {RowVector(-2 * a), RowVector(3 * a), RowVector(RowVector::Zero(3))})
    CHECK(spherical_path(a, end, 7).isApprox(straight_path(a, end, 7)));
}

TEST_CASE("paths: even_path spaces by the given lengths") {
  Matrix path(3, 1);
  path << 0, 1, 2;
  const Matrix even = even_path(path, {3, 1}, 5);  // the first piece is three times as long
  CHECK(even(1, 0) == doctest::Approx(1.0 / 3));
  CHECK(even(3, 0) == doctest::Approx(1));
  CHECK(even(4, 0) == 2);
  CHECK(even_path(path, {0, 0}, 3)(1, 0) == 1);
  CHECK(cumulative({1, 2}) == std::vector<double>{0, 1, 3});
}

MetricField field_of(const LatentGrid& grid, auto metric) {
  MetricField field = empty_metric_field(grid);
  for (std::size_t i = 0; i < grid.size(); ++i) field.cells[i] = metric(grid.center(i));
  field.filled = field.order.size();
  return field;
}

Geodesic solve(const MetricField& field, Point a, Point b, std::size_t work) {
  Geodesic g = begin_geodesic(field, a, b, 65);
  while (!advance_geodesic(g, field, work)) {
  }
  return g;
}

TEST_CASE("geodesic: straight if the metric is constant, and independent of how the work is sliced") {
  const MetricField flat = field_of(square_grid({0, 0}, 3, 60), [](Point) { return Metric{4, 1, 1}; });
  const Point a{-2, -1.3f}, b{2.1f, 0.4f};
  const Geodesic g = solve(flat, a, b, 50);
  CHECK(g.path.size() == 65);
  CHECK(g.path.front() == a);
  CHECK(g.path.back() == b);
  CHECK(g.length == doctest::Approx(std::sqrt(square_length({4, 1, 1}, b - a))).epsilon(1e-4));
  for (std::size_t i = 0; i < g.path.size(); ++i)
    CHECK(length(g.path[i] - (a + (b - a) * (static_cast<float>(i) / 64))) < 0.02f);
  CHECK(solve(flat, a, b, 100000).path == g.path);
}

TEST_CASE("geodesic: arc and length in the hyperbolic half-plane") {
  // G = I / y^2: geodesics are circles around the axis y = 0, |ab| = arcosh(1 + |a - b|^2 / (2 ya yb)).
  const MetricField half_plane =
      field_of({{-2.2f, 0.2f}, 0.025f, 176, 160}, [](Point z) { return Metric{1, 0, 1} * (1 / (z.y * z.y)); });
  const Point a{-1.5f, 1}, b{1.5f, 1};
  const Geodesic g = solve(half_plane, a, b, 2000);
  CHECK(g.length == doctest::Approx(std::acosh(1 + 9.0 / 2)).epsilon(2e-3));
  CHECK(g.straight_length == doctest::Approx(3).epsilon(1e-3));
  for (const Point p : g.path) CHECK(length(p) == doctest::Approx(std::sqrt(1.5 * 1.5 + 1)).epsilon(0.01));
  double longest = 0, shortest = 1e9;  // even steps
  for (std::size_t i = 1; i < g.path.size(); ++i) {
    const double step = metric_length(half_plane, std::span(g.path).subspan(i - 1, 2));
    longest = std::max(longest, step), shortest = std::min(shortest, step);
  }
  CHECK(longest < 1.05 * shortest);
}

TEST_CASE("geodesic: goes around a costly hill that the straight line climbs") {
  const MetricField hill = field_of(square_grid({0, 0}, 3, 120), [](Point z) {
    return Metric{1, 0, 1} * (1 + 60 * std::exp(-4 * length(z) * length(z)));
  });
  const Geodesic g = solve(hill, {-2, 0}, {2, 0}, 5000);
  CHECK(g.length < 0.7 * g.straight_length);
  float highest = 0;
  for (const Point p : g.path) highest = std::max(highest, std::abs(p.y));
  CHECK(highest > 0.6f);
  CHECK(solve(hill, {1, 1}, {1, 1}, 5000).length == 0);
}

TEST_CASE("geodesic: the metric of the data avoids empty regions") {
  const LatentGrid grid = square_grid({0, 0}, 3, 60);
  const MetricField flat = field_of(grid, [](Point) { return Metric{1, 0, 1}; });
  std::vector<float> ring(grid.size());  // data on a ring of radius 2
  for (std::size_t i = 0; i < ring.size(); ++i) ring[i] = std::exp(-8 * std::pow(length(grid.center(i)) - 2, 2.0f));
  const Geodesic g = solve(near_data_metric(flat, ring, 0.05), {-2, 0.1f}, {2, 0.1f}, 5000);
  for (const Point p : g.path) CHECK(length(p) > 1.5f);
  CHECK_FALSE(message_of([&] { near_data_metric(flat, std::vector<float>(9), 0.1); }).empty());
}

TEST_CASE("picture change: steps, smoothness and round trip equal those of single decodes") {
  const Model model = linear_model(4);
  ChangeScratch s;
  const Matrix path = straight_path(random_matrix(1, 4, 1), random_matrix(1, 4, 2), 300);
  const std::vector<double> steps = picture_steps(model, path, s);
  REQUIRE(steps.size() == 299);
  Workspace workspace;
  Matrix a, b;
  for (const Index i : {0, 127, 128, 298}) {
    decode(model, path.row(i), workspace, a), decode(model, path.row(i + 1), workspace, b);
    CHECK(steps[static_cast<std::size_t>(i)] == doctest::Approx((a - b).norm() / std::sqrt(30.0)).epsilon(1e-3));
  }
  Smoothness whole = map_smoothness(model, 1, 0, 200, s), parts = map_smoothness(model, 1, 0, 77, s);
  parts.add(map_smoothness(model, 1, 77, 200, s));
  CHECK(parts.mean() == doctest::Approx(whole.mean()));
  CHECK(parts.worst == whole.worst);
  CHECK(whole.worst > whole.mean());
  // For a linear decoder the change is bounded by 0.01 |W| / 4 / sqrt(P).
  CHECK(whole.worst <
        0.01 * static_cast<double>(std::get<Linear>(model.decoder[0]).weight.norm()) / 4 / std::sqrt(30.0));
  const Matrix z = prior_draws(4, 3, 5, 9);
  CHECK(z.row(2) == prior_draws(4, 3, 7, 8).row(0));
  Posterior q;
  decode(model, z, workspace, a);
  encode(model, a, workspace, q);
  CHECK(round_trip(model, z, s).isApprox(q.mu - z));
  CHECK(quantile({5, 1, 3}, 0.5) == 3);
  CHECK(quantile({5, 1, 3}, 1) == 5);
  CHECK(quantile({}, 0.5) == 0);
}

}  // namespace
}  // namespace loom
