#include <doctest/doctest.h>

#include <map>
#include <set>

#include "core/find_named.h"
#include "core/json/json_item.h"
#include "message_of.h"
#include "train/recipe_json.h"
#include "train/run_record.h"
#include "train/schedule.h"
#include "train_examples.h"

using namespace loom;
using namespace loom::test;

namespace {

Recipe small_recipe() {
  Recipe recipe = recipes()[0];
  recipe.training = small_config();
  return recipe;
}

}  // namespace

TEST_CASE("recipe: round-trips through JSON, and differences are named") {
  Recipe recipe = small_recipe();
  recipe.options.hidden = {5};
  const Json json = recipe_json(recipe);
  Recipe back;
  change_recipe(back, JsonItem(json, "test"));
  CHECK(recipe_differences(recipe, back).empty());
  Recipe other = recipe;
  other.training.epochs = 4;
  other.training.schedule = "constant";
  other.options.hidden = {7, 8};
  const std::vector<std::string> differences = recipe_differences(recipe, other);
  REQUIRE(differences.size() == 3);
  CHECK(differences[0] == "hidden [5], here [7,8]");
  CHECK(differences[1] == "epochs 3, here 4");
  CHECK(differences[2] == "schedule \"cosine\", here \"constant\"");
}

TEST_CASE("recipe: every setting can be given as text, and gives the same JSON") {
  const Recipe recipe = find_recipe("fashion-denoise-ae");
  const Json json = recipe_json(recipe);
  Recipe back;
  for (const auto& [name, value] : *json.as_object()) {
    std::string words = value.as_string() ? *value.as_string() : value.dump();
    if (value.as_array()) words = words.substr(1, words.size() - 2);
    change_recipe(back, name, words);
  }
  CHECK(recipe_json(back) == json);
}

TEST_CASE("recipe: errors name unknown settings, values of the wrong kind and values out of range") {
  const auto from_json = [](std::string_view source) {
    return message_of([&] {
      const Json json = parse_json(source, "my.json");
      Recipe recipe = small_recipe();
      change_recipe(recipe, JsonItem(json, "my.json"));
    });
  };
  CHECK(from_json(R"({"epochs": 3, "hidden": [5]})") == "no error");
  CHECK(from_json(R"({"epocs": 3})").find("epocs") != std::string::npos);
  CHECK(from_json(R"({"epocs": 3})").find("learning_rate") != std::string::npos);
  CHECK(from_json(R"({"epochs": "three"})").find("epochs") != std::string::npos);
  CHECK(from_json(R"({"hidden": 3})").find("hidden") != std::string::npos);
  // Whole numbers that only fit after they are cut off, and reals beyond their range.
  CHECK(from_json(R"({"epochs": 4294967297})") ==
        "my.json: epochs: found 4294967297, expected integer from 1 up to 100000");
  CHECK(from_json(R"({"batch_size": 1e18})").starts_with("my.json: batch_size: found 1000000000000000000, expected"));
  CHECK(from_json(R"({"hidden": [5, 4294967301]})").starts_with("my.json: hidden[1]: found 4294967301, expected"));
  CHECK(from_json(R"({"seed": 9223372036854775807})") == "no error");
  CHECK(from_json(R"({"seed": 9223372036854775808})").starts_with("my.json: seed: found "));
  CHECK(from_json(R"({"seed": -1})") == "my.json: seed: found -1, expected integer from 0");
  CHECK(from_json(R"({"epsilon": 1e300})") == "my.json: epsilon: found 1e+300, expected 1e-30 to 1");
  CHECK(from_json(R"({"fourier_scale": 1e300})")
            .starts_with("my.json: fourier_scale: found 1e+300, expected 0 to 1000000"));
  CHECK(from_json(R"({"momentum": -1})") == "no error");
  CHECK(from_json(R"({"momentum": -0.5})") == "my.json: momentum: found -0.5, expected 0 to below 1");

  const auto from_words = [](std::string_view name, std::string_view words) {
    return message_of([&] {
      Recipe recipe = small_recipe();
      change_recipe(recipe, name, words);
      check_recipe(recipe);
    });
  };
  CHECK(from_words("likelihood", "bce") == "no error");
  CHECK(from_words("likelihood", "hinge").find("known are bernoulli") != std::string::npos);
  CHECK(from_words("optimizer", "newton").find("known are adam, adamw, rmsprop, sgd") != std::string::npos);
  CHECK(from_words("architecture", "transformer").find("known are dense, conv") != std::string::npos);
  CHECK(from_words("method", "magic").find("known are gradient, pca") != std::string::npos);
  CHECK(from_words("method", "pca").find("linear") != std::string::npos);
  CHECK(from_words("schedule", "zigzag").find("known are constant, cosine") != std::string::npos);
  CHECK(from_words("corruption", "fog").find("fog") != std::string::npos);
  CHECK(from_words("epochs", "0").find("epochs is 0") == 0);
  CHECK(from_words("epochs", "3.5").find("epochs is '3.5', expected a whole number") == 0);
  CHECK(from_words("learning_rate", "0") == "learning_rate is 0, expected above 0, at most 10");
  CHECK(from_words("weight_decay", "1e39") == "weight_decay is 1e+39, expected 0 to 1000");
  CHECK(from_words("epochs", "4294967297") == "epochs is 4294967297, expected 1 to 100000");
  CHECK(from_words("seed", "9223372036854775808")
            .starts_with("seed is '9223372036854775808', expected a whole number, 0 to 9223372036854775807"));
  CHECK(from_words("momentum", "1") == "momentum is 1, expected 0 to below 1");
  CHECK(from_words("activation", "step").find("known are relu") != std::string::npos);
  CHECK(from_words("learning_rate", "fast").find("expected a number") != std::string::npos);
  CHECK(from_words("average_decay", "1").find("average_decay is 1") == 0);
  CHECK(from_words("beta", "-1").find("beta is -1") == 0);
  CHECK(from_words("variational", "maybe").find("true or false") != std::string::npos);
  CHECK(from_words("hidden", "5,,6").find("separated by commas") != std::string::npos);
  CHECK(from_words("hiden", "5").find("hiden") != std::string::npos);
  const Dataset data = blobs(20);
  const auto build = [&](std::string_view name, std::string_view words) {
    return message_of([&] {
      Recipe recipe = find_recipe("fashion-dense-vae-2d");
      change_recipe(recipe, name, words);
      build_recipe(recipe, data);
    });
  };
  CHECK(build("latent_dim", "0").find("latent_dim is 0") == 0);
  CHECK(build("hidden", "0").find("hidden is 0") == 0);
  CHECK(build("fourier_features", "-1").find("fourier_features is -1") == 0);
  CHECK(build("activation", "step").find("known are relu") != std::string::npos);
}

TEST_CASE("recipe: a setting that is not given is -1 in JSON, as in all weight files, and empty in memory") {
  Recipe recipe;
  CHECK_FALSE(recipe.training.momentum.has_value());
  const Json json = recipe_json(recipe);
  const JsonItem item(json, "test");
  CHECK(item.at("momentum").integer() == -1);
  CHECK(item.at("square_decay").integer() == -1);
  CHECK(optimizer_settings(recipe.training).beta2 == 0.999);
  change_recipe(recipe, "square_decay", "0.5");
  CHECK(recipe.training.square_decay == 0.5);
  CHECK(optimizer_settings(recipe.training).beta2 == 0.5);
  change_recipe(recipe, "square_decay", "-1");
  CHECK_FALSE(recipe.training.square_decay.has_value());
}

TEST_CASE("settings: error messages list the names and ranges of the tables") {
  std::map<std::string, std::string> allowed;
  const Recipe recipe;
  for_each_recipe_field(recipe, [&](const auto& setting, const auto&) {
    CHECK_MESSAGE(!setting.help.empty(), setting.name);
    allowed[std::string(setting.name)] = setting.allowed();
  });
  CHECK(allowed.at("optimizer") == names_of(optimizers()));
  CHECK(allowed.at("corruption") == "none, gaussian, masking, salt-and-pepper");
  CHECK(allowed.at("activation") == names_of(activation_functions()));
  CHECK(allowed.at("activation").starts_with("relu, gelu_tanh, silu"));
  CHECK(allowed.at("epochs") == "a whole number, 1 to 100000");
  CHECK(allowed.at("learning_rate") == "a number, above 0, at most 10");
  CHECK(allowed.at("clip_norm") == "a number, at least 0");
  CHECK(allowed.at("average_decay") == "a number, 0 to below 1");
  CHECK(allowed.at("momentum") == "a number, 0 to below 1, or -1 for the default");
  CHECK(allowed.at("variational") == "true or false");
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
    CHECK(!recipe.use.empty());
    Recipe checked = recipe;
    check_recipe(checked);
    CHECK(recipe_differences(checked, recipe).empty());
    Dataset data;
    data.shape = identity->shape;
    data.name = recipe.dataset;
    data.class_names.assign(identity->class_names.begin(), identity->class_names.end());
    const Model model = build_recipe(recipe, data);
    CHECK(model.spec.class_names.size() == identity->class_names.size());
    CHECK(model.spec.latent_dim == recipe.latent_dim);
  }
  CHECK(message_of([] { find_recipe("fashion-magic"); }).find("fashion-conv-vae-2d") != std::string::npos);
}

TEST_CASE("run record: one JSON object per line, one line per epoch") {
  const Dataset data = blobs(120);
  const Recipe recipe = small_recipe();
  const TrainConfig& config = recipe.training;
  ThreadPool pool(1);
  Trainer trainer(data, config, make_train_state(small_model(data, "dense"), config), pool);
  while (!trainer.finished()) trainer.step();
  const std::string record = run_record(recipe, data, trainer.state());
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

TEST_CASE("card and provenance: how to train the same model again, and no times in the weight file") {
  const Dataset data = blobs(120);
  const Recipe recipe = small_recipe();
  const TrainConfig& config = recipe.training;
  ThreadPool pool(1);
  Trainer trainer(data, config, make_train_state(small_model(data, "dense"), config), pool);
  while (!trainer.finished()) trainer.step();
  const Model shipped = trainer.shipped_model();
  const Json figures = evaluation_json(evaluate_model(shipped, data, 0, pool), shipped, data, 0);
  CardFacts facts{.file_name = "m.safetensors",
                  .command = "loom train x",
                  .file_bytes = 123,
                  .file_sha256 = std::string(64, 'a'),
                  .seconds = 75,
                  .threads = 2};
  const std::string card = model_card(recipe, data, shipped, figures, facts);
  for (const char* words : {"loom train x", "123 bytes", data.images_sha256.c_str(), "1 min 15 s with 2 threads",
                            "negative ELBO", "12x10", "Licence"})
    CHECK_MESSAGE(card.find(words) != std::string::npos, words);
  facts.command = "loom train x --data 28x28 --resize 32x32";
  const std::string resized = model_card(recipe, data, shipped, figures, facts);
  CHECK(resized.find("\n" + facts.command + "\n") != std::string::npos);
  CHECK(resized.find("its 12x10 grey training images") != std::string::npos);
  const auto entries = provenance(recipe, data, figures);
  for (const auto& [key, value] : entries) CHECK_MESSAGE(value.find("second") == std::string::npos, key);
  CHECK(entries.at("seed") == "5");
  CHECK(parse_json(entries.at("metrics"), "metrics") == figures);
}
