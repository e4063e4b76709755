#include "contains.h"
#include "explorer/model/readout.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "analysis/density/prior.h"
#include "explorer/state/number_text.h"
#include "explorer_models.h"

namespace loom {
namespace {

TEST_CASE("PointDecoder: decodes the point of the plane, all other coordinates zero") {
  const LoadedModel model = explorer_model(true, 4);
  PointDecoder decoder;
  decoder.decode_at(model, {0.5f, -0.25f});
  Matrix z = Matrix::Zero(1, 4), expected;
  z(0, 0) = 0.5f, z(0, 1) = -0.25f;
  Workspace workspace;
  decode(model.file.model, z, workspace, expected);
  CHECK(decoder.picture().pixels == expected);
  const std::uint64_t serial = decoder.picture().serial;
  decoder.decode_at(model, {0.5f, -0.25f});
  CHECK(decoder.picture().serial == serial);
  decoder.decode_at(model, {0.5f, -0.2f});
  CHECK(decoder.picture().serial == serial + 1);
}

TEST_CASE("PointDecoder: an encoded image is decoded from all its dimensions") {
  const LoadedModel model = explorer_model(true, 4);
  PointDecoder decoder;
  decoder.decode_encoded(model, 11);
  Matrix expected;
  Workspace workspace;
  decode(model.file.model, model.file.test.mu.row(11), workspace, expected);
  CHECK(decoder.encoded_picture().pixels == expected);
  decoder.decode_encoded(model, -1);
  CHECK(decoder.encoded_picture().pixels == expected);
}

TEST_CASE("PointDecoder: one latent axis, and a file without images") {
  ModelFile file = explorer_file(true, 1, 0);
  file.test = {};
  const LoadedModel model = make_loaded_model(std::move(file), "bare");
  PointDecoder decoder;
  decoder.decode_at(model, {0.5f, 3});
  CHECK(decoder.picture().pixels.allFinite());
  CHECK(decoder.neighbourhood().shown == 0);
  CHECK(contains(looks_like_text(model, decoder.neighbourhood()), "no encoded images"));
}

TEST_CASE("neighbourhood: shares of the classes near z, largest first") {
  const LoadedModel model = explorer_model();
  std::vector<double> by_class;
  const Neighbourhood near = neighbourhood(model, {-1.5f, 0}, by_class);
  REQUIRE(near.shown > 0);
  CHECK(near.top[0].class_id == 0);
  CHECK(near.top[0].share > 0.5);
  double sum = 0;
  for (std::size_t i = 0; i < near.shown; ++i) {
    if (i > 0) CHECK(near.top[i].share <= near.top[i - 1].share);
    sum += near.top[i].share;
  }
  CHECK(sum <= 1.0001);
  CHECK(near.density == doctest::Approx(std::accumulate(by_class.begin(), by_class.end(), 0.0)));
  CHECK(near.prior_ratio == doctest::Approx(near.density / prior_density({-1.5f, 0})));
  CHECK(contains(looks_like_text(model, near), "% coat"));
}

TEST_CASE("round_shares: what each would be rounded to adds up to 101 or to 99, and yet 100 is shown") {
  const auto shown = [](std::vector<double> shares) {
    std::vector<ClassShare> all;
    for (const double share : shares) all.push_back({.share = share});
    round_shares(all);
    std::string out;
    for (const ClassShare& each : all) out += share_text(each) + ", ";
    return out;
  };
  CHECK(shown({0.517, 0.427, 0.056}) == "52 %, 43 %, 5 %, ");
  CHECK(shown({0.534, 0.334, 0.132}) == "54 %, 33 %, 13 %, ");
  CHECK(shown({0.994, 0.006}) == "99 %, 1 %, ");
  CHECK(shown({0.995, 0.005}) == "100 %, <1 %, ");
  CHECK(shown({0.5, 0.2}) == "50 %, 20 %, ");
  CHECK(shown({}).empty());
}

TEST_CASE("neighbourhood: the percentages that are shown add up to what they are together") {
  const LoadedModel model = explorer_model();
  std::vector<double> by_class;
  for (float x = -2; x < 2; x += 0.1f)
    for (float y = -2; y < 2; y += 0.1f) {
      const Neighbourhood near = neighbourhood(model, {x, y}, by_class);
      double sum = 0;
      int shown = 0;
      for (std::size_t i = 0; i < near.shown; ++i) {
        sum += 100 * near.top[i].share;
        shown += near.top[i].percent;
        CHECK(std::abs(near.top[i].percent - 100 * near.top[i].share) < 1);
        if (i > 0) CHECK(near.top[i].percent <= near.top[i - 1].percent);
      }
      CHECK(shown == std::lround(sum));
      CHECK(shown <= 100);
    }
}

TEST_CASE("neighbourhood: no class far out, a hole inside the prior") {
  const LoadedModel model = explorer_model();
  std::vector<double> by_class;
  const Neighbourhood far = neighbourhood(model, {40, 40}, by_class);
  CHECK(far.density_level == DensityLevel::empty);
  CHECK(far.shown == 0);
  CHECK(contains(density_text(model, far), "no test images nearby"));
  const Neighbourhood hole = neighbourhood(model, {0, -2.5f}, by_class);
  CHECK(hole.hole);
  CHECK(contains(density_text(model, hole), "a hole: "));
  CHECK(density_text(model, neighbourhood(model, {-1.5f, 0}, by_class))
            .ends_with("× as many images as the prior expects"));
}

TEST_CASE("neighbourhood: a plain autoencoder has no prior to compare with") {
  const LoadedModel model = explorer_model(false);
  std::vector<double> by_class;
  const Neighbourhood near = neighbourhood(model, model.mu[0], by_class);
  CHECK(near.density > 0);
  CHECK_FALSE(near.hole);
  CHECK(contains(density_text(model, near), "typical density"));
}

TEST_CASE("LoadedModel: shuffled order, names for every label, a home view that shows the points") {
  ModelFile file = explorer_file(false);
  file.test.labels[5] = 7;
  const LoadedModel model = make_loaded_model(std::move(file), "x");
  CHECK(model.class_names.size() == 8);
  CHECK(model.class_names[7] == "class 7");
  std::vector<std::uint32_t> order = model.draw_order;
  CHECK_FALSE(std::is_sorted(order.begin(), order.end()));
  std::sort(order.begin(), order.end());
  for (std::size_t i = 0; i < order.size(); ++i) CHECK(order[i] == i);
  int outside = 0;
  for (const Point mu : model.mu)
    outside += std::abs(mu.x - model.home.center.x) > model.home.half ||
               std::abs(mu.y - model.home.center.y) > model.home.half;
  CHECK(outside <= 3);
  const LoadedModel prior = explorer_model(true);
  CHECK(prior.home.center == Point{});
  CHECK(prior.home.half > prior_radius(0.99));
}

TEST_CASE("LoadedModel: the largest numbers that a file may contain") {
  ModelFile file = explorer_file();
  file.test.mu(0, 0) = 3e38f;
  file.test.mu(1, 1) = -3e38f;
  file.test.logvar(2, 0) = 3e38f;
  file.test.logvar(3, 0) = -3e38f;
  const LoadedModel model = make_loaded_model(std::move(file), "wild");
  std::vector<double> by_class;
  CHECK(std::isfinite(neighbourhood(model, {0, 0}, by_class).density));
  CHECK(std::isfinite(model.home.half));
}

TEST_CASE("numbers for display") {
  CHECK(number_text(-0.254, 2) == "\u22120.25");
  CHECK(number_text(-0.001, 2) == "0.00");
  CHECK(pair_text(1, -2, 1) == "(1.0, \u22122.0)");
  CHECK(percent_text(0.704) == "70 %");
  CHECK(percent_text(0.001) == "<1 %");
  CHECK(percent_text(0) == "0 %");
  CHECK(ratio_text(0.034) == "0.03");
  CHECK(ratio_text(0.001) == "<0.01");
  CHECK(ratio_text(1.84) == "1.8");
  CHECK(ratio_text(12.3) == "12");
}

}  // namespace
}  // namespace loom
