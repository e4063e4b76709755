// The command that a session names, parsed as the command line parses it, means the settings of that session.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "cli/training/train_options.h"
#include "train/recipe_json.h"
#include "train/session/command.h"
#include "train/session/settings.h"

using namespace loom;

namespace {

// The words of a command as a shell splits it: blanks separate, single quotes keep.
std::vector<std::string> shell_words(const std::string& command) {
  std::vector<std::string> words(1);
  bool quoted = false;
  for (const char c : command) {
    if (c == '\'')
      quoted = !quoted;
    else if (c == ' ' && !quoted)
      words.emplace_back();
    else
      words.back() += c;
  }
  return words;
}

TrainOptions parsed(const std::string& command) {
  CLI::App app;
  TrainOptions options;
  add_train_options(app, options);
  std::vector<std::string> words = shell_words(command);
  words.erase(words.begin(), words.begin() + 2);  // loom train
  std::reverse(words.begin(), words.end());       // as CLI11 wants them
  app.parse(words);
  return options;
}

void check_round_trip(const std::string& settings, Index images) {
  CAPTURE(settings);
  const Json json = parse_json(settings, "settings");
  const SessionSettings wanted = session_settings(JsonItem(json, "settings"), images, nullptr);
  CommandFacts facts;
  facts.file_name = "my model.safetensors";
  facts.first = wanted.first;
  facts.images = wanted.first > 0 ? wanted.first : images;
  facts.portable = true;
  const TrainOptions options = parsed(train_command(wanted.recipe, facts));
  CHECK(options.first == wanted.first);
  CHECK(options.portable);
  const Recipe recipe = effective_recipe(options, facts.images);
  CHECK(recipe.name == wanted.recipe.name);
  CHECK(recipe_differences(recipe, wanted.recipe) == std::vector<std::string>{});
}

}  // namespace

TEST_CASE("session: its command line gives the same settings when it is parsed") {
  check_round_trip("{}", 60000);
  check_round_trip(R"({"recipe": "fashion-conv-vae-2d", "beta": 0.1, "latent_dim": 3, "channels": [8, 16]})", 3000);
  check_round_trip(R"({"recipe": "mnist-vae-2d", "variational": false, "likelihood": "mse", "first": 1000,
                       "leave_out": "T-shirt/top", "learning_rate": 0.00123, "optimizer": "adamw", "momentum": 0.8,
                       "decoder_hidden": [10, 20], "seed": 9007199254740993, "schedule": "constant"})",
                   5000);
  check_round_trip(R"({"recipe": "fashion-sharp-vae-2d", "decoder_hidden": [], "fourier_features": 0,
                       "corruption": "salt-and-pepper", "corruption_level": 0.25})",
                   700);
}
