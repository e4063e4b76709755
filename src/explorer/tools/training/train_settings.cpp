#include "explorer/tools/training/train_settings.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <type_traits>

#include "core/text.h"
#include "explorer/draw/widgets.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

// What the arrows step through; 0 stands for the usual value or for all images.
constexpr std::array kEpochSteps{0, 1, 2, 3, 5, 8, 12, 16, 24, 32, 40, kMostTrainEpochs};
constexpr std::array kRateSteps{0.0f, 1e-5f, 1e-4f, 3e-4f, 1e-3f, 2e-3f, 4e-3f, 8e-3f, 2e-2f, 5e-2f, kFastestRate};
constexpr std::array kBatchSteps{8, 16, 32, 64, 128, 256, kLargestBatch};
constexpr std::array<std::uint32_t, 7> kImageSteps{kFewestTrainImages, 500, 1000, 2000, 5000, 10000, 20000};
constexpr float kLevelStep = 0.05f;  // of the noise

// A setting with arrows to its previous and next value. Returns -1, 0 or 1.
int stepper(const ToolView& view, Rect& rest, std::string_view id, std::string_view name, std::string_view value,
            bool less = true, bool more = true) {
  Rect row = rest.cut_top(button_height(view.narrow));
  const float width = row.height + 4;
  int by = 0;
  if (button(view.painter, text("train ", id, " up").c_str(), row.cut_right(width), ">", false, more,
             texts::more_of(name)))
    by = 1;
  row.cut_right(kUnit / 2);
  if (button(view.painter, text("train ", id, " down").c_str(), row.cut_right(width), "<", false, less,
             texts::less_of(name)))
    by = -1;
  row.cut_right(kUnit);
  fact(view.painter, row, name, value);
  rest.cut_top(kUnit / 2);
  return by;
}

// The next larger or smaller value of the list; the same if there is none.
template <class Value, std::size_t N>
Value stepped(const std::array<Value, N>& steps, Value now, int by) {
  if (by > 0) {
    const auto next = std::ranges::upper_bound(steps, now);
    return next == steps.end() ? now : *next;
  }
  const auto here = std::ranges::lower_bound(steps, now);
  return by == 0 || here == steps.begin() ? now : *std::prev(here);
}

template <class Value, std::size_t N>
void number_stepper(const ToolView& view, Rect& rest, std::string_view id, std::string_view name,
                    std::string_view words, const std::array<Value, N>& steps, auto& field) {
  const auto now = static_cast<Value>(field);
  const int by = stepper(view, rest, id, name, words, now > steps.front(), now < steps.back());
  if (by != 0) field = static_cast<std::remove_reference_t<decltype(field)>>(stepped(steps, now, by));
}

template <std::size_t N>
void name_stepper(const ToolView& view, Rect& rest, std::string_view id, std::string_view name,
                  const std::array<std::string_view, N>& names, std::uint8_t& row) {
  const int by = stepper(view, rest, id, name, names[row]);
  row = static_cast<std::uint8_t>((static_cast<int>(row) + by + static_cast<int>(N)) % static_cast<int>(N));
}

std::string epochs_text(const TrainChoice& choice) {
  const std::string number = text(epochs_of(choice));
  return choice.epochs == 0 ? texts::usual_value(number) : number;
}

std::string rate_text(const TrainChoice& choice) {
  const std::string number = short_text(double{learning_rate_of(choice)}, 5);
  return choice.learning_rate == 0 ? texts::usual_value(number) : number;
}

std::string images_text(const TrainChoice& choice) {
  return choice.images == 0 ? std::string(texts::kAllImages) : count_text(static_cast<Index>(choice.images));
}

// "All" stands after the largest number below that of the images there are.
void draw_images(const ToolView& view, Rect& rest, TrainChoice& next) {
  TrainChoice whole = next;
  whole.images = 0;
  const std::uint32_t all = images_of(whole, view.session.own_images), now = images_of(next, view.session.own_images);
  const int by = stepper(view, rest, "images", texts::kTrainImages, images_text(next), now > kImageSteps.front(),
                         next.images != 0);
  if (by == 0) return;
  const std::uint32_t images = stepped(kImageSteps, now, by);
  next.images = images == now || images >= all ? 0 : images;
}

// All classes, all but one, or only one, and which.
void draw_classes(const ToolView& view, Rect& rest, TrainChoice& next) {
  const TrainImages& own = view.session.own_images;
  const int count = train_classes(next, own);
  if (count == 0) return words(view.painter, rest, texts::kNoClasses);
  const int which = next.only >= 0 ? 2 : next.leave_out >= 0 ? 1 : 0;
  const int picked =
      choice(view.painter, "train classes", rest.cut_top(button_height(view.narrow)), texts::kTrainClasses, which);
  rest.cut_top(kUnit / 2);
  const int chosen = std::max({int{next.only}, int{next.leave_out}, 0});
  const auto set = [&](int how, int c) {
    next.leave_out = static_cast<std::int8_t>(how == 1 ? c : -1);
    next.only = static_cast<std::int8_t>(how == 2 ? c : -1);
  };
  if (picked >= 0) return set(picked, chosen);
  if (which == 0) return;
  const int by = stepper(view, rest, "class", texts::kWhichClass, train_class_name(next, chosen, own));
  if (by != 0) set(which, (chosen + by + count) % count);
}

}  // namespace

void draw_training_settings(const ToolView& view, Rect& rest, TrainChoice& next) {
  draw_classes(view, rest, next);
  draw_images(view, rest, next);
  number_stepper(view, rest, "epochs", texts::kEpochs, epochs_text(next), kEpochSteps, next.epochs);
  number_stepper(view, rest, "rate", texts::kLearningRate, rate_text(next), kRateSteps, next.learning_rate);
  number_stepper(view, rest, "batch", texts::kBatchSize, text(int{next.batch_size}), kBatchSteps, next.batch_size);
  name_stepper(view, rest, "optimizer", texts::kOptimizer, kTrainOptimizers, next.optimizer);
  name_stepper(view, rest, "activation", texts::kActivation, kTrainActivations, next.activation);
  name_stepper(view, rest, "noise", texts::kTrainNoise, kTrainNoises, next.noise);
  if (next.noise > 0) {
    const std::string_view what = next.noise == 1 ? texts::kNoiseDeviation : texts::kNoiseShare;
    fact(view.painter, rest.cut_top(20), what, number_text(double{next.noise_level}, 2));
    float level = next.noise_level;
    if (slider(view.painter, "train noise level", what, rest.cut_top(button_height(view.narrow)), level, 0, 1))
      next.noise_level = std::round(level / kLevelStep) * kLevelStep;
  }
  next.seed += static_cast<std::uint32_t>(stepper(view, rest, "seed", texts::kSeed, text(next.seed)));
}

std::string changed_training_settings(const TrainChoice& choice, const TrainImages& own) {
  const TrainChoice usual;
  std::string list;
  const auto add = [&](bool changed, std::string_view name, std::string_view value) {
    if (changed) list += text(list.empty() ? "" : ", ", name, name.empty() ? "" : " ", value);
  };
  if (choice.leave_out >= 0) add(true, {}, texts::without_class(train_class_name(choice, choice.leave_out, own)));
  if (choice.only >= 0) add(true, {}, texts::only_class(train_class_name(choice, choice.only, own)));
  add(choice.images != usual.images, texts::kTrainImages, images_text(choice));
  add(choice.epochs != usual.epochs, texts::kEpochsBrief, text(int{choice.epochs}));
  add(choice.learning_rate != usual.learning_rate, texts::kLearningRate, rate_text(choice));
  add(choice.batch_size != usual.batch_size, texts::kBatchSize, text(int{choice.batch_size}));
  add(choice.optimizer != usual.optimizer, texts::kOptimizer, kTrainOptimizers[choice.optimizer]);
  add(choice.activation != usual.activation, texts::kActivation, kTrainActivations[choice.activation]);
  add(choice.noise != usual.noise, texts::kTrainNoise,
      text(kTrainNoises[choice.noise], ' ', number_text(double{choice.noise_level}, 2)));
  add(choice.seed != usual.seed, texts::kSeedBrief, text(choice.seed));
  return list;
}

}  // namespace loom
