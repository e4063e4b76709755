#include <algorithm>

#include "core/text.h"
#include "explorer/draw/scatter.h"
#include "explorer/draw/widgets.h"
#include "explorer/model/images/reconstruction_report.h"
#include "explorer/session/session.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"
#include "explorer/tools/playing/player_row.h"
#include "explorer/tools/tool.h"

namespace loom {
namespace {

class ReplayTool : public ToolLayer {
 public:
  bool work(const ToolContext& context) override {
    const Session& session = context.session;
    const std::optional<std::size_t> entry = find_entry(session, session.model->id);
    if (entry && session.downloads[*entry].replay == Download::none) context.actions.push_back(LoadReplay{});
    return false;
  }

  float panel(const ToolView& view, Rect r) override {
    Rect rest = r;
    const Replay* replay = replay_of(view.session);
    if (!replay) {
      words(view.painter, rest, texts::kLoadingReplay, true);
      return rest.y - r.y;
    }
    const std::size_t frame = frame_of(view.session, *replay);
    auto at = static_cast<float>(frame);
    if (slider(view.painter, "frame", texts::kFrameSlider, rest.cut_top(button_height(view.narrow)), at, 0,
               static_cast<float>(replay->frames() - 1)))
      view.actions.push_back(SetValue{&ExplorerState::frame, static_cast<std::int32_t>(at + 0.5f)});
    draw_player_row(view, rest, replay->frames() > 1 && !is_locked(view.session.state, Lock::frame));
    draw_steps(view, rest, static_cast<std::int32_t>(frame), static_cast<std::int32_t>(replay->frames() - 1));
    const float epoch = replay->epochs[frame];
    words(view.painter, rest, epoch <= 0 ? std::string(texts::kUntrained) : texts::after_epoch(number_text(epoch, 0)),
          true);
    draw_losses(view, rest, *replay, epoch);
    return rest.y - r.y;
  }

  void on_plane(const ToolView& view, const PlaneCanvas& canvas) const override {
    const Replay* replay = replay_of(view.session);
    if (!replay) return;
    const LoadedModel& model = *view.session.model;
    const std::size_t frame = frame_of(view.session, *replay);
    const Matrix& mu = replay->mu[frame];
    // While it plays, the marks are on their way to the next frame.
    const Playback& playback = view.session.playback;
    const bool moving =
        playback.between > 0 && playback.frame == static_cast<std::int32_t>(frame) && frame + 1 < replay->frames();
    const Matrix& next = replay->mu[moving ? frame + 1 : frame];
    const float radius = 1.2f * marker_radius(canvas.view, model, canvas.area);
    for (Index n = 0; n < mu.rows(); ++n) {
      const std::uint8_t label = replay->labels[static_cast<std::size_t>(n)];
      if (!is_class_shown(view.session.state, label)) continue;
      const Point at =
          canvas.screen(model.plane.project(RowVector(mu.row(n) + playback.between * (next.row(n) - mu.row(n)))));
      if (canvas.area.contains(at)) canvas.painter.marker(label, at, radius, class_color(label));
    }
  }

 private:
  // Buttons to the start and the end of the training, and one frame back or forward.
  static void draw_steps(const ToolView& view, Rect& rest, std::int32_t now, std::int32_t last) {
    struct Step {
      std::string_view label, spoken;
      std::int32_t to;
      float width;  // share of the row
    };
    const std::array<Step, 4> steps{{{texts::kBefore, texts::kBeforeSpoken, 0, 0.3f},
                                     {"<", texts::kFrameBack, std::max(0, now - 1), 0.2f},
                                     {">", texts::kFrameOn, std::min(last, now + 1), 0.2f},
                                     {texts::kAfter, texts::kAfterSpoken, last, 0.3f}}};
    Rect row = rest.cut_top(button_height(view.narrow));
    const float width = row.width - 1.5f * kUnit;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (i > 0) row.cut_left(kUnit / 2);
      if (button(view.painter, text("frame step ", i).c_str(), row.cut_left(steps[i].width * width), steps[i].label,
                 false, true, steps[i].spoken))
        view.actions.push_back(SetValue{&ExplorerState::frame, steps[i].to});
    }
    rest.cut_top(kUnit);
  }

  // The loss (reconstruction + KL) over the epochs: a thick curve for the training set, a thin one for the validation
  // set.
  static void draw_losses(const ToolView& view, Rect& rest, const Replay& replay, float epoch) {
    const Painter& painter = view.painter;
    const Palette& colors = painter.colors();
    if (replay.history.rows() < 2) return;
    std::vector<float> training, validation;
    for (Index e = 0; e < replay.history.rows(); ++e) {
      training.push_back(static_cast<float>(replay.history(e, 0) + replay.history(e, 1)));
      if (replay.history.cols() == 4)
        validation.push_back(static_cast<float>(replay.history(e, 2) + replay.history(e, 3)));
    }
    float low = *std::ranges::min_element(training), high = *std::ranges::max_element(training);
    for (const float v : validation) low = std::min(low, v), high = std::max(high, v);
    const ModelSpec& spec = view.session.model->file.model.spec;
    heading(painter, rest, texts::loss_heading(loss_unit(spec), spec.variational));
    Rect plot = rest.cut_top(view.narrow ? 56 : 120);
    painter.text(TextSize::small, {plot.x, plot.y + 8}, colors.muted, number_text(high, 0));
    painter.text(TextSize::small, {plot.x, plot.bottom() - 8}, colors.muted, number_text(low, 0));
    plot.cut_left(40);
    painter.line({plot.x, plot.bottom()}, {plot.right(), plot.bottom()}, colors.muted);
    curve(painter, plot, training, low, high, colors.accent, 2);
    if (!validation.empty()) curve(painter, plot, validation, low, high, colors.ink, 1);
    const auto last = static_cast<float>(replay.history.rows());
    const float x = plot.x + std::clamp((epoch - 1) / std::max(1.0f, last - 1), 0.0f, 1.0f) * plot.width;
    painter.line({x, plot.y}, {x, plot.bottom()}, with_alpha(colors.ink, 0.5f));
    const auto now = static_cast<std::size_t>(std::clamp(epoch - 1, 0.0f, last - 1));
    painter.disc({x, plot.bottom() - (training[now] - low) / std::max(1e-6f, high - low) * plot.height}, 4,
                 colors.accent);
    rest.cut_top(kUnit / 2);
    fact(painter, rest.cut_top(20), texts::kTrainingReconstruction,
         number_text(replay.history(static_cast<Index>(now), 0), 1));
    if (spec.variational)
      fact(painter, rest.cut_top(20), texts::kTrainingKl, number_text(replay.history(static_cast<Index>(now), 1), 2));
    if (!validation.empty()) fact(painter, rest.cut_top(20), texts::kValidationLoss, number_text(validation[now], 1));
  }
};

}  // namespace

std::unique_ptr<ToolLayer> make_replay_tool() { return std::make_unique<ReplayTool>(); }

}  // namespace loom
