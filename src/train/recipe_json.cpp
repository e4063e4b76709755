#include "train/recipe_json.h"

#include <charconv>
#include <cmath>
#include <type_traits>

#include "core/error.h"

namespace loom {
namespace {

Json value_json(const auto& value) { return Json(value); }
Json value_json(const std::vector<Index>& values) {
  Json list{Json::Array{}};
  for (const Index value : values) list.push(value);
  return list;
}

void read(const JsonItem& item, std::string& value) { value = item.string(); }
void read(const JsonItem& item, bool& value) { value = item.boolean(); }
void read(const JsonItem& item, double& value) { value = item.number(); }
void read(const JsonItem& item, std::vector<Index>& values) {
  values.clear();
  for (const JsonItem& entry : item.elements()) values.push_back(static_cast<Index>(entry.integer(0)));
}
template <class Integer>
  requires std::is_integral_v<Integer>
void read(const JsonItem& item, Integer& value) {
  value = static_cast<Integer>(item.integer(0));
}

// The words of a command line. Each returns false if they are not of the type.
bool parse(std::string_view words, std::string& value) {
  value = words;
  return true;
}
bool parse(std::string_view words, bool& value) {
  value = words == "true";
  return value || words == "false";
}
template <class Number>
  requires(std::is_arithmetic_v<Number> && !std::is_same_v<Number, bool>)
bool parse(std::string_view words, Number& value) {
  const auto [stop, error] = std::from_chars(words.data(), words.data() + words.size(), value);
  if constexpr (std::is_floating_point_v<Number>)
    if (!std::isfinite(value)) return false;
  return error == std::errc() && stop == words.data() + words.size();
}
bool parse(std::string_view words, std::vector<Index>& values) {
  values.clear();
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(','), words.size());
    if (!parse(words.substr(0, end), values.emplace_back())) return false;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return true;
}

std::string_view expectation(const std::string&) { return "a word"; }
std::string_view expectation(bool) { return "true or false"; }
std::string_view expectation(double) { return "a number"; }
std::string_view expectation(const std::vector<Index>&) { return "whole numbers separated by commas"; }
template <class Integer>
  requires std::is_integral_v<Integer>
std::string_view expectation(Integer) {
  return "a whole number";
}

}  // namespace

Json recipe_json(const Recipe& recipe) {
  Json json;
  for_each_recipe_field(recipe,
                        [&](const char* name, const auto& field, const char*) { json.set(name, value_json(field)); });
  return json;
}

Json config_json(const TrainConfig& config) {
  Json json;
  for_each_config_field(config,
                        [&](const char* name, const auto& field, const char*) { json.set(name, value_json(field)); });
  return json;
}

void change_recipe(Recipe& recipe, const JsonItem& settings) {
  std::string known;
  std::vector<std::string> names;
  for_each_recipe_field(recipe, [&](const char* name, auto&, const char*) {
    names.emplace_back(name);
    known += text(known.empty() ? "" : ", ", name);
  });
  for (const auto& [name, value] : settings.members())
    if (std::find(names.begin(), names.end(), name) == names.end())
      settings.refuse(text("a setting \"", name, "\""), known);
  for_each_recipe_field(recipe, [&](const char* name, auto& field, const char*) {
    if (const auto item = settings.find(name)) read(*item, field);
  });
}

void change_recipe(Recipe& recipe, std::string_view name, std::string_view value) {
  bool found = false;
  for_each_recipe_field(recipe, [&](const char* own, auto& field, const char*) {
    if (name != own) return;
    found = true;
    if (!parse(value, field)) fail(name, " is '", value, "', expected ", expectation(field));
  });
  if (!found) fail("a recipe has no setting '", name, "'");
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
