#include <array>
#include <span>

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

  // What one needs while the run lasts and when it has ended stands first, so that it needs no scrolling.
  float panel(const ToolView& view, Rect r) override {
    const TrainingRun& run = view.session.training;
    Rect rest = r;
    const Buttons buttons = buttons_of(view.session);
    draw_row(view, rest, std::span(buttons).first<3>());
    if (!view.narrow) draw_row(view, rest, std::span(buttons).last<3>());
    draw_saving(view, rest);
    draw_notes(view, rest);
    if (run.phase != TrainPhase::none) run_.draw(view, rest);
    if (view.narrow) draw_row(view, rest, std::span(buttons).last<3>());
    draw_keeping(view, rest);
    draw_training_choices(view, rest, unfolded_);
    if (!run.command.empty()) {
      heading(view.painter, rest, texts::kCommandHeading);
      words(view.painter, rest, run.command, true);
    }
    return rest.y - r.y;
  }

 private:
  struct Button {
    const char* id;
    std::string_view label;
    TrainAsk ask;
    bool enabled = true;
  };
  using Buttons = std::array<Button, 6>;

  static Buttons buttons_of(const Session& session) {
    const TrainingRun& run = session.training;
    const bool runs = run.phase == TrainPhase::running, paused = run.phase == TrainPhase::paused;
    const bool idle = !run.is_starting(), can_start = idle && start_refusal(session).empty();
    const bool kept = run.phase == TrainPhase::kept;
    const bool fresh = run.phase == TrainPhase::none || kept;
    return {{{"train start", fresh ? texts::kStart : texts::kStartAgain, TrainAsk::start, can_start},
             kept ? Button{"train pause", texts::kGoOn, TrainAsk::resume}
                  : Button{"train pause", paused ? texts::kGoOn : texts::kPause,
                           paused ? TrainAsk::go_on : TrainAsk::pause, runs || paused},
             kept ? Button{"train epoch", texts::kForget, TrainAsk::forget}
                  : Button{"train epoch", texts::kOneEpoch, paused ? TrainAsk::epoch : TrainAsk::start_epoch,
                           paused || (can_start && !runs)},
             {"train step", texts::kOneStep, paused ? TrainAsk::step : TrainAsk::start_step,
              paused || (can_start && !runs)},
             {"train reset", texts::kBackToStart, TrainAsk::reset, idle && !fresh},
             {"train from", texts::kFromThisModel, TrainAsk::start_from, idle && going_on_refusal(session).empty()}}};
  }

  static void draw_row(const ToolView& view, Rect& rest, std::span<const Button> buttons) {
    Rect row = rest.cut_top(button_height(view.narrow));
    const float width = (row.width - kUnit) / 3;
    for (const Button& each : buttons) {
      if (button(view.painter, each.id, row.cut_left(width), each.label, false, each.enabled))
        view.actions.push_back(Train{each.ask});
      row.cut_left(kUnit / 2);
    }
    rest.cut_top(kUnit / 2);
  }

  static void draw_saving(const ToolView& view, Rect& rest) {
    if (!view.session.training.has_model) return;
    constexpr std::array kIds{"train save 0", "train save 1", "train save 2"};
    constexpr std::array kAsks{TrainAsk::save_weights, TrainAsk::save_card, TrainAsk::save_command};
    std::array<Button, kAsks.size()> buttons;
    for (std::size_t i = 0; i < kAsks.size(); ++i) buttons[i] = {kIds[i], texts::kSaveTrained[i], kAsks[i]};
    draw_row(view, rest, buttons);
  }

  static void draw_notes(const ToolView& view, Rect& rest) {
    const TrainingRun& run = view.session.training;
    rest.cut_top(kUnit / 2);
    if (const std::string_view cannot_go_on = going_on_refusal(view.session); !cannot_go_on.empty())
      words(view.painter, rest, cannot_go_on, !start_refusal(view.session).empty());  // or nothing can start
    if (run.phase == TrainPhase::paused && run.steps_per_epoch > 0)
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
