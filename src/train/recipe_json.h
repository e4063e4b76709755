// The settings of a recipe as JSON and as text: in the state of an interrupted run, in the metadata of a finished
// model, in users' files and on the command line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/json/json_item.h"
#include "train/recipes.h"

namespace loom {

Json recipe_json(const Recipe&);   // all settings
Json config_json(const TrainConfig&);

// Changes the settings that `settings` contains. Throws Error naming the file and the item for an unknown name, a
// value of another type or a number out of range. Words such as "adam" are only checked by check_recipe.
void change_recipe(Recipe&, const JsonItem& settings);

// Changes one setting, given as text: a number, "true", a list such as "512,256,128". Throws Error naming the setting,
// what was found and what is allowed.
void change_recipe(Recipe&, std::string_view name, std::string_view words);

// "epochs 30, here 40" for every setting in which the two differ.
std::vector<std::string> recipe_differences(const Recipe& there, const Recipe& here);

}  // namespace loom
