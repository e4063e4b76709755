#include "train/train_state.h"

#include "core/arithmetic.h"
#include "core/error.h"
#include "model/spec_json.h"
#include "train/recipe_json.h"
#include "weights/safetensors.h"

namespace loom {
namespace {

constexpr std::int64_t kMaxEpoch = 1 << 20;
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
    history.push_back({static_cast<int>(entry.at("epoch").integer(1, kMaxEpoch)), sums_from_json(entry.at("training")),
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

// Calls see(name, vector) for those vectors that the optimizer keeps.
void for_each_vector(auto& state, auto&& see) {
  if (!state.first.empty()) see("optimizer.first", state.first);
  if (!state.second.empty()) see("optimizer.second", state.second);
  if (!state.average.empty()) see("optimizer.average", state.average);
}

void read_replay(const TensorFile& file, const JsonItem& epochs, TrainState& state, std::string_view file_name) {
  const TensorView* tensor = file.find("replay.mu");
  if (epochs.size() == 0) return;
  if (!tensor) fail(file_name, ": tensor replay.mu is missing");
  const std::vector<float> values = to_floats(*tensor);
  const Index dim = state.model.spec.latent_dim, per_frame = static_cast<Index>(values.size() / epochs.size());
  if (values.empty() || values.size() % epochs.size() != 0 || per_frame % dim != 0)
    fail(file_name, ": tensor replay.mu has ", values.size(), " numbers, expected ", epochs.size(), " frames of ", dim,
         " per image");
  for (std::size_t i = 0; i < epochs.size(); ++i) {
    const float* frame = values.data() + i * static_cast<std::size_t>(per_frame);
    state.replay.push_back({static_cast<int>(epochs.at(i).integer(0, kMaxEpoch)), Matrix(per_frame / dim, dim)});
    std::copy(frame, frame + per_frame, state.replay.back().mu.data());
  }
}

}  // namespace

std::vector<std::byte> save_run(const SavedRun& run) {
  const TrainState& s = run.state;
  std::vector<TensorView> tensors;
  const auto add = [&](std::string name, const Shape& shape, std::span<const Scalar> values) {
    if (!all_finite(values))  // load_run would refuse the file, after the old one was replaced
      fail("training state: tensor ", name, " holds a number that is not finite; nothing was written");
    tensors.push_back({std::move(name), DType::f32, shape, std::as_bytes(values)});
  };
  for (const ConstParameter& p : parameters(s.model)) add(p.name, p.shape, p.value);
  for_each_vector(s.optimizer, [&](const char* name, const std::vector<Scalar>& values) {
    add(name, {static_cast<Index>(values.size())}, values);
  });
  std::vector<Scalar> replay;
  Json replay_epochs{Json::Array{}};
  for (const ReplayFrame& frame : s.replay) {
    replay.insert(replay.end(), frame.mu.data(), frame.mu.data() + frame.mu.size());
    replay_epochs.push(frame.epoch);
  }
  if (!replay.empty()) add("replay.mu", {static_cast<Index>(replay.size())}, replay);

  Json json;
  json.set("recipe", run.recipe.name).set("images_sha256", run.images_sha256).set("settings", recipe_json(run.recipe));
  json.set("step", s.step).set("running", sums_json(s.running)).set("seconds", s.seconds);
  json.set("history", history_json(s.history)).set("replay_epochs", std::move(replay_epochs));
  if (run.portable) json.set("portable", true);
  if (!run.session.is_null()) json.set("session", run.session);
  Metadata metadata;
  metadata["format"] = "pt";
  metadata[std::string(kRunKey)] = json.dump();
  metadata[std::string(kModelKey)] = model_json(s.model);
  return write_safetensors(metadata, tensors, kTrainingStateFile);
}

SavedRun load_run(std::span<const std::byte> bytes, std::string_view file_name) {
  const TensorFile file = read_safetensors(bytes, file_name, kTrainingStateFile);
  const auto entry = file.metadata.find(kRunKey), model = file.metadata.find(kModelKey);
  if (entry == file.metadata.end() || model == file.metadata.end())
    fail(file_name, ": is not the state of an interrupted training run");
  const std::string where = text(file_name, ": run");
  const Json json = parse_json(entry->second, where);
  const JsonItem item(json, where);

  SavedRun run;
  run.recipe.name = item.at("recipe").string();
  run.images_sha256 = item.at("images_sha256").string();
  change_recipe(run.recipe, item.at("settings"));
  check_recipe(run.recipe);
  TrainState& s = run.state;
  s.model = model_from_json(model->second, text(file_name, ": model"), static_cast<Index>(bytes.size() / 4));
  const TrainConfig& config = run.recipe.training;
  s.optimizer = make_optimizer_state(find_optimizer(config.optimizer), parameters(s.model), config.average_decay > 0);
  for (Parameter& p : parameters(s.model)) read_vector(file, p.name, p.value.size(), p.value, file_name);
  for_each_vector(s.optimizer, [&](const char* name, std::vector<Scalar>& values) {
    read_vector(file, name, values.size(), values, file_name);
  });
  read_replay(file, item.at("replay_epochs"), s, file_name);
  s.step = item.at("step").integer(0);
  s.optimizer.steps = s.step;
  s.running = sums_from_json(item.at("running"));
  s.seconds = item.at("seconds").number();
  s.history = history_from_json(item.at("history"));
  if (const auto portable = item.find("portable")) run.portable = portable->boolean();
  if (const auto session = item.find("session")) run.session = session->json();
  return run;
}

void require_same_arithmetic(const SavedRun& run, std::string_view file_name) {
  if (run.portable != is_portable())
    fail(file_name, ": that run was started ", run.portable ? "with" : "without", " portable arithmetic (--portable), ",
         "which gives other bytes; it can only go on in the same way");
}

}  // namespace loom
