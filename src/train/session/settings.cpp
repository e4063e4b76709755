#include "train/session/settings.h"

#include <algorithm>

#include "core/error.h"
#include "model/spec_json.h"
#include "train/recipe_json.h"

namespace loom {
namespace {

constexpr std::string_view kUsualRecipe = "fashion-dense-vae-2d";
constexpr std::string_view kRecipeKey = "recipe", kFirstKey = "first";

// The members of the object except the two that are not settings of a recipe.
Json only_settings(const JsonItem& settings) {
  Json rest{Json::Object{}};
  for (const auto& [name, value] : settings.members())
    if (name != kRecipeKey && name != kFirstKey) rest.set(name, value.json());
  return rest;
}

}  // namespace

Recipe recipe_for(std::string_view name, Index images) {
  Recipe recipe = find_recipe(name);
  recipe.training.validation_images = std::min(recipe.training.validation_images, images / 10);
  return recipe;
}

Recipe recipe_of(const Model& model, Index images, std::string_view where) {
  const auto& entries = model.spec.provenance;
  const auto name = entries.find("recipe"), settings = entries.find("settings");
  if (name == entries.end() || settings == entries.end())
    fail(where, ": has no record of the recipe and settings that made it, so training cannot start from it");
  const std::string context = text(where, ": settings");
  const Json json = parse_json(settings->second, context);
  Recipe recipe = recipe_for(name->second, images);
  change_recipe(recipe, JsonItem(json, context));
  recipe.training.validation_images = std::min(find_recipe(name->second).training.validation_images, images / 10);
  return recipe;
}

SessionSettings session_settings(const JsonItem& settings, Index images, const Model* start) {
  SessionSettings out;
  if (const auto first = settings.find(kFirstKey)) out.first = static_cast<Index>(first->integer(0, images));
  const Index used = out.first > 0 ? out.first : images;
  const auto name = settings.find(kRecipeKey);
  if (start)
    out.recipe = recipe_of(*start, used, "the model to go on from");
  else
    out.recipe = recipe_for(name ? std::string_view(name->string()) : kUsualRecipe, used);
  const Json changes = only_settings(settings);
  change_recipe(out.recipe, JsonItem(changes, "settings"));
  if (out.recipe.architecture == "dense" && out.recipe.options.hidden.empty())
    settings.refuse("architecture dense without hidden", "widths such as [512, 256, 128]");
  check_recipe(out.recipe);
  if (out.recipe.method == "pca") settings.refuse("method pca", "method gradient");
  return out;
}

Model model_to_go_on(const Model& start, const Recipe& recipe, const Dataset& data, std::string_view where) {
  Model model = build_recipe(recipe, data);
  Model same = start;
  same.spec.class_names = model.spec.class_names;
  same.spec.provenance = model.spec.provenance;
  if (model_json(same) != model_json(model))
    fail(where, ": its network is not the one that the settings describe: ", model_json(same), ", expected ",
         model_json(model));
  return same;
}

}  // namespace loom
