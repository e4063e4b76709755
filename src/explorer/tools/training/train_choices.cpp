#include "explorer/tools/training/train_choices.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "explorer/draw/widgets.h"
#include "explorer/session/session.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"
#include "explorer/tools/training/train_settings.h"

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

// beta and the learning rate change at once; all else needs a new start.
bool differs_from_run(const Session& session) {
  TrainChoice run = session.training.choice;
  if (!session.training.in_progress()) return false;
  const TrainChoice& now = session.state.train;
  run.beta = now.beta, run.learning_rate = now.learning_rate;
  if (session.training.going_on) {
    run.network = now.network, run.size = now.size, run.activation = now.activation;
    run.latent_dim = now.latent_dim, run.variational = now.variational;
  }
  return !(run == now);
}

// The visitor's own images are a choice of their own, with a sentence about them or about how to open some.
void draw_data(const ToolView& view, Rect& rest, TrainChoice& next) {
  if (const int i = pick(view, rest, "train data", texts::kTrainData, static_cast<int>(next.data)); i >= 0) {
    next.data = static_cast<TrainData>(i);
    next.leave_out = next.only = -1;  // classes of the data before
  }
  const TrainImages& own = view.session.own_images;
  const bool reading = own.count == 0 && !own.words.empty();
  if (next.data != TrainData::own && !reading) return;
  if (!own.words.empty()) words(view.painter, rest, own.words, true);
  if (!view.session.can_choose_files) return;
  if (button(view.painter, "train files", rest.cut_top(button_height(view.narrow)), texts::kChooseImages))
    view.actions.push_back(ChooseFile{});
  rest.cut_top(kUnit / 2);
}

}  // namespace

void draw_training_choices(const ToolView& view, Rect& rest, bool& unfolded) {
  const Painter& painter = view.painter;
  const TrainChoice now = view.session.state.train;
  TrainChoice next = now;
  draw_beta(view, rest, next);
  if (differs_from_run(view.session)) words(painter, rest, texts::kAtNextStart, true);
  heading(painter, rest, texts::kMissionsHeading);
  std::array<std::string_view, kMissions> titles;
  std::ranges::transform(texts::kMissions, titles.begin(), &texts::Mission::title);
  const int chosen = button_row(painter, "train mission", rest, titles, button_height(view.narrow));
  if (chosen >= 0) next = mission(static_cast<std::size_t>(chosen), now);
  for (std::size_t i = 0; i < kMissions; ++i)
    if (mission(i, now) == now) {
      words(painter, rest, texts::kMissions[i].watch);
      break;
    }
  heading(painter, rest, texts::kTrainChoices);
  draw_data(view, rest, next);
  if (const int i = pick(view, rest, "train network", texts::kTrainNetworks, static_cast<int>(now.network)); i >= 0)
    next.network = static_cast<TrainNetwork>(i);
  if (const int i = pick(view, rest, "train size", texts::kTrainSizes, static_cast<int>(now.size)); i >= 0)
    next.size = static_cast<TrainSize>(i);
  const auto axes = static_cast<int>(std::ranges::find(kTrainDimensions, now.latent_dim) - kTrainDimensions.begin());
  if (const int i = pick(view, rest, "train axes", texts::kTrainAxes, axes); i >= 0)
    next.latent_dim = kTrainDimensions[static_cast<std::size_t>(i)];
  if (const int i = pick(view, rest, "train kind", texts::kTrainKinds, now.variational ? 0 : 1); i >= 0)
    next.variational = i == 0;
  const std::string_view fold = unfolded ? texts::kFewerSettings : texts::kMoreSettings;
  if (button(painter, "train more", rest.cut_top(button_height(view.narrow)), fold)) unfolded = !unfolded;
  rest.cut_top(kUnit / 2);
  const std::string changed = changed_training_settings(now, view.session.own_images);
  if (unfolded)
    draw_training_settings(view, rest, next);
  else if (!changed.empty())
    words(painter, rest, texts::changed_settings(changed));
  rest.cut_top(kUnit / 2);
  if (!is_locked(view.session.state, Lock::train) && !(next == now)) view.actions.push_back(ChooseTraining{next});
}

}  // namespace loom
