#include <algorithm>
#include <cmath>

#include "core/text.h"
#include "explorer/draw/widgets.h"
#include "explorer/session/session.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"
#include "explorer/tools/tool.h"

namespace loom {
namespace {

constexpr float kTrainBetaStep = 0.25f;
constexpr float kTrainDash = 6;  // points

class TrainTool : public ToolLayer {
 public:
  float panel(const ToolView& view, Rect r) override {
    const TrainingRun& run = view.session.training;
    Rect rest = r;
    draw_buttons(view, rest);
    if (run.phase != TrainPhase::none) draw_run(view, rest);
    draw_choices(view, rest);
    if (!run.command.empty()) {
      heading(view.painter, rest, texts::kCommandHeading);
      words(view.painter, rest, run.command, true);
    }
    return rest.y - r.y;
  }

 private:
  static bool is_fixed(const ToolView& view) { return is_locked(view.session.state, Lock::train); }

  static void draw_buttons(const ToolView& view, Rect& rest) {
    struct Row {
      const char* id;
      std::string_view label;
      TrainAsk ask;
      bool enabled;
    };
    const TrainingRun& run = view.session.training;
    const bool runs = run.phase == TrainPhase::running, paused = run.phase == TrainPhase::paused;
    const Row rows[]{{"train start", run.phase == TrainPhase::none ? texts::kStart : texts::kStartAgain,
                      TrainAsk::start, !run.is_starting()},
                     {"train pause", paused ? texts::kGoOn : texts::kPause, paused ? TrainAsk::go_on : TrainAsk::pause,
                      runs || paused},
                     {"train epoch", texts::kOneEpoch, paused ? TrainAsk::epoch : TrainAsk::start_epoch,
                      !run.is_starting() && !runs}};
    Rect row = rest.cut_top(button_height(view.narrow));
    const float width = (row.width - kUnit) / 3;
    for (const Row& one : rows) {
      if (button(view.painter, one.id, row.cut_left(width), one.label, false, one.enabled))
        view.actions.push_back(Train{one.ask});
      row.cut_left(kUnit / 2);
    }
    rest.cut_top(kUnit);
  }

  // Where the run is, in one sentence.
  static std::string place_of(const TrainingRun& run) {
    switch (run.phase) {
      case TrainPhase::none: return {};
      case TrainPhase::loading: return texts::loading_images(percent_text(run.loaded));
      case TrainPhase::starting: return std::string(texts::kLoadingTrainer);
      case TrainPhase::failed: return run.failure;
      case TrainPhase::running:
      case TrainPhase::paused:
      case TrainPhase::finished: break;
    }
    const std::string place =
        texts::run_place(run.epoch, run.epochs, run.loss != 0 ? number_text(run.loss, 1) : std::string());
    if (run.phase == TrainPhase::paused) return text(texts::kRunPaused, place);
    if (run.phase == TrainPhase::finished) return text(texts::kRunFinished, place);
    if (run.images_per_second <= 0) return place;
    const auto rounded = static_cast<Index>(std::min(run.images_per_second, 1e9));
    return place + texts::run_speed(count_text(rounded / 100 * 100), number_text(run.seconds_left, 0));
  }

  static void draw_run(const ToolView& view, Rect& rest) {
    const Painter& painter = view.painter;
    const TrainingRun& run = view.session.training;
    words(painter, rest, place_of(run), true);
    if (!run.training.empty()) {
      draw_curves(view, rest, run);
      fact(painter, rest.cut_top(20), texts::kTrainLoss, number_text(double{run.training.back()}, 1));
      if (!run.held_out.empty())
        fact(painter, rest.cut_top(20), texts::kHeldOutLoss, number_text(double{run.held_out.back()}, 1));
      if (run.choice.variational) fact(painter, rest.cut_top(20), texts::kRunKl, number_text(run.kl, 2));
      fact(painter, rest.cut_top(20), texts::kActiveUnits,
           texts::count_of(run.active_units, int{run.choice.latent_dim}));
      rest.cut_top(kUnit / 2);
    }
    if (!run.has_model) return;
    constexpr std::array kAsks{TrainAsk::save_weights, TrainAsk::save_card, TrainAsk::save_command};
    const int saved = button_row(painter, "train save", rest, texts::kSaveTrained, button_height(view.narrow));
    if (saved >= 0) view.actions.push_back(Train{kAsks[static_cast<std::size_t>(saved)]});
  }

  static void draw_curves(const ToolView& view, Rect& rest, const TrainingRun& run) {
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

  // A row of joined buttons. Returns the index of the one that was clicked, or -1.
  static int pick(const ToolView& view, Rect& rest, const char* id, std::span<const std::string_view> labels, int now) {
    const int picked = choice(view.painter, id, rest.cut_top(button_height(view.narrow)), labels, now);
    rest.cut_top(kUnit / 2);
    return picked;
  }

  static void draw_choices(const ToolView& view, Rect& rest) {
    const Painter& painter = view.painter;
    const TrainChoice now = view.session.state.train;
    TrainChoice next = now;
    draw_beta(view, rest, next);
    if (differs_from_run(view.session)) words(painter, rest, texts::kAtNextStart, true);
    heading(painter, rest, texts::kMissionsHeading);
    const int chosen = button_row(painter, "train mission", rest, texts::kMissions, button_height(view.narrow));
    if (chosen >= 0) next = mission(static_cast<std::size_t>(chosen), now);
    for (std::size_t i = 0; i < kMissions; ++i)
      if (mission(i, now) == now) {
        words(painter, rest, texts::kMissionsWhat[i]);
        break;
      }
    heading(painter, rest, texts::kTrainChoices);
    if (const int i = pick(view, rest, "train data", texts::kTrainData, static_cast<int>(now.data)); i >= 0)
      next.data = static_cast<TrainData>(i);
    if (const int i = pick(view, rest, "train size", texts::kTrainSizes, static_cast<int>(now.size)); i >= 0)
      next.size = static_cast<TrainSize>(i);
    const auto axes = static_cast<int>(std::ranges::find(kTrainDimensions, now.latent_dim) - kTrainDimensions.begin());
    if (const int i = pick(view, rest, "train axes", texts::kTrainAxes, axes); i >= 0)
      next.latent_dim = kTrainDimensions[static_cast<std::size_t>(i)];
    if (const int i = pick(view, rest, "train kind", texts::kTrainKinds, now.variational ? 0 : 1); i >= 0)
      next.variational = i == 0;
    const std::string left_out =
        texts::leaves_out(now.leave_out < 0 ? std::string(texts::kNothing)
                                            : texts::train_class(static_cast<std::size_t>(now.data), now.leave_out));
    if (button(painter, "train leave out", rest.cut_top(button_height(view.narrow)), left_out))
      next.leave_out = static_cast<std::int8_t>(now.leave_out + 1 < kTrainClasses ? now.leave_out + 1 : -1);
    rest.cut_top(kUnit);
    if (!is_fixed(view) && !(next == now)) view.actions.push_back(ChooseTraining{next});
  }

  static void draw_beta(const ToolView& view, Rect& rest, TrainChoice& next) {
    if (!next.variational) return;
    fact(view.painter, rest.cut_top(20), texts::kBeta, number_text(double{next.beta}, 2));
    float beta = next.beta;
    if (slider(view.painter, "train beta", texts::kBeta, rest.cut_top(button_height(view.narrow)), beta, 0,
               kLargestBeta))
      next.beta = std::round(beta / kTrainBetaStep) * kTrainBetaStep;
    rest.cut_top(kUnit / 2);
  }

  // beta changes at once; all else needs a new start.
  static bool differs_from_run(const Session& session) {
    TrainChoice run = session.training.choice;
    if (!session.training.in_progress()) return false;
    run.beta = session.state.train.beta;
    return !(run == session.state.train);
  }
};

}  // namespace

std::unique_ptr<ToolLayer> make_train_tool() { return std::make_unique<TrainTool>(); }

}  // namespace loom
