#include "cli/training/train_options.h"

#include <algorithm>
#include <filesystem>

#include "cli/common_options.h"
#include "core/error.h"
#include "core/files/file.h"
#include "core/json/json_item.h"
#include "core/text.h"
#include "train/recipe_json.h"
#include "train/session/settings.h"

namespace loom {
namespace {

// Shorter names of options, and the settings that they stand for.
constexpr std::pair<std::string_view, std::string_view> kShort[] = {
    {"latent_dim", "--latent"}, {"likelihood", "--loss"}, {"validation_images", "--validation"}};

std::string long_flag(std::string_view setting) {
  std::string flag = text("--", setting);
  std::ranges::replace(flag, '_', '-');
  return flag;
}

std::string short_flag(std::string_view setting) {
  for (const auto& [name, flag] : kShort)
    if (name == setting) return std::string(flag);
  return long_flag(setting);
}

std::string flag_names(std::string_view setting) {
  const std::string first = short_flag(setting), second = long_flag(setting);
  return first == second ? first : text(first, ",", second);
}

std::string file_text(const std::string& path) {
  const std::vector<std::byte> bytes = read_file(path, 1 << 20);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

bool asks_for(const TrainOptions& options, std::string_view setting) {
  return std::ranges::any_of(options.changes, [&](const auto& change) { return change.first == setting; });
}

}  // namespace

void add_train_options(CLI::App& command, TrainOptions& o) {
  command.add_option("recipe", o.recipe, "recipe; `loom recipes` lists them")->required();
  add_data_options(command, o.data);
  add_test_data_option(command, o.data);
  command.add_option("--out", o.out, "weight file to write (.safetensors)")->required();
  command.add_option("--config", o.config, "JSON file with settings that replace those of the recipe");
  add_threads_option(command, o.threads);
  command
      .add_option("--repeats", o.repeats,
                  "train with this many seeds; keep the weights of the first, report the results of all")
      ->check(CLI::Range(1, 20))
      ->capture_default_str();
  command.add_flag("--resume", o.resume, "continue the interrupted run of the same --out");
  command.add_flag("--force", o.force, "replace a model or an interrupted run of the same --out");
  command.add_flag("--f32", o.f32, "store weights in 32 bits instead of 16");
  command.add_flag("--portable", o.portable,
                   "give the same weights on every machine and in the page; about half as fast");
  command.add_option("--start", o.start, "start from the weights of this file instead of random ones");
  command.add_option("--first", o.first, "train on the first images of the data set only; 0: all")
      ->check(CLI::NonNegativeNumber);
  const Recipe any;
  for_each_recipe_field(any, [&](const auto& setting, const auto&) {
    command
        .add_option_function<std::string>(
            flag_names(setting.name),
            [&o, name = std::string(setting.name)](const std::string& words) { o.changes.emplace_back(name, words); },
            text(setting.help, " (", setting.allowed(), ")"))
        ->group("Settings of a recipe");
  });
}

Recipe effective_recipe(const TrainOptions& options, Index images) {
  Recipe recipe = recipe_for(options.recipe, images);
  if (!options.config.empty()) {
    const Json json = parse_json(file_text(options.config), options.config);
    change_recipe(recipe, JsonItem(json, options.config));
  }
  for (const auto& [setting, words] : options.changes) change_recipe(recipe, setting, words);
  // What goes with another network: its own layers, not the recipe's.
  if (asks_for(options, "architecture") && recipe.architecture == "dense" && recipe.options.hidden.empty())
    fail("architecture dense needs --hidden, for example 512,256,128");
  check_recipe(recipe);
  return recipe;
}

std::string command_text(const TrainOptions& o, const std::string& file_name) {
  std::string command = text("loom train ", o.recipe, data_options_text(o.data), " --out ", file_name);
  if (!o.config.empty()) command += text(" --config ", std::filesystem::path(o.config).filename().string());
  if (o.first > 0) command += text(" --first ", o.first);
  if (!o.start.empty()) command += text(" --start ", std::filesystem::path(o.start).filename().string());
  for (const auto& [setting, words] : o.changes) command += text(" ", short_flag(setting), " ", words);
  if (o.repeats > 1) command += text(" --repeats ", o.repeats);
  if (o.f32) command += " --f32";
  return o.portable ? command + " --portable" : command;
}

}  // namespace loom
