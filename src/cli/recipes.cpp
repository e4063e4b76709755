#include "train/recipes.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "core/text.h"

namespace loom {

void add_recipes(CLI::App& app) {
  app.add_subcommand("recipes", "List the models that can be trained by name")->callback([] {
    for (const Recipe& recipe : recipes())
      print(text(recipe.name, std::string(24 - std::min<std::size_t>(23, recipe.name.size()), ' '), recipe.what, " (",
                 recipe.training.epochs, " epochs)"));
  });
}

}  // namespace loom
