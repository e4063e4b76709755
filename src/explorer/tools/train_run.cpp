#include "explorer/tools/train_run.h"

#include <algorithm>

#include "core/text.h"
#include "explorer/draw/widgets.h"
#include "explorer/session/session.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

constexpr float kTrainDash = 6;  // points

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

void draw_curves(const ToolView& view, Rect& rest, const TrainingRun& run) {
  const Painter& painter = view.painter;
  const Palette& colors = painter.colors();
  heading(painter, rest, texts::run_losses(run.unit, run.floor > 0));
  float low = *std::ranges::min_element(run.training), high = *std::ranges::max_element(run.training);
  for (const float v : run.held_out) low = std::min(low, v), high = std::max(high, v);
  if (run.floor > 0) low = std::min(low, static_cast<float>(run.floor));
  high = std::max(high, low + 1e-3f);
  Rect plot = rest.cut_top(view.narrow ? 56 : 88);
  painter.text(TextSize::small, {plot.x, plot.y + 8}, colors.muted, number_text(double{high}, 0));
  painter.text(TextSize::small, {plot.x, plot.bottom() - 8}, colors.muted, number_text(double{low}, 0));
  plot.cut_left(40);
  // The whole width is all epochs of the run, so that the curve grows to the right.
  const auto epochs = static_cast<float>(std::max<std::int64_t>(2, run.epochs));
  const auto done = static_cast<float>(run.training.size());
  const Rect drawn{plot.x, plot.y, plot.width * std::min(1.0f, (done - 1) / (epochs - 1)), plot.height};
  const auto height_of = [&](float value) { return plot.bottom() - (value - low) / (high - low) * plot.height; };
  if (run.floor > 0) {
    const float y = height_of(static_cast<float>(run.floor));
    for (float x = plot.x; x < plot.right(); x += 2 * kTrainDash)
      painter.line({x, y}, {std::min(x + kTrainDash, plot.right()), y}, colors.muted);
  } else {
    painter.line({plot.x, plot.bottom()}, {plot.right(), plot.bottom()}, colors.muted);
  }
  curve(painter, drawn, run.training, low, high, colors.accent, 2);
  curve(painter, drawn, run.held_out, low, high, colors.ink, 1);
  painter.disc({drawn.right(), height_of(run.training.back())}, 3, colors.accent);
  rest.cut_top(kUnit / 2);
}

}  // namespace

void draw_training_run(const ToolView& view, Rect& rest) {
  const Painter& painter = view.painter;
  const TrainingRun& run = view.session.training;
  words(painter, rest, place_of(run), true);
  if (!run.is_kept) words(painter, rest, texts::kRunNotKept, true);
  if (!run.training.empty()) {
    draw_curves(view, rest, run);
    fact(painter, rest.cut_top(20), texts::kTrainLoss, number_text(double{run.training.back()}, 1));
    if (!run.held_out.empty())
      fact(painter, rest.cut_top(20), texts::kHeldOutLoss, number_text(double{run.held_out.back()}, 1));
    if (run.choice.variational) fact(painter, rest.cut_top(20), texts::kRunKl, number_text(run.kl, 2));
    fact(painter, rest.cut_top(20), texts::kActiveUnits, texts::count_of(run.active_units, int{run.choice.latent_dim}));
    rest.cut_top(kUnit / 2);
  }
  if (!run.has_model) return;
  constexpr std::array kAsks{TrainAsk::save_weights, TrainAsk::save_card, TrainAsk::save_command};
  const int saved = button_row(painter, "train save", rest, texts::kSaveTrained, button_height(view.narrow));
  if (saved >= 0) view.actions.push_back(Train{kAsks[static_cast<std::size_t>(saved)]});
}

}  // namespace loom
