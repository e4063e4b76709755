// The settings of a recipe as JSON and as words: in the state of an interrupted run, in the metadata of a finished
// model, in files and on command lines of people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/json_item.h"
#include "train/recipes.h"

namespace loom {

Json recipe_json(const Recipe&);   // all settings
Json config_json(const TrainConfig&);

// Sets those that are there. Throws Error for an unknown name or a value of another type; check_recipe does the rest.
void change_recipe(Recipe&, const JsonItem& settings);

// Sets one from words: numbers, "true", lists such as "512,256,128". Throws Error naming the setting and what was
// found.
void change_recipe(Recipe&, std::string_view name, std::string_view value);

// "epochs 30, here 40" for every setting in which the two differ.
std::vector<std::string> recipe_differences(const Recipe& there, const Recipe& here);

}  // namespace loom
