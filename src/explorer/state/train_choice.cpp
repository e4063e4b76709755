#include "explorer/state/train_choice.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <vector>

#include "core/json.h"
#include "core/text.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

// Measured on the 10,000 images of the packs, in WebAssembly on one core: large reaches 259.4 nats in 37 s, small 265
// in 5 s. Tiny is meant to be too small.
struct SizeRow {
  std::vector<int> hidden, decoder_hidden;
  int fourier_features, epochs;
  double learning_rate, average_decay;
  int warmup_steps;
};
const SizeRow& size_row(TrainSize size) {
  static const std::array<SizeRow, 4> rows{{{{6}, {6}, 0, 10, 8e-3, 0.99, 60},
                                            {{48, 32}, {32, 64}, 8, 10, 8e-3, 0.99, 60},
                                            {{64, 64}, {128, 128}, 16, 16, 4e-3, 0.995, 100},
                                            {{64, 64}, {64, 128, 256}, 16, 24, 4e-3, 0.995, 100}}};
  return rows[static_cast<std::size_t>(size)];
}

Json list_json(const std::vector<int>& values) {
  Json list{Json::Array{}};
  for (const int value : values) list.push(value);
  return list;
}

constexpr int kBag = 8;
constexpr int kHeldOut = 500;  // images that only measure the loss

}  // namespace

TrainChoice bounded(TrainChoice choice) {
  const auto larger = std::ranges::upper_bound(kTrainDimensions, choice.latent_dim);
  choice.latent_dim = larger == kTrainDimensions.begin() ? kTrainDimensions.front() : *std::prev(larger);
  choice.beta = std::isfinite(choice.beta) ? std::clamp(choice.beta, 0.0f, kLargestBeta) : 1;
  choice.epochs = static_cast<std::uint8_t>(std::min<int>(choice.epochs, kMostTrainEpochs));
  choice.leave_out = static_cast<std::int8_t>(std::clamp<int>(choice.leave_out, -1, kTrainClasses - 1));
  return choice;
}

int epochs_of(const TrainChoice& choice) { return choice.epochs > 0 ? choice.epochs : size_row(choice.size).epochs; }

std::string training_settings(const TrainChoice& choice) {
  const SizeRow& size = size_row(choice.size);
  Json settings, all;
  settings.set("recipe", "fashion-dense-vae-2d").set("architecture", "dense").set("activation", "gelu_tanh");
  settings.set("hidden", list_json(size.hidden)).set("decoder_hidden", list_json(size.decoder_hidden));
  settings.set("fourier_features", size.fourier_features).set("fourier_scale", 1);
  settings.set("latent_dim", int{choice.latent_dim}).set("variational", choice.variational);
  if (choice.variational) settings.set("beta", double{choice.beta});
  settings.set("epochs", epochs_of(choice)).set("batch_size", 64).set("learning_rate", size.learning_rate);
  settings.set("schedule", "cosine").set("warmup_steps", size.warmup_steps).set("average_decay", size.average_decay);
  settings.set("validation_images", kHeldOut).set("seed", choice.seed);
  if (choice.leave_out >= 0)
    settings.set("leave_out", texts::train_class(static_cast<std::size_t>(choice.data), choice.leave_out));
  const bool digits = choice.data == TrainData::digits;
  all.set("data", digits ? "mnist" : "fashion-mnist");
  all.set("name",
          text(digits ? "digits" : "fashion", choice.variational ? "-vae-" : "-ae-", int{choice.latent_dim}, 'd'));
  return all.set("settings", std::move(settings)).dump();
}

TrainChoice mission(std::size_t which, const TrainChoice& now) {
  TrainChoice choice{.data = now.data, .seed = now.seed};
  if (which == 1) choice.beta = kLargestBeta;
  if (which == 2) choice.variational = false;
  if (which == 3) choice.data = TrainData::fashion, choice.leave_out = kBag;
  if (which == 4) choice.size = TrainSize::tiny;
  return choice;
}

}  // namespace loom
