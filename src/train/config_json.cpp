#include "train/config_json.h"

#include <type_traits>

#include "core/error.h"

namespace loom {
namespace {

// Calls see(name, field) for every field: the only list of them beside the struct itself.
template <class Config, class See>
void for_each_field(Config& c, See&& see) {
  see("epochs", c.epochs);
  see("batch_size", c.batch_size);
  see("chunk_size", c.chunk_size);
  see("learning_rate", c.learning_rate);
  see("schedule", c.schedule);
  see("warmup_steps", c.warmup_steps);
  see("beta", c.beta);
  see("beta_warmup_epochs", c.beta_warmup_epochs);
  see("clip_norm", c.clip_norm);
  see("average_decay", c.average_decay);
  see("seed", c.seed);
  see("validation_images", c.validation_images);
}

}  // namespace

Json config_json(const TrainConfig& config) {
  Json json;
  for_each_field(config, [&](const char* name, const auto& field) { json.set(name, Json(field)); });
  return json;
}

TrainConfig config_from_json(const JsonItem& item) {
  TrainConfig config;
  std::size_t fields = 0;
  for_each_field(config, [&]<class T>(const char* name, T& field) {
    const JsonItem value = item.at(name);
    if constexpr (std::is_same_v<T, std::string>)
      field = value.string();
    else if constexpr (std::is_floating_point_v<T>)
      field = value.number();
    else
      field = static_cast<T>(value.integer(0));
    ++fields;
  });
  if (item.members().size() != fields) item.refuse(text(item.members().size(), " members"), text(fields));
  check_config(config);
  return config;
}

std::vector<std::string> config_differences(const TrainConfig& there, const TrainConfig& here) {
  const Json a = config_json(there), b = config_json(here);
  std::vector<std::string> differences;
  for (std::size_t i = 0; i < a.as_object()->size(); ++i) {
    const auto& [name, value] = (*a.as_object())[i];
    const Json& other = (*b.as_object())[i].second;
    if (!(value == other)) differences.push_back(text(name, " ", value.dump(), ", here ", other.dump()));
  }
  return differences;
}

}  // namespace loom
