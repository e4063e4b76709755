// Large models: millions of weights, a thousand latent dimensions.
#include <doctest/doctest.h>

#include "analysis/bound/latent_units.h"
#include "analysis/plane/latent_plane.h"
#include "analysis/plane/principal.h"
#include "message_of.h"
#include "model/checkpoint.h"
#include "random_matrix.h"
#include "train/train_state.h"
#include "train_examples.h"
#include "weights/tensor.h"

using namespace loom;
using namespace loom::test;

// The state of such a run is larger than any weight file may be: weights, two moments and the average, all in f32.
TEST_CASE("train: a model of more than 4.2 million weights is trained, saved, resumed and shipped") {
  const Dataset data = blobs(24);
  Recipe recipe;
  recipe.name = "large";
  recipe.architecture = "dense";
  recipe.options.hidden = {1500, 1400};
  recipe.training = small_config();
  recipe.training.validation_images = 4;
  recipe.training.epochs = 2;
  recipe.training.chunk_size = 20;
  ThreadPool pool(2);
  const TrainConfig& config = recipe.training;
  Trainer whole(data, config, make_train_state(build_recipe(recipe, data), config), pool);
  REQUIRE(parameter_count(whole.state().model) > 4'300'000);
  whole.step();
  const std::vector<std::byte> state = save_run({recipe, data.images_sha256, whole.state()});
  CHECK(state.size() > kMaxWeightFileBytes);
  whole.step();
  REQUIRE(whole.finished());

  SavedRun run = load_run(state, "state");
  Trainer resumed(data, config, std::move(run.state), pool);
  resumed.step();
  const std::vector<std::byte> shipped = save_model({resumed.shipped_model(), {}}, Precision::f16);
  CHECK(shipped == save_model({whole.shipped_model(), {}}, Precision::f16));
  CHECK(shipped.size() < 10'000'000);
  const ModelFile file = load_model(shipped, "large");
  CHECK(parameter_count(file.model) == parameter_count(whole.state().model));
}

TEST_CASE("train: a model that no weight file could hold is refused before it is trained") {
  const auto message = [](std::vector<Index> hidden, Precision precision, Index encoded) {
    const Dataset data = blobs(4);
    ModelSpec spec;
    spec.image = data.shape;
    const Model model = build_model(spec, "dense", {.hidden = std::move(hidden)}, 0);
    return message_of([&] { check_saveable(model, precision, encoded, "m"); });
  };
  CHECK(message({100}, Precision::f16, 10000) == "no error");
  CHECK(message({2900, 2900}, Precision::f16, 0) == "no error");  // 17.5 million weights
  CHECK(message({2900, 2900}, Precision::f32, 0).starts_with("m: a weight file would have 70"));
  CHECK(message({2900, 2900}, Precision::f16, 8'000'000).find("expected at most 67108864") != std::string::npos);
  CHECK(message({60, 65536}, Precision::f16, 0) == "no error");
}

TEST_CASE("wide latent space: 1024 dimensions are built, saved, encoded, decoded and analysed") {
  constexpr Index kDim = kMaxLatentDim;
  const Dataset data = blobs(40);
  ModelSpec spec;
  spec.image = data.shape;
  spec.latent_dim = kDim;
  ModelFile file{build_model(spec, "dense", {.hidden = {8}}, 1), {}};
  ThreadPool pool(2);
  file.test = encode_dataset(file.model, data, pool);
  REQUIRE(file.test.mu.cols() == kDim);
  const std::vector<std::byte> bytes = save_model(file, Precision::f16);
  const ModelFile back = load_model(bytes, "wide");
  CHECK(back.model.spec.latent_dim == kDim);
  CHECK(load_decoder(bytes, "wide")->first_code.size() == kDim);

  // Axes beyond a byte: the last coordinate moves, and only it.
  const LatentPlane plane = axes_plane(RowVector::Zero(kDim), kDim - 1, 257);
  const Point there[] = {{2, -3}};
  const Matrix code = codes_at(plane, there);
  CHECK(code(0, kDim - 1) == 2);
  CHECK(code(0, 257) == -3);
  CHECK(code.cwiseAbs().sum() == 5);
  CHECK(on_plane(plane, code.data()).x == 2);

  Workspace workspace;
  Matrix picture;
  decode(back.model, code, workspace, picture);
  CHECK(picture.allFinite());
  CHECK(evaluate_model(back.model, data, 0, pool).kl_per_dimension.size() == static_cast<std::size_t>(kDim));
  const UnitFigures figures = unit_figures(back.test);
  CHECK(figures.variance.size() == static_cast<std::size_t>(kDim));
  CHECK(collapse_warning(figures).size() < 2000);  // not a line for each of them
  CHECK(collapse_warning(figures).ends_with(" more)"));
  CHECK(is_replay_frame(0, 50, kDim));
  CHECK(message_of([&] {
          spec.latent_dim = kDim + 1;
          build_model(spec, "dense", {.hidden = {8}}, 1);
        }) == "latent_dim is 1025, expected 1 to 1024");
}

TEST_CASE("wide latent space: the leading directions are found without all the others") {
  // Codes of 1024 dimensions that vary most along three planted directions.
  constexpr Index kDim = 1024, kCodes = 400;
  Matrix planted = random_matrix(3, kDim, 1);
  for (Index k = 0; k < 3; ++k) {
    for (Index j = 0; j < k; ++j) planted.row(k) -= planted.row(k).dot(planted.row(j)) * planted.row(j);
    planted.row(k).normalize();
  }
  Matrix along = random_matrix(kCodes, 3, 2), codes = random_matrix(kCodes, kDim, 3) * Scalar(0.02);
  along.col(0) *= 9, along.col(1) *= 5, along.col(2) *= 2;
  codes += along * planted;
  codes.rowwise() += RowVector::Constant(kDim, 4);
  const PrincipalDirections found = leading_directions(codes, 2);
  REQUIRE(found.directions.rows() == 2);
  CHECK((found.directions * found.directions.transpose()).isIdentity(1e-5f));
  CHECK(found.mean[5] == doctest::Approx(codes.col(5).mean()).epsilon(1e-5));
  for (Index k = 0; k < 2; ++k) {
    CHECK(std::abs(found.directions.row(k).dot(planted.row(k))) > 0.99f);
    const RowVector spread = (codes * found.directions.row(k).transpose()).transpose();
    CHECK(found.variance[static_cast<std::size_t>(k)] ==
          doctest::Approx((spread.array() - spread.mean()).square().mean()).epsilon(1e-3));
  }
  const LatentPlane plane = principal_plane(codes);
  CHECK(plane.axes == found.directions);
  CHECK(leading_directions(Matrix::Constant(5, 70, 2), 2).variance == std::vector<double>{0, 0});
}

TEST_CASE("wide latent space: in few dimensions the leading directions are the principal ones") {
  const Matrix codes = random_matrix(300, 9, 5) * random_matrix(9, 9, 6);
  const PrincipalDirections all = principal_directions(codes), leading = leading_directions(codes, 3);
  for (Index k = 0; k < 3; ++k) {
    CHECK(leading.variance[static_cast<std::size_t>(k)] ==
          doctest::Approx(all.variance[static_cast<std::size_t>(k)]).epsilon(1e-9));
    CHECK((leading.directions.row(k) - all.directions.row(k)).norm() < 1e-4f);
  }
}
