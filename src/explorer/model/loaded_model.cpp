#include "explorer/model/loaded_model.h"

#include <cmath>

#include "analysis/density/prior.h"
#include "core/error.h"
#include "core/rng.h"
#include "core/text.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

constexpr std::uint64_t kDrawSeed = 7;        // arbitrary, but fixed: the same picture every time
constexpr double kHomeShare = 0.998;          // of the points are inside the home view, along each axis
constexpr double kHomePrior = 0.99;           // share of the prior in the circle that is inside the home view
constexpr float kHomeMargin = 1.06f;
constexpr float kCellsAcross = 100;           // of the index for hovering, over the home view

// The value below which `share` of the values lie.
float quantile(std::vector<float> values, double share) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

std::vector<float> coordinates(const std::vector<Point>& points, float Point::* axis) {
  std::vector<float> values;
  values.reserve(points.size());
  for (const Point& p : points) values.push_back(p.*axis);
  return values;
}

struct Range {
  float low, high;
};
Range middle_range(const std::vector<Point>& points, float Point::* axis) {
  const std::vector<float> values = coordinates(points, axis);
  return {quantile(values, (1 - kHomeShare) / 2), quantile(values, (1 + kHomeShare) / 2)};
}

// A variational model's view is centred on the origin, the mean of its prior; a plain autoencoder's on its codes.
View home_view(const std::vector<Point>& mu, bool variational) {
  const float prior = static_cast<float>(prior_radius(kHomePrior));
  if (mu.empty()) return {{0, 0}, kHomeMargin * prior};
  const Range x = middle_range(mu, &Point::x), y = middle_range(mu, &Point::y);
  if (variational) {
    const float half = std::max({prior, -x.low, x.high, -y.low, y.high});
    return {{0, 0}, kHomeMargin * half};
  }
  const float half = std::max(x.high - x.low, y.high - y.low) / 2;
  return {{(x.low + x.high) / 2, (y.low + y.high) / 2}, kHomeMargin * std::max(half, 1e-3f)};
}

std::vector<std::string> names_of_classes(std::vector<std::string> names, std::span<const std::uint8_t> labels) {
  std::size_t classes = 0;
  for (const std::uint8_t label : labels) classes = std::max(classes, label + std::size_t{1});
  while (names.size() < classes) names.push_back(texts::unnamed_class(names.size()));
  return names;
}

std::vector<Point> medians_of_classes(const LoadedModel& model) {
  std::vector<std::vector<Point>> members(model.class_names.size());
  for (std::size_t n = 0; n < model.mu.size(); ++n) members[model.file.test.labels[n]].push_back(model.mu[n]);
  std::vector<Point> medians;
  for (const std::vector<Point>& points : members)
    medians.push_back(points.empty() ? Point{std::nanf(""), 0}
                                     : Point{quantile(coordinates(points, &Point::x), 0.5),
                                             quantile(coordinates(points, &Point::y), 0.5)});
  return medians;
}

}  // namespace

namespace {

void project(LoadedModel& model) {
  const EncodedSet& test = model.file.test;
  PlaneSet seen = model.plane.project(test);
  model.mu = std::move(seen.mu);
  model.sigma = std::move(seen.sigma);
  if (model.latent_dim() == 1)
    for (Point& sigma : model.sigma) sigma.y = 1;  // that of the prior: the model has no second axis
  model.home = home_view(model.mu, model.variational() && !model.plane.choice().principal);
  model.index = PointIndex(model.mu, 2 * model.home.half / kCellsAcross);
  model.class_centers = medians_of_classes(model);
  const std::vector<Point> widths = model.sigma.empty() ? std::vector<Point>{scott_width(model.mu)} : model.sigma;
  model.posterior = AggregatePosterior(model.mu, widths, test.labels, model.class_names.size());
  ++model.plane_serial, ++model.projection_serial;
}

}  // namespace

std::string_view needs_codes(const LoadedModel& model) {
  return model.mu.empty() ? texts::kNoEncodedImages : std::string_view();
}

std::string test_image_name(const LoadedModel& model, std::size_t n) {
  const std::string name = texts::found_image(n);
  return model.labelled ? text(name, ", ", model.class_names[model.file.test.labels[n]]) : name;
}

LoadedModel make_loaded_model(ModelFile file, std::string id) {
  LoadedModel model;
  model.id = std::move(id);
  model.file = std::move(file);
  const EncodedSet& test = model.file.test;
  for (const Index n : random_permutation(test.size(), Rng(kDrawSeed, Stream::shuffle)))
    model.draw_order.push_back(static_cast<std::uint32_t>(n));
  model.class_names = names_of_classes(model.file.model.spec.class_names, test.labels);
  model.labelled = !model.file.model.spec.class_names.empty() || model.class_names.size() > 1;
  model.plane = Slice(model.file, {});
  project(model);
  return model;
}

LoadedModel load_for_explorer(std::span<const std::byte> bytes, std::string_view file_name, std::string id) {
  return make_loaded_model(load_model(bytes, file_name), std::move(id));
}

float least_replay_width(const LoadedModel& trained) { return trained.home.half / 64; }

LoadedModel marks_of_frame(const LoadedModel& trained, const Replay& replay, std::size_t frame, std::uint64_t serial) {
  LoadedModel map;
  map.id = text(trained.id, " in training");
  map.file.model.spec = trained.file.model.spec;
  map.file.test.mu = replay.mu[frame];
  map.file.test.labels = replay.labels;
  map.class_names = names_of_classes(trained.class_names, replay.labels);
  map.labelled = trained.labelled;
  map.plane = trained.plane;
  map.home = trained.home;
  map.epoch = replay.epochs[frame];
  map.projection_serial = map.plane_serial = serial;
  map.mu = map.plane.project(map.file.test).mu;
  map.class_centers = medians_of_classes(map);
  Point width = scott_width(map.mu);
  const float least = least_replay_width(trained);
  width = {std::max(width.x, least), std::max(width.y, least)};
  if (map.latent_dim() == 1) width.y = 1;
  map.sigma.assign(map.mu.size(), width);
  map.posterior = AggregatePosterior(map.mu, map.sigma, map.file.test.labels, map.class_names.size());
  return map;
}

View current_view(const ExplorerState& state, const LoadedModel* model) {
  return state.view ? *state.view : model ? model->home : View{};
}

std::int64_t nearest_image(const LoadedModel& model, Point z) {
  constexpr float kFarthest = 6;  // half extents of the home view
  return model.index.nearest(z, kFarthest * model.home.half, [](std::uint32_t) { return true; });
}

std::array<Point, 2> farthest_classes(const LoadedModel& model) {
  constexpr float kBeside = 0.35f;  // of the home view's half side
  std::vector<Point> middles;
  for (const Point& p : model.class_centers)
    if (!std::isnan(p.x)) middles.push_back(p);
  const Point beside{kBeside * model.home.half, 0};
  std::array<Point, 2> out{model.home.center - beside, model.home.center + beside};
  float widest = 0;
  for (const Point& p : middles)
    for (const Point& q : middles)
      if (length(p - q) > widest) widest = length(p - q), out = {p, q};
  return out;
}

std::array<std::uint8_t, 2> most_similar_classes(const LoadedModel& model) {
  const std::vector<Point>& centers = model.class_centers;
  std::array<std::uint8_t, 2> best{0, 0};
  float nearest = std::numeric_limits<float>::infinity();
  for (std::size_t a = 0; a < centers.size() && a < 256; ++a)
    for (std::size_t b = a + 1; b < centers.size() && b < 256; ++b)
      if (const float apart = length(centers[a] - centers[b]); apart < nearest)  // never for a class without images
        nearest = apart, best = {static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(b)};
  return best;
}

void set_plane(LoadedModel& model, const PlaneChoice& choice) {
  if (choice == model.plane.choice()) return;
  Slice plane(model.file, choice);
  const PlaneChoice &was = model.plane.choice(), &is = plane.choice();
  const bool same_directions = was.principal == is.principal && was.axes == is.axes;
  if (was == is) return;
  model.plane = std::move(plane);
  // Coordinates along the other directions shift the plane, but the projection onto it stays the same.
  if (same_directions)
    ++model.plane_serial;
  else
    project(model);
}

}  // namespace loom
