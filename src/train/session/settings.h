// The settings of a run: those of a named recipe with the user's changes.
#pragma once

#include <string_view>

#include "core/json/json_item.h"
#include "model/autoencoder.h"
#include "train/recipes.h"

namespace loom {

// A recipe for a data set of this many images. At most a tenth of them is kept for validation. Throws Error for an
// unknown name.
Recipe recipe_for(std::string_view name, Index images);

// The settings of a training session in a page, as a JSON object: "recipe" (a name; by default fashion-dense-vae-2d),
// "first" (train on the first images only; 0: all), and the settings of a recipe by their names (train/recipe_json.h).
struct SessionSettings {
  Recipe recipe;
  Index first = 0;
};

// Reads settings for a data set of `images` images. If the run starts from a model (`start`, else null), the recipe is
// the one in its metadata. Throws Error naming the item for anything unknown or out of range, and for principal
// components.
SessionSettings session_settings(const JsonItem& settings, Index images, const Model* start);

// The recipe that made a model, according to its metadata. Throws Error, beginning with `where`, if the metadata has
// none.
Recipe recipe_of(const Model&, Index images, std::string_view where);

// The initial model of a run that starts from `start`: its weights, for this data set. Throws Error, beginning with
// `where`, if the network is not the one that the recipe describes.
Model model_to_go_on(const Model& start, const Recipe&, const Dataset&, std::string_view where);

}  // namespace loom
