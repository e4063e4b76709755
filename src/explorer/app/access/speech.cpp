#include "explorer/app/access/speech.h"

#include "core/text.h"
#include "explorer/play/replayed_map.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

// A class name inside a sentence: "ankle boot", but "T-shirt/top" and "8".
std::string lower_name(const std::string& name) {
  std::string out = name;
  const bool word = out.size() > 1 && out[0] >= 'A' && out[0] <= 'Z' && out[1] >= 'a' && out[1] <= 'z';
  if (word) out[0] = static_cast<char>(out[0] - 'A' + 'a');
  return out;
}

// With a hyphen as the minus sign, which screen readers read correctly.
std::string spoken_number(float value) {
  const std::string digits = fixed_text(static_cast<double>(value), 2);
  return digits == "-0.00" ? "0.00" : digits;
}

std::string shown_classes(const LoadedModel& model, const ExplorerState& state) {
  if (state.isolated == 0) return std::string(texts::kAllClasses);
  std::string names;
  for (std::size_t c = 0; c < model.class_names.size() && c < kMaxIsolated; ++c)
    if (is_class_shown(state, c)) names += text(names.empty() ? "" : ", ", lower_name(model.class_names[c]));
  return texts::only_classes(names);
}

// What the training has come to.
std::string training_spoken(const TrainingRun& run) {
  switch (run.phase) {
    case TrainPhase::running: return std::string(texts::kTrainingRuns);
    case TrainPhase::paused: return texts::training_pauses(run.epoch, number_text(run.loss, 1));
    case TrainPhase::finished: return texts::training_finished(run.epoch, number_text(run.loss, 1));
    case TrainPhase::failed: return text(run.failure, ' ');
    case TrainPhase::none:
    case TrainPhase::kept:
    case TrainPhase::loading:
    case TrainPhase::starting: break;
  }
  return {};
}

}  // namespace

std::string spoken_text(const Explorer& explorer) {
  return explorer.message ? explorer.message->text : spoken_place(explorer);
}

std::string spoken_place(const Explorer& explorer) {
  if (!explorer.model) return {};
  const LoadedModel& model = *explorer.model;
  const Neighbourhood& near = explorer.decoder.neighbourhood();
  std::string out = texts::z_spoken(spoken_number(explorer.state.z.x), spoken_number(explorer.state.z.y));
  const LoadedModel* replayed = explorer.replayed.map.get();
  if (replayed) out += texts::marks_spoken(epoch_text(*replayed->epoch));
  for (std::size_t i = 0; i < near.shown; ++i)
    out += text(i == 0 ? "about " : ", ", share_text(near.top[i]), ' ',
                lower_name(model.class_names[near.top[i].class_id]));
  out += text(near.shown > 0 ? "; " : "", density_text(model, near));
  return replayed ? text(out, ". ", texts::picture_withdrawn(epoch_text(*replayed->epoch))) : out;
}

// Of quick epochs only some are announced, unless something has happened on the map.
std::string Announcer::epoch_news(const TrainingRun& run) {
  constexpr double kSecondsApart = 3;
  const std::int64_t epoch = run.map.empty() ? 0 : run.map.back().epoch;
  if (epoch < epoch_) epoch_ = 0;  // another run
  if (epoch == epoch_ || run.training.total.empty()) return {};
  const std::int64_t left = run.epochs - run.epoch;
  const double seconds = left > 0 ? run.seconds_left / static_cast<double>(left) : kSecondsApart;
  if (run.news.empty() && static_cast<double>(epoch - epoch_) * seconds < kSecondsApart) return {};
  epoch_ = epoch;
  return texts::epoch_spoken(epoch, run.epochs, number_text(double{run.training.total.back()}, 1), run.unit, run.news);
}

std::string Announcer::announce(const Explorer& explorer) {
  const std::string place = spoken_text(explorer);
  if (!explorer.model) return place;
  const ExplorerState& state = explorer.state;
  // What plays is told when it has ended.
  if (began_ && explorer.playback.player != Player::none && !explorer.message) return said_;
  std::string news;
  if (began_) {
    if (model_ != explorer.model->id)
      for (const CatalogueEntry& entry : explorer.catalogue)
        if (entry.id == explorer.model->id) news += texts::model_spoken(entry.title);
    if (overlay_ != state.overlay)
      news += state.overlay == 0 ? std::string(texts::kNoOverlaySpoken)
                                 : texts::overlay_spoken(overlays()[state.overlay].name);
    if (tool_ != state.tool)
      news += state.tool == 0 ? std::string(texts::kNoToolSpoken) : texts::tool_spoken(tools()[state.tool].name);
    if (unit_ != state.unit && overlays()[state.overlay].key == "unit")
      news += texts::unit_spoken(state.unit.unit + 1, state.unit.layer + 1);
    if (training_ != explorer.training.phase) news += training_spoken(explorer.training);
    if (isolated_ != state.isolated) news += shown_classes(*explorer.model, state);
  }
  if (began_ && news.empty() && z_ == state.z && !explorer.message && explorer.training.phase == TrainPhase::running) {
    if (std::string epoch = epoch_news(explorer.training); !epoch.empty()) said_ = std::move(epoch);
    return said_;
  }
  if (!news.empty())
    news_ = std::move(news);
  else if (z_ != state.z)
    news_.clear();
  began_ = true;
  model_ = explorer.model->id;
  training_ = explorer.training.phase;
  overlay_ = state.overlay, tool_ = state.tool, isolated_ = state.isolated, unit_ = state.unit, z_ = state.z;
  return said_ = explorer.message ? place : news_ + place;
}

}  // namespace loom
