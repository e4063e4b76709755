#include <doctest/doctest.h>

#include <set>

#include "core/json_item.h"
#include "message_of.h"
#include "train/config_json.h"
#include "train/run_record.h"
#include "train/schedule.h"
#include "train_examples.h"

using namespace loom;
using namespace loom::test;

TEST_CASE("config: JSON and back, and differences by name") {
  const TrainConfig config = small_config();
  const Json json = config_json(config);
  const TrainConfig back = config_from_json(JsonItem(json, "test"));
  CHECK(config_differences(config, back).empty());
  TrainConfig other = config;
  other.epochs = 4;
  other.schedule = "constant";
  const std::vector<std::string> differences = config_differences(config, other);
  REQUIRE(differences.size() == 2);
  CHECK(differences[0] == "epochs 3, here 4");
  CHECK(differences[1] == "schedule \"cosine\", here \"constant\"");
}

TEST_CASE("config: an unknown member and a bad value are refused by name") {
  Json extra = config_json(small_config());
  extra.set("epocs", 3);
  CHECK(message_of([&] { config_from_json(JsonItem(extra, "test")); }) != "no error");
  const auto refused = [](auto change) {
    TrainConfig config = small_config();
    change(config);
    return message_of([&] { check_config(config); });
  };
  CHECK(refused([](TrainConfig& c) { c.epochs = 0; }).find("epochs is 0") == 0);
  CHECK(refused([](TrainConfig& c) { c.learning_rate = 0; }).find("learning rate is 0") == 0);
  CHECK(refused([](TrainConfig& c) { c.average_decay = 1; }).find("average decay is 1") == 0);
  CHECK(refused([](TrainConfig& c) { c.beta = -1; }).find("beta is -1") == 0);
  CHECK(refused([](TrainConfig& c) { c.schedule = "zigzag"; }).find("known are constant, cosine") != std::string::npos);
}

TEST_CASE("schedules: factors start at 1, stay in [0, 1] and end where they say") {
  for (const Schedule& schedule : schedules()) {
    CAPTURE(schedule.name);
    CHECK(schedule.factor(0) == doctest::Approx(1));
    for (double progress = 0; progress <= 1; progress += 0.01) {
      CHECK(schedule.factor(progress) <= 1 + 1e-12);
      CHECK(schedule.factor(progress) >= -1e-12);
    }
  }
  TrainConfig config;
  config.learning_rate = 0.5;
  config.warmup_steps = 10;
  config.schedule = "constant";
  CHECK(learning_rate_at(config, 0, 100) == doctest::Approx(0.05));
  CHECK(learning_rate_at(config, 9, 100) == doctest::Approx(0.5));
  CHECK(learning_rate_at(config, 99, 100) == doctest::Approx(0.5));
  config.beta = 2;
  config.beta_warmup_epochs = 4;
  CHECK(beta_at(config, 0, 5) == doctest::Approx(0.1));
  CHECK(beta_at(config, 19, 5) == doctest::Approx(2));
  CHECK(beta_at(config, 50, 5) == doctest::Approx(2));
}

TEST_CASE("recipes: every row can be built on its data set") {
  std::set<std::string> names;
  for (const Recipe& recipe : recipes()) {
    CAPTURE(recipe.name);
    CHECK(names.insert(recipe.name).second);
    const DatasetIdentity* identity = find_dataset(recipe.dataset);
    REQUIRE(identity != nullptr);
    check_config(recipe.training);
    Dataset data;
    data.shape = identity->shape;
    data.name = recipe.dataset;
    const Model model = build_recipe(recipe, data, 1);
    CHECK(model.spec.class_names.size() == identity->class_names.size());
    CHECK(model.spec.latent_dim == recipe.latent_dim);
  }
  CHECK(message_of([] { find_recipe("fashion-magic"); }).find("fashion-conv-vae-2d") != std::string::npos);
}

TEST_CASE("run record: one JSON object a line, one line an epoch") {
  const Dataset data = blobs(120);
  Recipe recipe = recipes()[0];
  const TrainConfig config = small_config();
  ThreadPool pool(1);
  Trainer trainer(data, config, make_train_state(small_model(data, "dense"), config), pool);
  while (!trainer.finished()) trainer.step();
  const std::string record = run_record(recipe, config, data, trainer.state());
  std::size_t lines = 0;
  for (std::size_t from = 0; from < record.size(); ++lines) {
    const std::size_t to = record.find('\n', from);
    const Json line = parse_json(record.substr(from, to - from), "record");
    const JsonItem item(line, "record");
    CHECK(item.at("event").string() == (lines == 0 ? "run" : "epoch"));
    if (lines > 0) {
      const JsonItem terms = item.at("validation");
      CHECK(terms.at("negative_elbo").number() ==
            doctest::Approx(terms.at("reconstruction").number() + terms.at("kl").number()));
    }
    from = to + 1;
  }
  CHECK(lines == 4);
}

TEST_CASE("card and provenance: what makes the model again, and no times in the weight file") {
  const Dataset data = blobs(120);
  const Recipe recipe = recipes()[0];
  const TrainConfig config = small_config();
  ThreadPool pool(1);
  Trainer trainer(data, config, make_train_state(small_model(data, "dense"), config), pool);
  while (!trainer.finished()) trainer.step();
  const Model shipped = trainer.shipped_model();
  const Json figures = evaluation_json(evaluate_model(shipped, data, 0, pool), data, 0);
  CardFacts facts{.file_name = "m.safetensors",
                  .command = "loom train x",
                  .file_bytes = 123,
                  .file_sha256 = std::string(64, 'a'),
                  .seconds = 75,
                  .threads = 2};
  const std::string card = model_card(recipe, config, data, trainer.state(), shipped, &figures, facts);
  for (const char* words : {"loom train x", "123 bytes", data.images_sha256.c_str(), "1 min 15 s with 2 threads",
                            "negative ELBO", "12x10", "Licence"})
    CHECK_MESSAGE(card.find(words) != std::string::npos, words);
  const auto entries = provenance(recipe, config, data, &figures);
  for (const auto& [key, value] : entries) CHECK_MESSAGE(value.find("second") == std::string::npos, key);
  CHECK(entries.at("seed") == "5");
  CHECK(parse_json(entries.at("metrics"), "metrics") == figures);
}
