#include "train/recipe_json.h"

#include "core/error.h"
#include "core/find_named.h"

namespace loom {
namespace {

std::vector<Setting> recipe_settings() {
  std::vector<Setting> settings;
  const Recipe any;
  for_each_recipe_field(any, [&](const Setting& setting, const auto&) { settings.push_back(setting); });
  return settings;
}

}  // namespace

Json recipe_json(const Recipe& recipe) {
  Json json;
  for_each_recipe_field(
      recipe, [&](const auto& setting, const auto& value) { json.set(setting.name, setting.to_json(value)); });
  return json;
}

Json config_json(const TrainConfig& config) {
  Json json;
  for_each_config_field(
      config, [&](const auto& setting, const auto& value) { json.set(setting.name, setting.to_json(value)); });
  return json;
}

void change_recipe(Recipe& recipe, const JsonItem& settings) {
  const std::vector<Setting> known = recipe_settings();
  for (const auto& [name, value] : settings.members())
    if (!find_row(known, name)) settings.refuse(text("a setting \"", name, "\""), names_of(known));
  for_each_recipe_field(recipe, [&](const auto& setting, auto& value) {
    if (const auto item = settings.find(setting.name)) setting.read(*item, value);
  });
}

void change_recipe(Recipe& recipe, std::string_view name, std::string_view words) {
  find_named(recipe_settings(), name, "setting");
  for_each_recipe_field(recipe, [&](const auto& setting, auto& value) {
    if (setting.name == name) setting.parse(words, value);
  });
}

std::vector<std::string> recipe_differences(const Recipe& there, const Recipe& here) {
  const Json a = recipe_json(there), b = recipe_json(here);
  std::vector<std::string> differences;
  for (std::size_t i = 0; i < a.as_object()->size(); ++i) {
    const auto& [name, value] = (*a.as_object())[i];
    const Json& other = (*b.as_object())[i].second;
    if (!(value == other)) differences.push_back(text(name, " ", value.dump(), ", here ", other.dump()));
  }
  return differences;
}

}  // namespace loom
