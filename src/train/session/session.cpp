#include "train/session/session.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/arithmetic.h"
#include "core/error.h"
#include "core/files/sha256.h"
#include "nn/likelihood/likelihood.h"
#include "train/evaluate.h"
#include "train/recipe_json.h"
#include "train/run_record.h"
#include "train/session/command.h"
#include "train/session/dataset.h"
#include "train/session/settings.h"
#include "train/train_state.h"

namespace loom {
namespace {

constexpr std::string_view kSettings = "settings", kWeights = "weights", kState = "state";

}  // namespace

TrainingSession::TrainingSession(Dataset data, std::string_view settings, std::span<const std::byte> weights)
    : data_(std::move(data)) {
  const Json json = parse_json(settings, kSettings);
  std::optional<Model> start;
  if (!weights.empty()) {
    start = load_model(weights, kWeights).model;
    started_from_ = sha256_hex(weights);
  }
  SessionSettings chosen = session_settings(JsonItem(json, kSettings), data_.size(), start ? &*start : nullptr);
  recipe_ = std::move(chosen.recipe);
  first_ = chosen.first;
  keep_first(data_, first_);
  Model model = start ? model_to_go_on(*start, recipe_, data_, kWeights) : build_recipe(recipe_, data_);
  check_saveable(model, Precision::f32, std::min(kReplayImages, data_.size()), "training");
  begin(make_train_state(std::move(model), recipe_.training), recipe_.training);
}

TrainingSession::TrainingSession(Dataset data, std::span<const std::byte> state) : data_(std::move(data)) {
  SavedRun run = load_run(state, kState);
  require_same_arithmetic(run, kState);
  const TrainConfig config = run.recipe.training;
  recipe_ = find_recipe(run.recipe.name);  // with its descriptions, which a state does not contain
  const Json settings = recipe_json(run.recipe);
  change_recipe(recipe_, JsonItem(settings, kState));
  if (!run.session.is_null()) {
    const JsonItem item(run.session, "state: session");
    first_ = static_cast<Index>(item.at("first").integer(0, data_.size()));
    started_from_ = item.at("started_from").string();
    changes_ = changes_from_json(item.at("changes"));
    units_ = units_from_json(item.at("units"));
    change_recipe(recipe_, item.at("began"));
    check_recipe(recipe_);
  }
  keep_first(data_, first_);
  if (run.images_sha256 != data_.images_sha256) fail(kState, ": that run was training on other images than these");
  begin(std::move(run.state), config);
}

void TrainingSession::begin(TrainState state, const TrainConfig& config) {
  TrainingSplit split = training_images(data_, config);
  training_ = std::move(split.training);
  held_out_ = split.validation.size();
  watched_ = std::move(split.validation);
  if (watched_.empty()) watched_ = training_;
  if (watched_.size() > static_cast<std::size_t>(kReplayImages))
    watched_.resize(static_cast<std::size_t>(kReplayImages));
  if (recipe_.likelihood == "bernoulli") {
    floor_ = entropy_floor(data_, training_);
    if (held_out_ > 0) held_out_floor_ = entropy_floor(data_, watched_);
  }
  trainer_ = std::make_unique<Trainer>(data_, config, std::move(state), pool_, &data_);
}

TrainingSession::Slice TrainingSession::run(std::int64_t steps, double milliseconds) {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  const auto passed = [&] { return std::chrono::duration<double>(Clock::now() - start).count(); };
  const std::int64_t per_epoch = trainer_->steps_per_epoch();
  Slice slice;
  while (!finished() && !slice.epoch_ended && (steps < 1 || slice.steps < steps)) {
    const std::int64_t batch = trainer_->state().step % per_epoch, batch_size = recipe_.training.batch_size;
    const auto images = static_cast<std::int64_t>(training_.size());
    slice.epoch_ended = trainer_->step();
    ++slice.steps;
    images_ += static_cast<double>(std::min(batch_size, images - batch * batch_size));
    if (milliseconds >= 0 && 1000 * passed() >= milliseconds) break;
  }
  seconds_ += passed();
  if (slice.epoch_ended) units_.push_back(epoch_units(codes(watched_)));
  return slice;
}

Json TrainingSession::progress() const {
  const TrainState& state = trainer_->state();
  const std::int64_t left = trainer_->total_steps() - state.step;
  const double rate = seconds_ > 0 ? images_ / seconds_ : 0;
  Json json;
  json.set("step", state.step).set("steps_per_epoch", trainer_->steps_per_epoch());
  json.set("steps", trainer_->total_steps()).set("epoch", state.step / trainer_->steps_per_epoch());
  json.set("epochs", recipe_.training.epochs).set("finished", finished());
  json.set("beta", trainer_->config().beta).set("learning_rate", trainer_->config().learning_rate);
  json.set("training", terms_json(state.running)).set("images_per_second", rate);
  const double epochs_left = static_cast<double>(left) / static_cast<double>(trainer_->steps_per_epoch());
  return json.set("seconds_left", rate > 0 ? epochs_left * static_cast<double>(training_.size()) / rate : 0);
}

Json TrainingSession::history() const {
  Json json;
  json.set("unit", text(find_likelihood(recipe_.likelihood)->unit, " per image"));
  json.set("images", training_.size()).set("held_out", held_out_);
  if (floor_) json.set("entropy_floor", *floor_);
  if (held_out_floor_) json.set("held_out_entropy_floor", *held_out_floor_);
  json.set("units_of", text(watched_.size(), held_out_ > 0 ? " held-out images" : " training images"));
  return json.set("epochs", epochs_json(trainer_->state().history, units_)).set("changes", changes_json(changes_));
}

Json TrainingSession::last_epoch() const {
  const std::vector<EpochReport>& reports = trainer_->state().history;
  if (reports.empty()) fail("training: no epoch has ended yet");
  return epoch_json(reports.back(), reports.size() <= units_.size() ? &units_[reports.size() - 1] : nullptr);
}

void TrainingSession::change(std::string_view setting, double value) {
  trainer_->change(setting, value);
  changes_.push_back({trainer_->state().step, std::string(setting), value});
}

EncodedSet TrainingSession::codes(std::span<const Index> images) const {
  return encode_images(trainer_->shipped_model(), data_, images, pool_);
}

Matrix TrainingSession::reconstructions(std::span<const Index> images) const {
  const Model model = trainer_->shipped_model();
  Workspace workspace;
  Matrix picture;
  decode(model, encode_images(model, data_, images, pool_).mu, workspace, picture);
  return picture;
}

std::map<std::string, std::string> TrainingSession::run_provenance() const {
  std::map<std::string, std::string> entries = provenance(recipe_, data_, {});
  add_origin({is_portable(), started_from_, changes_.empty() ? Json() : changes_json(changes_)}, entries);
  return entries;
}

std::vector<std::byte> TrainingSession::model(bool f32, bool encoded) const {
  const Precision precision = f32 ? Precision::f32 : Precision::f16;
  ModelFile file{trainer_->shipped_model(), {}};
  if (encoded) {
    // The codes are those of the rounded weights, the ones in the file.
    file = load_model(save_model(file, precision), kWeights);
    file.test = encode_images(file.model, data_, watched_, pool_);
  }
  file.model.spec.provenance = run_provenance();
  if (encoded)
    file.model.spec.provenance["encoded_images"] = text(watched_.size(), held_out_ > 0 ? " held out" : " of training");
  return save_model(file, precision);
}

std::string TrainingSession::card(std::string_view file_name, bool f32, bool encoded) const {
  const std::vector<std::byte> bytes = model(f32, encoded);
  CardFacts facts;
  facts.file_name = file_name;
  facts.command = command(file_name, f32);
  facts.file_bytes = bytes.size();
  facts.file_sha256 = sha256_hex(bytes);
  facts.threads = pool_.threads();
  facts.epochs_done = static_cast<int>(trainer_->state().history.size());
  facts.first = first_;
  for (const EpochReport& report : trainer_->state().history) facts.seconds += report.seconds;
  return model_card(recipe_, data_, trainer_->state().model, {}, facts);
}

std::string TrainingSession::command(std::string_view file_name, bool f32) const {
  CommandFacts facts;
  facts.file_name = file_name;
  if (!started_from_.empty()) facts.start = text("WEIGHTS-", started_from_.substr(0, 12), ".safetensors");
  facts.first = first_;
  facts.images = data_.size();
  facts.portable = is_portable();
  facts.f32 = f32;
  const std::string command = train_command(recipe_, facts);
  if (changes_.empty()) return command;
  std::string note = "# Settings were changed during the run, so no single command repeats it. It began as below; then";
  for (const Change& change : changes_)
    note += text(&change == &changes_.front() ? " " : ", ", "after step ", change.step, " ", change.setting, " ",
                 change.value);
  return note + ".\n" + command;
}

std::vector<std::byte> TrainingSession::replay(std::string_view model_name) const {
  return save_replay(model_name, trainer_->state().replay, trainer_->state().history, data_);
}

std::vector<std::byte> TrainingSession::save_state() const {
  Recipe now = recipe_;
  now.training = trainer_->config();
  Json session;
  session.set("first", first_).set("started_from", started_from_).set("changes", changes_json(changes_));
  session.set("units", units_json(units_)).set("began", recipe_json(recipe_));
  return save_run({now, data_.images_sha256, trainer_->state(), is_portable(), std::move(session)});
}

}  // namespace loom
