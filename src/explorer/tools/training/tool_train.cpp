#include "explorer/draw/widgets.h"
#include "explorer/session/session.h"
#include "explorer/texts/texts.h"
#include "explorer/tools/tool.h"
#include "explorer/tools/training/train_choices.h"
#include "explorer/tools/training/train_run.h"

namespace loom {
namespace {

class TrainTool : public ToolLayer {
 public:
  bool work(const ToolContext& context) override { return run_.work(context); }

  float panel(const ToolView& view, Rect r) override {
    const TrainingRun& run = view.session.training;
    Rect rest = r;
    draw_buttons(view, rest);
    if (run.phase != TrainPhase::none) run_.draw(view, rest);
    draw_keeping(view, rest);
    draw_training_choices(view, rest, unfolded_);
    if (!run.command.empty()) {
      heading(view.painter, rest, texts::kCommandHeading);
      words(view.painter, rest, run.command, true);
    }
    return rest.y - r.y;
  }

 private:
  static void draw_buttons(const ToolView& view, Rect& rest) {
    struct Row {
      const char* id;
      std::string_view label;
      TrainAsk ask;
      bool enabled;
    };
    const TrainingRun& run = view.session.training;
    const bool runs = run.phase == TrainPhase::running, paused = run.phase == TrainPhase::paused;
    const std::string_view refusal = start_refusal(view.session), cannot_go_on = going_on_refusal(view.session);
    const bool idle = !run.is_starting(), can_start = idle && refusal.empty();
    const bool kept = run.phase == TrainPhase::kept;
    const bool fresh = run.phase == TrainPhase::none || kept;
    const Row rows[]{
        {"train start", fresh ? texts::kStart : texts::kStartAgain, TrainAsk::start, can_start},
        kept ? Row{"train pause", texts::kGoOn, TrainAsk::resume, true}
             : Row{"train pause", paused ? texts::kGoOn : texts::kPause, paused ? TrainAsk::go_on : TrainAsk::pause,
                   runs || paused},
        kept ? Row{"train epoch", texts::kForget, TrainAsk::forget, true}
             : Row{"train epoch", texts::kOneEpoch, paused ? TrainAsk::epoch : TrainAsk::start_epoch,
                   paused || (can_start && !runs)},
        {"train step", texts::kOneStep, paused ? TrainAsk::step : TrainAsk::start_step, paused || (can_start && !runs)},
        {"train reset", texts::kBackToStart, TrainAsk::reset, idle && !fresh},
        {"train from", texts::kFromThisModel, TrainAsk::start_from, idle && cannot_go_on.empty()}};
    Rect row;
    const float width = (rest.width - kUnit) / 3;
    for (std::size_t i = 0; i < std::size(rows); ++i) {
      if (i % 3 == 0) row = rest.cut_top(button_height(view.narrow));
      if (button(view.painter, rows[i].id, row.cut_left(width), rows[i].label, false, rows[i].enabled))
        view.actions.push_back(Train{rows[i].ask});
      row.cut_left(kUnit / 2);
      if (i % 3 == 2) rest.cut_top(kUnit / 2);
    }
    rest.cut_top(kUnit / 2);
    if (!cannot_go_on.empty()) words(view.painter, rest, cannot_go_on, !refusal.empty());  // or nothing can start
    if (paused && run.steps_per_epoch > 0)
      words(view.painter, rest, texts::step_of_epoch(run.step % run.steps_per_epoch, run.steps_per_epoch));
  }

  // Keeps the run so far as a model of its own.
  static void draw_keeping(const ToolView& view, Rect& rest) {
    const TrainingRun& run = view.session.training;
    if (!run.has_model || run.is_starting()) return;
    const int kept = button_row(view.painter, "train keep", rest, texts::kForkButtons, button_height(view.narrow));
    if (kept >= 0) view.actions.push_back(Train{kept == 0 ? TrainAsk::fork : TrainAsk::copy});
    words(view.painter, rest, texts::kForkWhat);
  }

  bool unfolded_ = false;
  TrainingRunPanel run_;
};

}  // namespace

std::unique_ptr<ToolLayer> make_train_tool() { return std::make_unique<TrainTool>(); }

}  // namespace loom
