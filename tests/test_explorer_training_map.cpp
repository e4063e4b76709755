// What one sees while a model is trained in the page: marks on their way, overlays that stay in sight, curves, figures
// of the map, the images of the run, its replay, and what a screen reader hears of it.
#include <doctest/doctest.h>

#include "analysis/plane/neighbours.h"
#include "contains.h"
#include "core/text.h"
#include "explorer/app/access/speech.h"
#include "explorer/app/overlay_relay.h"
#include "explorer/app/training.h"
#include "explorer/model/training/map_figures.h"
#include "explorer/texts/texts.h"
#include "explorer/tools/training/train_strip.h"
#include "explorer_entries.h"
#include "explorer_screen.h"
#include "message_of.h"
#include "replay_file.h"

namespace loom {
namespace {

// The model of a run after some more training: all codes are moved by `by`.
std::vector<std::byte> moved_bytes(float by, bool variational = true, Index latent_dim = 2, Index images = 300) {
  ModelFile file = explorer_file(variational, latent_dim, images);
  file.test.mu.array() += by;
  return save_model(file, Precision::f32);
}

std::unique_ptr<Explorer> page_that_trains() {
  auto explorer = three_entries(small_bytes());
  explorer->is_page = explorer->can_train = true;
  edit(*explorer, [](ExplorerState& s) { s.tool = find_tool("train"); });
  apply(*explorer, Train{TrainAsk::start});
  take_requests(*explorer);
  return explorer;
}

Input input_after(float seconds) {
  Input input;
  input.plane = {0, 0, 400, 400};
  input.seconds = seconds;
  return input;
}

void tell_epoch(Explorer& explorer, int epoch, std::string_view losses, double seconds_left = 100) {
  receive_training_status(
      explorer,
      text("{\"phase\": \"running\", \"progress\": {\"epoch\": ", epoch,
           ", \"epochs\": 20, \"training\": null, \"images_per_second\": 100, \"seconds_left\": ", seconds_left,
           "}, \"history\": {\"unit\": \"nats per image\", \"entropy_floor\": 189.5, \"epochs\": [", losses, "]}}"));
}
constexpr std::string_view kOneEpoch =
    "{\"training\": {\"negative_elbo\": 300.5, \"reconstruction\": 296, \"kl\": 4.5}, "
    "\"validation\": {\"negative_elbo\": 310.5, \"reconstruction\": 305.25, \"kl\": 5.25}, "
    "\"active_units\": 2, \"kl_per_dimension\": [4, 0.5]}";

TEST_CASE("moving marks: from place to place, quick at first, with the end of the tail behind") {
  DotMotion motion;
  CHECK_FALSE(motion.moving());
  motion.begin({{0, 0}, {1, 1}}, {{4, 0}, {1, -3}});
  CHECK(motion.places()[0] == Point{0, 0});
  CHECK(motion.advance(DotMotion::kSeconds / 2));
  CHECK(motion.places()[0].x == doctest::Approx(3));  // 1 - (1/2)^2 of the way
  CHECK(motion.places()[1].y == doctest::Approx(-2));
  CHECK(motion.tails()[0].x > 0);
  CHECK(motion.tails()[0].x < 1.5f);
  CHECK(motion.advance(DotMotion::kSeconds / 2));
  CHECK(motion.places()[0].x == doctest::Approx(4));
  CHECK(motion.tails()[0].x < 4);  // the tail is still fading
  CHECK_FALSE(motion.advance(DotMotion::kTail));
  CHECK_FALSE(motion.moving());
  CHECK(motion.places().empty());
}

TEST_CASE("moving marks: an update moves them from where they are drawn, frame by frame") {
  auto explorer = page_that_trains();
  receive_trained_model(*explorer, moved_bytes(0));
  CHECK_FALSE(explorer->motion.moving());  // the first model of a run
  const Point start = explorer->model->mu[5];
  SUBCASE("one update, and another in the middle of it") {
    receive_trained_model(*explorer, moved_bytes(1));
    REQUIRE(explorer->motion.moving());
    CHECK(explorer->motion.places()[5] == start);
    advance(*explorer, input_after(0.35f));
    CHECK(explorer->motion.places()[5].x == doctest::Approx(start.x + 0.75f));
    CHECK(context_of(*explorer, {0, 0, 400, 400}).motion == &explorer->motion);
    receive_trained_model(*explorer, moved_bytes(2));
    CHECK(explorer->motion.places()[5].x == doctest::Approx(start.x + 0.75f));
    Deadline soon(100);
    CHECK(work(*explorer, input_after(0), soon));  // asks for another frame
    advance(*explorer, input_after(5));
    CHECK_FALSE(explorer->motion.moving());
    CHECK(context_of(*explorer, {0, 0, 400, 400}).motion == nullptr);
  }
  SUBCASE("not where the system asks for reduced motion") {
    explorer->reduced_motion = true;
    receive_trained_model(*explorer, moved_bytes(1));
    CHECK_FALSE(explorer->motion.moving());
  }
  SUBCASE("not to another number of marks, nor on another plane or model") {
    receive_trained_model(*explorer, moved_bytes(1, true, 2, 200));
    CHECK_FALSE(explorer->motion.moving());
    receive_trained_model(*explorer, moved_bytes(2, true, 2, 200));
    CHECK(explorer->motion.moving());
    apply(*explorer, ChooseModel{"a"});
    advance(*explorer, input_after(0));
    CHECK_FALSE(explorer->motion.moving());
    receive_trained_model(*explorer, moved_bytes(3, true, 2, 200));
    CHECK_FALSE(explorer->motion.moving());
  }
  SUBCASE("drawn: the frame with tails has more vertices, and ends as a frame without") {
    Screen screen(900, 700);
    const int still = screen.settle(*explorer);
    receive_trained_model(*explorer, moved_bytes(0.8f));
    screen.frame(*explorer);
    CHECK(screen.more);
    int most = 0, frames = 0;
    for (; screen.more && frames < 500; ++frames) most = std::max(most, screen.frame(*explorer));
    CHECK(most > still + 500);
    CHECK(frames > 50);  // a second, at 16 ms each
    CHECK(frames < 100);
  }
}

TEST_CASE("training: the view stays from update to update while the marks fit into it") {
  auto explorer = page_that_trains();
  receive_trained_model(*explorer, moved_bytes(0));
  const View home = explorer->model->home;
  receive_trained_model(*explorer, moved_bytes(0.001f));
  receive_trained_model(*explorer, moved_bytes(-0.05f));
  CHECK(explorer->model->home == home);
  receive_trained_model(*explorer, moved_bytes(30));
  CHECK(explorer->model->home.half > 30);
}

TEST_CASE("training: the overlay of the last model stays in sight until that of the next is complete") {
  auto explorer = page_that_trains();
  const Rect plane{0, 0, 400, 400};
  const auto finish = [&] {
    advance(*explorer, input_after(0));
    explorer->motion.stop();
    for (int i = 0; i < 1000 && work(*explorer, input_after(0), Deadline(100)); ++i) {
    }
  };
  const auto at_ring = [&] {  // "At the ring: 0.123", which differs from model to model
    const OverlayLayer* layer = layer_of(*explorer);
    return layer ? layer->legend(layer_context_of(*explorer, plane)).lines.at(0) : std::string();
  };
  apply(*explorer, ChooseOverlay{"density"});
  receive_trained_model(*explorer, moved_bytes(0));
  finish();
  const std::string first = at_ring();
  CHECK(shown_earlier(*explorer) == nullptr);

  receive_trained_model(*explorer, moved_bytes(0.5f));
  advance(*explorer, input_after(0));
  REQUIRE(shown_earlier(*explorer));
  CHECK(at_ring() == first);
  CHECK(layer_context_of(*explorer, plane).model.mu[0].x != explorer->model->mu[0].x);

  SUBCASE("complete in time") {
    finish();
    CHECK(shown_earlier(*explorer) == nullptr);
    CHECK(at_ring() != first);
  }
  SUBCASE("slower than the updates: the one in work is finished before the newest begins") {
    receive_trained_model(*explorer, moved_bytes(1));
    receive_trained_model(*explorer, moved_bytes(1.5f));
    advance(*explorer, input_after(0));
    CHECK(at_ring() == first);
    REQUIRE(explorer->earlier_in_work);
    CHECK(explorer->earlier_in_work->model->mu[0].x == doctest::Approx(explorer_model().mu[0].x + 0.5f));
    while (explorer->earlier_in_work) work(*explorer, input_after(0), Deadline(100));
    CHECK(at_ring() != first);
    CHECK(shown_earlier(*explorer)->model->mu[0].x == doctest::Approx(explorer_model().mu[0].x + 0.5f));
    finish();
    CHECK(shown_earlier(*explorer) == nullptr);
  }
  SUBCASE("another overlay or another model forgets it") {
    SUBCASE("") { apply(*explorer, ChooseOverlay{"holes"}); }
    SUBCASE("") { apply(*explorer, ChooseModel{"a"}); }
    advance(*explorer, input_after(0));
    CHECK_FALSE(explorer->earlier);
    CHECK_FALSE(explorer->earlier_in_work);
  }
}

TEST_CASE("training: decoded tiles are uploaded again for each model") {
  Screen screen(900, 700);
  auto explorer = page_that_trains();
  apply(*explorer, ChooseOverlay{"tiles"});
  receive_trained_model(*explorer, moved_bytes(0));
  screen.settle(*explorer);
  const int before = screen.textures.uploads;
  receive_trained_model(*explorer, moved_bytes(0));
  screen.settle(*explorer);
  CHECK(screen.textures.uploads >= before + 4);  // blocks of tiles, and the image at z
}

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
  receive_trained_model(*explorer, moved_bytes(0));
  receive_trained_model(*explorer, moved_bytes(0.1f));
  REQUIRE(explorer->training.map.size() == 1);
  CHECK(explorer->training.map[0].epoch == 0);
  tell_epoch(*explorer, 1, kOneEpoch);
  receive_trained_model(*explorer, moved_bytes(0.2f));
  receive_trained_model(*explorer, moved_bytes(0.3f));
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

TEST_CASE("training: the panel's curves, bars and images, on a desktop and a phone") {
  for (const auto& [width, height] : {std::pair(1280.0f, 900.0f), std::pair(390.0f, 844.0f)}) {
    Screen screen(width, height);
    auto explorer = page_that_trains();
    explorer->catalogue[0].loss = TestLoss{"fashion-mnist", 2, true, 247.5, 6.5};
    explorer->catalogue[0].title = "Shipped";
    const auto value_of = [&](std::string_view name) {
      screen.settle(*explorer);
      for (const AccessibleNode& node : screen.ui.nodes.list)
        if (node.words == name) return node.value.empty() ? std::string("there") : node.value;
      return std::string();
    };
    const auto press = [&](std::string_view id) {
      screen.settle(*explorer);
      screen.ui.nodes.press = RemotePress{std::string(id), std::nullopt};
      screen.frame(*explorer), screen.frame(*explorer);
    };
    receive_trained_originals(*explorer, std::vector<std::uint8_t>(300 * 30, 200), 6, 5);
    receive_trained_model(*explorer, moved_bytes(0));
    CHECK(value_of(texts::kFiguresComing) == "there");
    tell_epoch(*explorer, 1, kOneEpoch);
    receive_trained_model(*explorer, moved_bytes(0.1f));
    CHECK(value_of(texts::kOnTraining) == "300.5");
    CHECK(value_of(texts::kOnHeldOut) == "310.5");
    CHECK(value_of("Shipped (dashed)") == "254.0");
    CHECK(value_of(texts::kLeastPossibleDashed) == "189.5");
    CHECK(value_of("KL of z1") == "4.00");
    CHECK(value_of("KL of z2") == "0.50");
    press("train curve 1");
    CHECK(value_of(texts::kOnTraining) == "296.0");
    CHECK(value_of("Shipped (dashed)") == "247.5");
    press("train curve 2");
    CHECK(value_of(texts::kOnHeldOut) == "5.25");
    CHECK(value_of(texts::kLeastPossibleDashed).empty());
    press("train curve 3");
    CHECK(value_of(texts::kClassAccuracy).ends_with("%"));
    CHECK(value_of(texts::kHoleShare).ends_with("%"));

    // Three classes: three images, each above its reconstruction.
    const LoadedModel& model = *explorer->model;
    CHECK(fixed_images(model.file.test) == std::vector<Index>{0, 1, 2});
    const auto place = [&](std::string_view id) {
      for (const auto& [name, r] : screen.ui.pressables)
        if (name == id) return r;
      return Rect{};
    };
    const Rect column = place("trained image 1");
    REQUIRE(column.height > 1.9f * column.width);
    const Pixels* original = screen.shown_at({column.center().x, column.y + 6});
    const Pixels* now = screen.shown_at({column.center().x, column.bottom() - 6});
    REQUIRE(original);
    REQUIRE(now);
    CHECK(std::ranges::all_of(original->values, [&](Color c) { return c == original->values[0]; }));
    CHECK_FALSE(std::ranges::all_of(now->values, [&](Color c) { return c == now->values[0]; }));
    press("trained image 1");
    CHECK(explorer->state.image == 1);
    CHECK(explorer->state.z == model.mu[1]);
  }
}

TEST_CASE("training: fixed images of a set without classes, and of many") {
  EncodedSet set;
  set.mu = Matrix::Zero(30, 2);
  set.labels.assign(30, 0);
  CHECK(fixed_images(set).size() == 10);
  for (std::size_t n = 0; n < 30; ++n) set.labels[n] = static_cast<std::uint8_t>(29 - n);
  const std::vector<Index> images = fixed_images(set);
  CHECK(images.size() == 10);
  CHECK(images.front() == 9);  // of the ten that came first, the one with the lowest class
  set = {};
  CHECK(fixed_images(set).empty());
}

TEST_CASE("training: the originals of the marks of the trained model, only of as many") {
  auto explorer = page_that_trains();
  std::vector<std::uint8_t> pixels(300 * 30);
  for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = static_cast<std::uint8_t>(i / 30);
  receive_trained_originals(*explorer, pixels, 6, 5);
  receive_trained_model(*explorer, moved_bytes(0));
  REQUIRE(has_originals(*explorer, *explorer->model));
  CHECK(originals_of(*explorer, *explorer->model)->picture(17)(0, 0) == doctest::Approx(17.0 / 255));
  explorer->interaction.hovered = 17;
  apply(*explorer, SelectImage{23});
  advance(*explorer, input_after(0));
  CHECK(explorer->input.current().x(0, 0) == doctest::Approx(23.0 / 255));
  CHECK(take_requests(*explorer).empty());  // nothing is to be downloaded
  CHECK_FALSE(has_originals(*explorer, *explorer->models[0]));
  receive_trained_model(*explorer, moved_bytes(0, true, 2, 200));
  CHECK_FALSE(has_originals(*explorer, *explorer->model));
}

TEST_CASE("training: the replay of the run, until another starts") {
  auto explorer = page_that_trains();
  const Tool& replay = tools()[find_tool("replay")];
  receive_trained_model(*explorer, moved_bytes(0));
  CHECK_FALSE(replay.refusal(*explorer).empty());
  receive_training_replay(*explorer, replay_file(4, 60, 3));  // of another run
  CHECK(explorer->message);
  CHECK_FALSE(replay.refusal(*explorer).empty());
  explorer->message.reset();
  receive_training_replay(*explorer, replay_file(4, 60, 2));
  CHECK_FALSE(explorer->message);
  CHECK(replay.refusal(*explorer).empty());
  apply(*explorer, ChooseTool{"replay"});
  Screen screen(1000, 700);
  screen.settle(*explorer);
  CHECK(std::ranges::any_of(screen.ui.nodes.list,
                            [](const AccessibleNode& n) { return contains(n.words, "After epoch 3"); }));
  CHECK(take_requests(*explorer).empty());
  apply(*explorer, ChooseTool{"train"});
  receive_training_status(*explorer, "{\"phase\": \"finished\"}");
  apply(*explorer, Train{TrainAsk::start});
  receive_trained_model(*explorer, moved_bytes(0));
  CHECK_FALSE(replay.refusal(*explorer).empty());
}

TEST_CASE("training: a screen reader hears one line at each epoch, and nothing in between") {
  auto explorer = page_that_trains();
  receive_trained_model(*explorer, moved_bytes(0));
  advance(*explorer, input_after(0));
  Announcer announcer;
  announcer.announce(*explorer);
  tell_epoch(*explorer, 0, "");
  const std::string began = announcer.announce(*explorer);
  CHECK(began.starts_with("Training runs. "));
  receive_trained_model(*explorer, moved_bytes(0.5f));  // the map changes under z
  advance(*explorer, input_after(0));
  CHECK(announcer.announce(*explorer) == began);
  tell_epoch(*explorer, 1, kOneEpoch);
  CHECK(announcer.announce(*explorer) == began);  // its map has not come yet
  receive_trained_model(*explorer, moved_bytes(0.6f));
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
