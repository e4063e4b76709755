// The figures of a run in the page: its losses, what its map says, and what a screen reader hears of it.
#include <doctest/doctest.h>

#include "analysis/plane/neighbours.h"
#include "contains.h"
#include "core/text.h"
#include "explorer/app/access/speech.h"
#include "explorer/model/training/map_figures.h"
#include "explorer/texts/texts.h"
#include "explorer_training.h"
#include "message_of.h"

namespace loom {
namespace {

TEST_CASE("map figures: accuracy, holes and overlap of groups are those of the analysis") {
  const LoadedModel model = explorer_model();
  const ClassGroups groups = class_groups(model);
  CHECK(groups.names == model.class_names);
  CHECK_FALSE(groups.known);
  const MapMeasures measures = measure_map(model, groups);
  const EncodedSet& set = model.file.test;
  CHECK(measures.accuracy == neighbour_sums(set.mu, set.labels, 3, kVotingNeighbours, 0, set.size()).accuracy());
  CHECK(measures.accuracy > 0.9);
  CHECK(measures.group_sizes == std::vector<std::size_t>{100, 100, 100});
  REQUIRE(measures.holes);
  Fields fields;
  const HoleFields* fine = nullptr;
  while (!fine) fine = fields.holes(model, Deadline(1000));
  CHECK(*measures.holes == doctest::Approx(fine->figures.hole_mass[1]).epsilon(0.05));
  CHECK(measures.overlap(0, 0) == doctest::Approx(1).epsilon(0.01));
  CHECK(measures.overlap(1, 0) < 0.5f);
  CHECK_FALSE(measure_map(explorer_model(false), groups).holes);     // no prior
  CHECK_FALSE(measure_map(explorer_model(true, 5), groups).holes);   // not a plane

  ModelFile fashion = explorer_file();
  fashion.model.spec.class_names.assign(texts::kFashionClasses.begin(), texts::kFashionClasses.end());
  const ClassGroups known = class_groups(make_loaded_model(std::move(fashion), "fashion"));
  CHECK(known.known);
  REQUIRE(known.of_label.size() == 10);
  CHECK(known.names[known.of_label[5]] == "shoes");
  CHECK(known.names[known.of_label[9]] == "shoes");
  CHECK(known.names[known.of_label[6]] == "tops");
  CHECK(known.names[known.of_label[8]] == "bags");
}

TEST_CASE("map figures: two groups separate once, when their overlap falls below the limit") {
  Separation separation;
  MapMeasures measures;
  measures.group_sizes = {50, 20, 30, 0};
  const auto with = [&](float ab, float ac, float bc) {
    measures.overlap = Matrix::Identity(4, 4);  // nothing overlaps the empty group
    measures.overlap(1, 0) = ab, measures.overlap(2, 0) = ac, measures.overlap(2, 1) = bc;
    return separation.take(measures);
  };
  using Pair = std::array<std::size_t, 2>;
  CHECK_FALSE(with(0.9f, 0.8f, 0.05f));           // b and c were never mixed
  CHECK_FALSE(with(0.9f, 0.11f, 0.05f));          // nearly
  CHECK(with(0.05f, 0.09f, 0.05f) == Pair{2, 0});  // the pair with more marks first
  CHECK(with(0.05f, 0.09f, 0.05f) == Pair{1, 0});
  CHECK_FALSE(with(0.05f, 0.09f, 0.05f));
  CHECK_FALSE(with(0.5f, 0.5f, 0.5f));
  CHECK(with(0.5f, 0.05f, 0.05f) == Pair{2, 1});  // a and c are not told again
}

TEST_CASE("training: the map is measured once after each epoch") {
  auto explorer = page_that_trains();
  receive_trained_model(*explorer, trained_bytes(0));
  receive_trained_model(*explorer, trained_bytes(0.1f));
  REQUIRE(explorer->training.map.size() == 1);
  CHECK(explorer->training.map[0].epoch == 0);
  tell_epoch(*explorer, 1, kOneEpoch);
  receive_trained_model(*explorer, trained_bytes(0.2f));
  receive_trained_model(*explorer, trained_bytes(0.3f));
  REQUIRE(explorer->training.map.size() == 2);
  CHECK(explorer->training.map[1].epoch == 1);
  CHECK(explorer->training.map[1].accuracy > 0.9f);
  CHECK(explorer->training.map[1].holes);
  apply(*explorer, Train{TrainAsk::start});
  CHECK(explorer->training.map.empty());
}

TEST_CASE("training: losses by their terms, the KL of each dimension, and the model that ships") {
  auto explorer = page_that_trains();
  tell_epoch(*explorer, 1, kOneEpoch);
  const TrainingRun& run = explorer->training;
  CHECK(run.training.total == std::vector{300.5f});
  CHECK(run.training.reconstruction == std::vector{296.0f});
  CHECK(run.held_out.kl == std::vector{5.25f});
  CHECK(run.held_out.reconstruction == std::vector{305.25f});
  CHECK(run.kl_per_dimension == std::vector{4.0f, 0.5f});

  CHECK(shipped_like_run(*explorer) == nullptr);
  const auto ships = [&](std::size_t entry, std::string_view data, int dim, bool variational) {
    explorer->catalogue[entry].loss = TestLoss{std::string(data), dim, variational, 247.5, 6.5};
  };
  ships(0, "mnist", 2, true), ships(1, "fashion-mnist", 10, true), ships(2, "fashion-mnist", 2, true);
  CHECK(shipped_like_run(*explorer)->id == "c");
  explorer->training.choice.latent_dim = 3;  // none like it: the first of the same data and kind
  CHECK(shipped_like_run(*explorer)->id == "b");
  explorer->training.choice.variational = false;
  CHECK(shipped_like_run(*explorer) == nullptr);
  explorer->training.choice = {.data = TrainData::digits};
  CHECK(shipped_like_run(*explorer)->id == "a");
  explorer->training.choice.leave_out = 8;
  CHECK(shipped_like_run(*explorer) == nullptr);
  explorer->training.choice = {.data = TrainData::own};
  CHECK(shipped_like_run(*explorer) == nullptr);
}

TEST_CASE("catalogue: the loss of a model that ships") {
  const auto read = [](std::string_view loss) {
    return read_catalogue(text("{\"models\": [{\"name\": \"a\", \"file\": \"a\", \"loss\": ", loss, "}]}"),
                          "build.json");
  };
  const std::vector<CatalogueEntry> found = read(
      "{\"dataset\": \"mnist\", \"latent_dim\": 2, \"variational\": true, \"reconstruction\": 134.5, \"kl\": 6.25}");
  REQUIRE(found[0].loss);
  CHECK(found[0].loss->dataset == "mnist");
  CHECK(found[0].loss->total() == 140.75);
  CHECK(contains(message_of([&] { read("{\"dataset\": \"mnist\"}"); }), "latent_dim"));
}

TEST_CASE("training: a screen reader hears one line at each epoch, and nothing in between") {
  auto explorer = page_that_trains();
  receive_trained_model(*explorer, trained_bytes(0));
  advance(*explorer, input_after(0));
  Announcer announcer;
  announcer.announce(*explorer);
  tell_epoch(*explorer, 0, "");
  const std::string began = announcer.announce(*explorer);
  CHECK(began.starts_with("Training runs. "));
  receive_trained_model(*explorer, trained_bytes(0.5f));  // the map changes under z
  advance(*explorer, input_after(0));
  CHECK(announcer.announce(*explorer) == began);
  tell_epoch(*explorer, 1, kOneEpoch);
  CHECK(announcer.announce(*explorer) == began);  // its map has not come yet
  receive_trained_model(*explorer, trained_bytes(0.6f));
  CHECK(announcer.announce(*explorer) == "Epoch 1 of 20, 300.5 nats per image.");
  explorer->training.news = texts::groups_apart("Shoes", "tops");
  tell_epoch(*explorer, 2, kOneEpoch);
  explorer->training.map.push_back({2, 0.5f, std::nullopt});
  CHECK(announcer.announce(*explorer) == "Epoch 2 of 20, 300.5 nats per image. Shoes have separated from tops.");
  apply(*explorer, FlyTo{{0.5f, 0}});
  CHECK(announcer.announce(*explorer).starts_with("z 0.50, 0.00: "));
  // Of epochs of half a second, only every sixth.
  explorer->training.news.clear();
  for (int epoch = 3; epoch < 9; ++epoch) {
    tell_epoch(*explorer, epoch, kOneEpoch, 0.5 * (20 - epoch));
    explorer->training.map.push_back({epoch, 0.5f, std::nullopt});
    CHECK(announcer.announce(*explorer).starts_with("Epoch") == (epoch == 8));
  }
}

TEST_CASE("training: what has separated is told by the names of the classes") {
  auto explorer = page_that_trains();
  const auto model = [](float apart) {  // of the classes along z1
    ModelFile file = explorer_file();
    for (Index n = 0; n < file.test.size(); ++n) file.test.mu(n, 0) += static_cast<Scalar>(n % 3 - 1) * apart;
    return save_model(file, Precision::f32);
  };
  receive_trained_model(*explorer, model(-1.5f));
  tell_epoch(*explorer, 1, kOneEpoch);
  receive_trained_model(*explorer, model(-1.4f));
  CHECK(explorer->training.news.empty());
  tell_epoch(*explorer, 2, kOneEpoch);
  receive_trained_model(*explorer, model(2));
  CHECK(explorer->training.news.starts_with("The marks of "));
  CHECK(contains(explorer->training.news, " have separated from those of "));
}

}  // namespace
}  // namespace loom
