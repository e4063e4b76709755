#include <algorithm>
#include <memory>

#include "cli/commands/commands.h"
#include "cli/common.h"
#include "core/text.h"
#include "train/recipe_json.h"
#include "train/recipes.h"

namespace loom {
namespace {

void print_list() {
  std::size_t width = 0;
  for (const Recipe& recipe : recipes()) width = std::max(width, recipe.name.size());
  for (const Recipe& recipe : recipes())
    print(text(recipe.name, std::string(width + 2 - recipe.name.size(), ' '), recipe.what,
               recipe.method == "gradient" ? text(" (", recipe.training.epochs, " epochs)") : std::string()));
}

Json described(const Recipe& recipe) {
  Json json;
  json.set("name", recipe.name).set("what", recipe.what).set("use", recipe.use).set("dataset", recipe.dataset);
  return json.set("settings", recipe_json(recipe));
}

void print_settings(const Recipe& recipe) {
  print(text(recipe.name, ": ", recipe.what, ", on ", recipe.dataset));
  print(recipe.use);
  const Json settings = recipe_json(recipe);
  for (const auto& [name, value] : *settings.as_object())
    print(text("  ", name, std::string(22 - std::min<std::size_t>(21, name.size()), ' '), value.dump()));
}

}  // namespace

void add_recipes(CLI::App& app) {
  struct Options {
    std::string name;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("recipes", "List the recipes for training, or show the settings of one");
  command->add_option("name", options->name, "recipe whose settings are shown");
  command->add_flag("--json", options->json, "print JSON; `loom train --config` reads its \"settings\"");
  command->callback([options] {
    if (!options->name.empty()) {
      const Recipe& recipe = find_recipe(options->name);
      if (options->json)
        print(described(recipe).dump());
      else
        print_settings(recipe);
    } else if (options->json) {
      Json list{Json::Array{}};
      for (const Recipe& recipe : recipes()) list.push(described(recipe));
      print(list.dump());
    } else {
      print_list();
    }
  });
}

}  // namespace loom
