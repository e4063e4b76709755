#include "train/train_state.h"

#include "core/error.h"
#include "model/spec_json.h"
#include "train/config_json.h"
#include "weights/safetensors.h"

namespace loom {
namespace {

constexpr std::string_view kRunKey = "run", kModelKey = "model";

Json sums_json(const ElboSums& sums) { return Json().push(sums.reconstruction).push(sums.kl).push(sums.images); }

ElboSums sums_from_json(const JsonItem& item) {
  return {item.at(0).number(), item.at(1).number(), item.at(2).number()};
}

Json history_json(const std::vector<EpochReport>& history) {
  Json list{Json::Array{}};
  for (const EpochReport& report : history) {
    Json entry;
    entry.set("epoch", report.epoch).set("training", sums_json(report.training));
    list.push(entry.set("validation", sums_json(report.validation)).set("seconds", report.seconds));
  }
  return list;
}

std::vector<EpochReport> history_from_json(const JsonItem& item) {
  std::vector<EpochReport> history;
  for (const JsonItem& entry : item.elements())
    history.push_back({static_cast<int>(entry.at("epoch").integer(1, 1 << 20)), sums_from_json(entry.at("training")),
                       sums_from_json(entry.at("validation")), entry.at("seconds").number()});
  return history;
}

void read_vector(const TensorFile& file, std::string_view name, std::size_t size, std::span<Scalar> out,
                 std::string_view file_name) {
  const TensorView* tensor = file.find(name);
  if (!tensor) fail(file_name, ": tensor ", name, " is missing");
  const std::vector<float> values = to_floats(*tensor);
  if (values.size() != size || tensor->dtype != DType::f32)
    fail(file_name, ": tensor ", name, " has ", values.size(), " numbers, expected ", size, " of type F32");
  if (!all_finite(values)) fail(file_name, ": tensor ", name, " holds a number that is not finite");
  std::copy(values.begin(), values.end(), out.begin());
}

}  // namespace

std::vector<std::byte> save_run(const SavedRun& run) {
  const TrainState& s = run.state;
  std::vector<TensorView> tensors;
  const auto add = [&](std::string name, const Shape& shape, std::span<const Scalar> values) {
    tensors.push_back({std::move(name), DType::f32, shape, std::as_bytes(values)});
  };
  for (const ConstParameter& p : parameters(s.model)) add(p.name, p.shape, p.value);
  const auto count = static_cast<Index>(s.adam.m.size());
  add("adam.m", {count}, s.adam.m);
  add("adam.v", {count}, s.adam.v);
  if (!s.adam.average.empty()) add("adam.average", {count}, s.adam.average);

  Json json;
  json.set("recipe", run.recipe).set("images_sha256", run.images_sha256).set("config", config_json(run.config));
  json.set("step", s.step).set("running", sums_json(s.running)).set("seconds", s.seconds);
  json.set("history", history_json(s.history));
  Metadata metadata;
  metadata["format"] = "pt";
  metadata[std::string(kRunKey)] = json.dump();
  metadata[std::string(kModelKey)] = model_json(s.model);
  return write_safetensors(metadata, tensors);
}

SavedRun load_run(std::span<const std::byte> bytes, std::string_view file_name) {
  const TensorFile file = read_safetensors(bytes, file_name);
  const auto entry = file.metadata.find(kRunKey), model = file.metadata.find(kModelKey);
  if (entry == file.metadata.end() || model == file.metadata.end())
    fail(file_name, ": is not the state of an interrupted training run");
  const std::string where = text(file_name, ": run");
  const Json json = parse_json(entry->second, where);
  const JsonItem item(json, where);

  SavedRun run;
  run.recipe = item.at("recipe").string();
  run.images_sha256 = item.at("images_sha256").string();
  run.config = config_from_json(item.at("config"));
  TrainState& s = run.state;
  s.model = model_from_json(model->second, text(file_name, ": model"), static_cast<Index>(bytes.size() / 4));
  s.adam = make_adam_state(parameters(s.model), run.config.average_decay > 0);
  for (Parameter& p : parameters(s.model)) read_vector(file, p.name, p.value.size(), p.value, file_name);
  const std::size_t count = s.adam.m.size();
  read_vector(file, "adam.m", count, s.adam.m, file_name);
  read_vector(file, "adam.v", count, s.adam.v, file_name);
  if (!s.adam.average.empty()) read_vector(file, "adam.average", count, s.adam.average, file_name);
  s.step = item.at("step").integer(0);
  s.adam.steps = s.step;
  s.running = sums_from_json(item.at("running"));
  s.seconds = item.at("seconds").number();
  s.history = history_from_json(item.at("history"));
  return run;
}

}  // namespace loom
