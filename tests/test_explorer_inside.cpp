// What the layers of a model make of a point or an image, and the overlay of a unit.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "explorer/model/inside.h"
#include "explorer/overlays/unit_field.h"
#include "inside_models.h"
#include "nn/gaussian.h"

namespace loom {
namespace {

LoadedModel model_of(const char* architecture, bool variational = true, Index latent = 2) {
  return make_loaded_model(file_of(architecture, variational, latent), "small");
}

// The codes that usual values are measured over.
Matrix samples_of(const LoadedModel& model) {
  Matrix codes(64, model.latent_dim());
  for (Index k = 0; k < 64; ++k)
    codes.row(k) = model.file.test.mu.row(static_cast<Index>(model.draw_order[static_cast<std::size_t>(k)]));
  return codes;
}

TEST_CASE("inside: the decoder's image and the encoder's posterior equal those of decode and encode") {
  for (const char* architecture : {"dense", "conv", "linear"})
    for (const bool variational : {true, false}) {
      const LoadedModel loaded = model_of(architecture, variational, 3);
      const Model& model = loaded.file.model;
      Inside inside;
      Workspace workspace;
      const Matrix z = random_matrix(1, 3, 1), x = random_pixels(1, 120, 2);
      Matrix picture;
      inside.show(loaded, Network::decoder, z);
      decode(model, z, workspace, picture);
      CHECK(inside.image() == picture);
      CHECK(inside.stages().size() == model.decoder.size() + 1);
      CHECK(inside.maps(0) == z.transpose());
      inside.show(loaded, Network::encoder, x);
      Posterior expected;
      encode(model, x, workspace, expected);
      CHECK(inside.posterior().mu == expected.mu);
      CHECK(inside.posterior().logvar == expected.logvar);
      CHECK(inside.maps(0) == x);
      const std::uint64_t serial = inside.serial();
      inside.show(loaded, Network::encoder, x);
      CHECK(inside.serial() == serial);
      inside.show(loaded, Network::encoder, x * 0.5f);
      CHECK(inside.serial() > serial);
    }
}

TEST_CASE("inside: how units are shown") {
  const auto looks = [](const char* architecture, Network network) {
    const LoadedModel loaded = model_of(architecture);
    Inside inside;
    inside.show(loaded, network, network == Network::decoder ? random_matrix(1, 2, 1) : random_pixels(1, 120, 2));
    std::string out;
    for (const InsideStage& stage : inside.stages()) out += "nmwp"[static_cast<std::size_t>(stage.look)];
    return out;
  };
  CHECK(looks("dense", Network::decoder) == "nnwp");
  CHECK(looks("dense", Network::encoder) == "pwwn");
  CHECK(looks("linear", Network::decoder) == "wp");
  CHECK(looks("linear", Network::encoder) == "pw");
  CHECK(looks("conv", Network::decoder) == "nnnnnmmmp");
  CHECK(looks("conv", Network::encoder) == "pmmmmnnnn");
}

TEST_CASE("inside: the images of the units that feed the pixels sum to the decoder's output without its bias") {
  const LoadedModel loaded = model_of("dense");
  Inside inside;
  inside.show(loaded, Network::decoder, random_matrix(1, 2, 1));
  RowVector sum = std::get<Linear>(loaded.file.model.decoder.back()).bias;
  for (Index u = 0; u < 17; ++u) sum += inside.weighted(2, u);
  CHECK((sum.transpose() - inside.maps(3)).cwiseAbs().maxCoeff() < 1e-5f);
  const Matrix x = random_pixels(1, 120, 2);
  inside.show(loaded, Network::encoder, x);
  const Linear& first = std::get<Linear>(loaded.file.model.encoder.front());
  for (Index u = 0; u < 17; ++u) {
    const Scalar before = first.weight.row(u).dot(x.row(0)) + first.bias[u];
    CHECK(inside.activation(1, u) == doctest::Approx(before).epsilon(1e-4));
    CHECK((inside.weighted(1, u) - first.weight.row(u) * inside.maps(1)(u, 0)).isZero());
  }
}

TEST_CASE("inside: ranges and order of the units equal those computed one by one") {
  for (const char* architecture : {"dense", "conv"})
    for (const Network network : {Network::decoder, Network::encoder}) {
      const LoadedModel loaded = model_of(architecture);
      const Model& model = loaded.file.model;
      Inside inside;
      inside.show(loaded, network, network == Network::decoder ? random_matrix(1, 2, 1) : random_pixels(1, 120, 2));
      CHECK(inside.stages()[1].low.empty());
      int slices = 1;
      while (inside.measure(Deadline(0))) ++slices;
      CHECK(slices == 16);
      Workspace workspace;
      Matrix x = samples_of(loaded);
      if (network == Network::encoder) decode(model, samples_of(loaded), workspace, x);
      forward(layers_of(model, network), x, workspace);
      for (std::size_t s = 1; s < inside.stages().size(); ++s) {
        CAPTURE(s);
        const InsideStage& stage = inside.stages()[s];
        const Matrix& rows = workspace.outputs[s - 1];
        std::vector<float> change;
        for (Index u = 0; u < stage.units(); ++u) {
          RowVector values(rows.rows());
          for (Index n = 0; n < rows.rows(); ++n) values[n] = unit_activation(rows.row(n).data(), stage.shape, u);
          const auto at = static_cast<std::size_t>(u);
          CHECK(stage.low[at] == doctest::Approx(values.minCoeff()).epsilon(1e-4));
          CHECK(stage.high[at] == doctest::Approx(values.maxCoeff()).epsilon(1e-4));
          float variance = 0;
          for (Index p = 0; p < stage.shape.height * stage.shape.width; ++p) {
            const Matrix column = rows.col(p * stage.units() + u);
            variance += (column.array() - column.mean()).square().mean();
          }
          if (stage.pixels)
            variance *= network == Network::encoder ? stage.pixels->weight.row(u).squaredNorm()
                                                    : stage.pixels->weight.col(u).squaredNorm();
          change.push_back(variance);
        }
        std::vector<Index> sorted = stage.order;
        std::ranges::sort(sorted);
        for (std::size_t i = 0; i < sorted.size(); ++i) CHECK(sorted[i] == static_cast<Index>(i));
        if (s < layers_of(model, network).size() && std::holds_alternative<Activation>(layers_of(model, network)[s])) {
          CHECK(stage.order == inside.stages()[s + 1].order);
          continue;
        }
        for (std::size_t i = 1; i < stage.order.size(); ++i)
          CHECK(change[static_cast<std::size_t>(stage.order[i - 1])] >=
                change[static_cast<std::size_t>(stage.order[i])] * 0.999f - 1e-6f);
      }
    }
}

TEST_CASE("inside: figures of the previous model are kept until those of the next are ready") {
  const LoadedModel a = model_of("dense"), b = model_of("dense"), other = model_of("conv");
  Inside inside;
  const Matrix z = random_matrix(1, 2, 1);
  inside.show(a, Network::decoder, z);
  while (inside.measure(Deadline(1))) {
  }
  const std::vector<float> low = inside.stages()[1].low;
  inside.show(b, Network::decoder, z);
  CHECK(inside.stages()[1].low == low);
  CHECK(inside.stages()[2].pixels == &std::get<Linear>(b.file.model.decoder.back()));
  inside.show(other, Network::decoder, z);
  CHECK(inside.stages()[1].low.empty());
}

TEST_CASE("drawn_code: z = mu + sigma epsilon, the same for the same seed, normal over many") {
  const Posterior posterior{random_matrix(1, 3, 1), random_matrix(1, 3, 2)};
  const DrawnCode one = drawn_code(posterior, 4), same = drawn_code(posterior, 4), other = drawn_code(posterior, 5);
  CHECK(one.z == same.z);
  CHECK(one.z != other.z);
  Matrix expected;
  reparameterize(posterior.mu, posterior.logvar, one.epsilon, expected);
  CHECK(one.z == expected);
  for (Index d = 0; d < 3; ++d) {
    CHECK(one.sigma(0, d) == doctest::Approx(std::exp(posterior.logvar(0, d) / 2)));
    CHECK(one.z(0, d) == doctest::Approx(posterior.mu(0, d) + one.sigma(0, d) * one.epsilon(0, d)));
  }
  double sum = 0, squares = 0;
  for (std::uint32_t seed = 0; seed < 4000; ++seed) {
    const double value = static_cast<double>(drawn_code(posterior, seed).epsilon(0, 0));
    sum += value, squares += value * value;
  }
  CHECK(std::fabs(sum / 4000) < 0.06);
  CHECK(squares / 4000 == doctest::Approx(1).epsilon(0.08));
}

TEST_CASE("unit choice: a unit that the model lacks becomes the nearest one that it has") {
  const Model model = file_of("conv").model;
  CHECK(bounded({Network::decoder, 99, 99}, model) ==
        UnitChoice{Network::decoder, static_cast<std::int32_t>(model.decoder.size()) - 1, 0});
  CHECK(bounded({Network::encoder, 0, 99}, model) == UnitChoice{Network::encoder, 0, 3});
  CHECK(bounded({Network::encoder, -5, -5}, model) == UnitChoice{Network::encoder, 0, 0});
  CHECK(bounded({Network::decoder, 1, 16}, model) == UnitChoice{Network::decoder, 1, 16});
}

TEST_CASE("unit field: every cell has the network's value there, coarse cells first") {
  for (const char* architecture : {"dense", "conv"})
    for (const UnitChoice choice :
         {UnitChoice{Network::decoder, 0, 3}, UnitChoice{Network::decoder, 6, 2}, UnitChoice{Network::encoder, 1, 1}}) {
      const LoadedModel loaded = model_of(architecture, true, 3);
      const UnitChoice unit = bounded(choice, loaded.file.model);
      const Sequential& net = layers_of(loaded.file.model, unit.network);
      UnitField field;
      const View view{{0.2f, -0.1f}, 2};
      const Rect plane{0, 0, 300, 200};
      CHECK(field.choose(loaded, unit));
      CHECK_FALSE(field.choose(loaded, unit));
      CHECK(field.empty());
      int slices = 1;
      while (field.work(loaded, view, plane, Deadline(0))) {
        if (++slices != 4) continue;
        const LatentGrid& grid = field.grid();  // the middle is known, the corner is not
        CHECK(field.value(cell_at(grid, view.center)));
      }
      CHECK(slices > 20);
      const LatentGrid& grid = field.grid();
      CHECK(grid.columns > 20);
      Workspace workspace;
      std::vector<LayerOutput> outputs;
      float low = 1e9f, high = -1e9f;
      for (std::size_t i = 0; i < grid.size(); i += 7) {
        Matrix x = loaded.plane.code(grid.center(i));
        if (unit.network == Network::encoder) {
          Matrix image;
          decode(loaded.file.model, x, workspace, image);
          x = image;
        }
        layer_outputs(net, unit.network == Network::encoder ? loaded.file.model.spec.image : ImageShape{3, 1, 1}, x,
                      workspace, outputs);
        const float expected = outputs[static_cast<std::size_t>(unit.layer)].maps.row(unit.unit).mean();
        REQUIRE(field.value(i));
        CHECK(*field.value(i) == doctest::Approx(expected).epsilon(1e-4));
        low = std::min(low, expected), high = std::max(high, expected);
      }
      CHECK(field.low() <= low + 1e-5f);
      CHECK(field.high() >= high - 1e-5f);
      // A small move of the view keeps what is known.
      int more = 1;
      while (field.work(loaded, {{0.3f, -0.1f}, 2}, plane, Deadline(0))) ++more;
      CHECK(more < slices / 3);
      CHECK(field.choose(loaded, bounded({unit.network, unit.layer, unit.unit + 1}, loaded.file.model)));
    }
}

}  // namespace
}  // namespace loom
