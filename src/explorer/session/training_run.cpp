#include "explorer/session/training_run.h"

#include <array>

#include "core/find_named.h"
#include "core/json/json_item.h"

namespace loom {
namespace {

struct PhaseRow {
  std::string_view name;
  TrainPhase phase;
};
constexpr std::array kPhases{PhaseRow{"kept", TrainPhase::kept},         PhaseRow{"loading", TrainPhase::loading},
                             PhaseRow{"starting", TrainPhase::starting}, PhaseRow{"running", TrainPhase::running},
                             PhaseRow{"paused", TrainPhase::paused},     PhaseRow{"finished", TrainPhase::finished},
                             PhaseRow{"failed", TrainPhase::failed}};

void read_run_progress(const JsonItem& item, TrainingRun& run) {
  run.epoch = item.at("epoch").integer(0);
  run.epochs = item.at("epochs").integer(0);
  if (const auto step = item.find("step")) run.step = step->integer(0);
  if (const auto steps = item.find("steps_per_epoch")) run.steps_per_epoch = steps->integer(0);
  run.images_per_second = item.at("images_per_second").number();
  run.seconds_left = item.at("seconds_left").number();
  const JsonItem training = item.at("training");  // null before the first step of an epoch
  if (!training.json().is_null())
    run.loss = training.at("negative_elbo").number();
  else if (!run.training.total.empty())
    run.loss = double{run.training.total.back()};
}

void add_losses(const JsonItem& terms, LossCurves& curves) {
  const auto kl = terms.find("kl");
  curves.total.push_back(terms.at("negative_elbo").float_number());
  curves.kl.push_back(kl ? kl->float_number() : 0);
  curves.reconstruction.push_back(curves.total.back() - curves.kl.back());
}

void read_run_history(const JsonItem& item, TrainingRun& run) {
  run.unit = item.at("unit").string();
  const auto floor = item.find("entropy_floor");
  run.floor = floor ? floor->number() : 0;
  run.training = run.held_out = {};
  for (const JsonItem& epoch : item.at("epochs").elements()) {
    add_losses(epoch.at("training"), run.training);
    if (const auto held_out = epoch.find("validation")) add_losses(*held_out, run.held_out);
    if (const auto units = epoch.find("active_units")) run.active_units = units->integer(0);
    run.kl_per_dimension.clear();
    if (const auto each = epoch.find("kl_per_dimension"))
      for (const JsonItem& kl : each->elements()) run.kl_per_dimension.push_back(kl.float_number());
  }
}

}  // namespace

void read_training_status(std::string_view json, TrainingRun& run) {
  constexpr std::string_view kName = "training status";
  const Json document = parse_json(json, kName);
  const JsonItem item(document, kName);
  TrainingRun next = run;
  const JsonItem phase = item.at("phase");
  const PhaseRow* row = find_row(kPhases, phase.string());
  if (!row) phase.refuse(quoted_name(phase.string()), names_of(kPhases));
  next.phase = row->phase;
  if (const auto loaded = item.find("loaded")) next.loaded = loaded->number();
  if (const auto history = item.find("history")) read_run_history(*history, next);
  if (const auto progress = item.find("progress")) read_run_progress(*progress, next);
  if (const auto command = item.find("command")) next.command = command->string();
  if (const auto failure = item.find("failure")) next.failure = failure->string();
  if (const auto link = item.find("link")) next.link = link->string();
  if (const auto waited = item.find("waited")) next.waited = waited->boolean();
  if (const auto kept = item.find("kept")) next.is_kept = kept->boolean();
  if (const auto going_on = item.find("going_on")) next.going_on = going_on->boolean();
  run = std::move(next);
}

}  // namespace loom
