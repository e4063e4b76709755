#include "explorer/tools/train_choices.h"

#include <algorithm>
#include <cmath>

#include "explorer/draw/widgets.h"
#include "explorer/session/session.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

constexpr float kTrainBetaStep = 0.25f;

// A row of joined buttons. Returns the index of the one that was clicked, or -1.
int pick(const ToolView& view, Rect& rest, const char* id, std::span<const std::string_view> labels, int now) {
  const int picked = choice(view.painter, id, rest.cut_top(button_height(view.narrow)), labels, now);
  rest.cut_top(kUnit / 2);
  return picked;
}

void draw_beta(const ToolView& view, Rect& rest, TrainChoice& next) {
  if (!next.variational) return;
  fact(view.painter, rest.cut_top(20), texts::kBeta, number_text(double{next.beta}, 2));
  float beta = next.beta;
  if (slider(view.painter, "train beta", texts::kBeta, rest.cut_top(button_height(view.narrow)), beta, 0, kLargestBeta))
    next.beta = std::round(beta / kTrainBetaStep) * kTrainBetaStep;
  rest.cut_top(kUnit / 2);
}

// beta changes at once; all else needs a new start.
bool differs_from_run(const Session& session) {
  TrainChoice run = session.training.choice;
  if (!session.training.in_progress()) return false;
  run.beta = session.state.train.beta;
  return !(run == session.state.train);
}

}  // namespace

void draw_training_choices(const ToolView& view, Rect& rest) {
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
  if (!is_locked(view.session.state, Lock::train) && !(next == now)) view.actions.push_back(ChooseTraining{next});
}

}  // namespace loom
