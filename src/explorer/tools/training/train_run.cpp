#include "explorer/tools/training/train_run.h"

#include <algorithm>

#include "core/text.h"
#include "explorer/draw/widgets.h"
#include "explorer/session/session.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

// Where the run is, in one sentence.
std::string place_of(const TrainingRun& run) {
  switch (run.phase) {
    case TrainPhase::none: return {};
    case TrainPhase::loading: return texts::loading_images(percent_text(run.loaded));
    case TrainPhase::starting: return std::string(texts::kLoadingTrainer);
    case TrainPhase::failed: return run.failure;
    case TrainPhase::kept:
    case TrainPhase::running:
    case TrainPhase::paused:
    case TrainPhase::finished: break;
  }
  const std::string place =
      texts::run_place(run.epoch, run.epochs, run.loss != 0 ? number_text(run.loss, 1) : std::string());
  if (run.phase == TrainPhase::kept) return text(texts::kRunKept, place);
  if (run.phase == TrainPhase::paused) return text(texts::kRunPaused, place);
  if (run.phase == TrainPhase::finished) return text(texts::kRunFinished, place);
  if (run.images_per_second <= 0) return place;
  const auto rounded = static_cast<Index>(std::min(run.images_per_second, 1e9));
  return place + texts::run_speed(count_text(rounded / 100 * 100), number_text(run.seconds_left, 0));
}

}  // namespace

bool TrainingRunPanel::work(const ToolContext& context) { return strip_.work(context); }

void TrainingRunPanel::draw(const ToolView& view, Rect& rest) {
  const Painter& painter = view.painter;
  const TrainingRun& run = view.session.training;
  words(painter, rest, place_of(run), true);
  if (run.waited && run.in_progress())
    words(painter, rest, run.phase == TrainPhase::paused ? texts::kRunWaits : texts::kRunHasWaited, true);
  if (!run.is_kept) words(painter, rest, texts::kRunNotKept, true);
  if (run.has_model) strip_.draw(view, rest);
  if (run.has_model || !run.training.total.empty()) curves_.draw(view, rest);
}

}  // namespace loom
