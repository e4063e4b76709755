#include "explorer/draw/widgets.h"
#include "explorer/session/session.h"
#include "explorer/texts/texts.h"
#include "explorer/tools/tool.h"
#include "explorer/tools/train_choices.h"
#include "explorer/tools/train_run.h"

namespace loom {
namespace {

class TrainTool : public ToolLayer {
 public:
  float panel(const ToolView& view, Rect r) override {
    const TrainingRun& run = view.session.training;
    Rect rest = r;
    draw_buttons(view, rest);
    if (run.phase != TrainPhase::none) draw_training_run(view, rest);
    draw_training_choices(view, rest);
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
    const bool kept = run.phase == TrainPhase::kept;
    const bool fresh = run.phase == TrainPhase::none || kept;
    const Row rows[]{{"train start", fresh ? texts::kStart : texts::kStartAgain, TrainAsk::start, !run.is_starting()},
                     kept ? Row{"train pause", texts::kGoOn, TrainAsk::resume, true}
                          : Row{"train pause", paused ? texts::kGoOn : texts::kPause,
                                paused ? TrainAsk::go_on : TrainAsk::pause, runs || paused},
                     kept ? Row{"train epoch", texts::kForget, TrainAsk::forget, true}
                          : Row{"train epoch", texts::kOneEpoch, paused ? TrainAsk::epoch : TrainAsk::start_epoch,
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
};

}  // namespace

std::unique_ptr<ToolLayer> make_train_tool() { return std::make_unique<TrainTool>(); }

}  // namespace loom
