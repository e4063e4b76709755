#include "explorer/state/train_choice.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <vector>

#include "core/json/json.h"
#include "core/parse.h"
#include "core/text.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

// Measured on the 10,000 images of the packs, in WebAssembly on one core: dense, large reaches 259.4 nats in 37 s,
// small 265 in 5 s. Tiny is meant to be too small.
struct SizeRow {
  std::vector<int> channels, hidden, decoder_hidden;
  int fourier_features, epochs;
  double learning_rate, average_decay;
  int warmup_steps;
};
const SizeRow& size_row(const TrainChoice& choice) {
  static const std::array<SizeRow, 4> dense{{{{}, {6}, {6}, 0, 10, 8e-3, 0.99, 60},
                                             {{}, {48, 32}, {32, 64}, 8, 10, 8e-3, 0.99, 60},
                                             {{}, {64, 64}, {128, 128}, 16, 16, 4e-3, 0.995, 100},
                                             {{}, {64, 64}, {64, 128, 256}, 16, 24, 4e-3, 0.995, 100}}};
  static const std::array<SizeRow, 4> conv{{{{2, 2}, {6}, {6}, 0, 8, 8e-3, 0.99, 60},
                                            {{8, 8}, {32}, {32}, 8, 8, 8e-3, 0.99, 60},
                                            {{8, 16}, {64}, {64}, 16, 10, 4e-3, 0.99, 60},
                                            {{16, 32}, {64}, {64}, 16, 12, 4e-3, 0.995, 100}}};
  return (choice.network == TrainNetwork::conv ? conv : dense)[static_cast<std::size_t>(choice.size)];
}

// What the usual learning rate is multiplied by; tried with the small dense network.
constexpr std::array kRateFactors{1.0f, 1.0f, 0.5f, 0.25f};
static_assert(kRateFactors.size() == kTrainOptimizers.size(), "one for each of kTrainOptimizers");

struct DataRow {
  std::string_view pack, name;
};
constexpr std::array<DataRow, 3> kData{{{"fashion-mnist", "fashion"}, {"mnist", "digits"}, {"own", "own-images"}}};

constexpr std::uint32_t kPackImages = 10000, kHeldOut = 500;  // images that only measure the loss
constexpr int kMostOwnClasses = 64, kBag = 8, kSneaker = 7;
constexpr int kGoingOnEpochs = 8, kGoingOnWarmup = 20;  // from weights that are trained already
constexpr double kGoingOnDecay = 0.99;

Json list_json(const std::vector<int>& values) {
  Json list{Json::Array{}};
  for (const int value : values) list.push(value);
  return list;
}

// The number that the float is written as: 0.004, not 0.0040000001899898052.
double as_written(float value) { return parse_number(text(value)).value_or(double{value}); }

template <std::size_t N>
std::uint8_t row_in(const std::array<std::string_view, N>&, std::uint8_t row) {
  return row < N ? row : std::uint8_t{0};
}

// A product with the float 1e-5 would turn 0.002 into 0.0019999999.
float rounded_rate(float rate) {
  constexpr double kStepsInOne = 1e5;
  const double clamped = std::clamp(double{rate}, double{kSlowestRate}, double{kFastestRate});
  return static_cast<float>(std::round(clamped * kStepsInOne) / kStepsInOne);
}

float bounded_number(float value, float low, float high, float usual) {
  return std::isfinite(value) ? std::clamp(value, low, high) : usual;
}

std::string_view recipe_name(const TrainChoice& choice) {
  if (choice.data == TrainData::digits) return "mnist-vae-2d";
  return choice.network == TrainNetwork::conv ? "fashion-conv-vae-2d" : "fashion-dense-vae-2d";
}

void set_network(const TrainChoice& choice, Json& settings) {
  const SizeRow& size = size_row(choice);
  const bool conv = choice.network == TrainNetwork::conv;
  settings.set("recipe", recipe_name(choice)).set("architecture", conv ? "conv" : "dense");
  if (conv) settings.set("channels", list_json(size.channels));
  settings.set("activation", kTrainActivations[choice.activation]);
  settings.set("hidden", list_json(size.hidden)).set("decoder_hidden", list_json(size.decoder_hidden));
  settings.set("fourier_features", size.fourier_features).set("fourier_scale", 1);
  settings.set("latent_dim", int{choice.latent_dim}).set("variational", choice.variational);
}

// How the network is trained; all but the epochs only where it differs from the usual choice, if the recipe of the
// model to go on from says the rest.
void set_training(const TrainChoice& choice, bool going_on, Json& settings) {
  const TrainChoice usual;
  const SizeRow& size = size_row(choice);
  const auto set = [&](bool chosen, std::string_view name, Json value) {
    if (chosen || !going_on) settings.set(name, std::move(value));
  };
  if (choice.variational) settings.set("beta", as_written(choice.beta));
  settings.set("epochs", going_on && choice.epochs == 0 ? kGoingOnEpochs : epochs_of(choice));
  set(choice.batch_size != usual.batch_size, "batch_size", int{choice.batch_size});
  set(choice.learning_rate > 0, "learning_rate", as_written(learning_rate_of(choice)));
  set(choice.optimizer != usual.optimizer, "optimizer", kTrainOptimizers[choice.optimizer]);
  settings.set("schedule", "cosine").set("warmup_steps", going_on ? kGoingOnWarmup : size.warmup_steps);
  settings.set("average_decay", going_on ? kGoingOnDecay : size.average_decay);
  if (choice.noise != usual.noise)
    settings.set("corruption", kTrainNoises[choice.noise]).set("corruption_level", as_written(choice.noise_level));
  settings.set("seed", choice.seed);
}

void set_images(const TrainChoice& choice, const TrainImages& own, Json& settings) {
  const std::uint32_t all = choice.data == TrainData::own ? own.count : kPackImages, images = images_of(choice, own);
  if (images < all) settings.set("first", images);
  settings.set("validation_images", std::min(kHeldOut, images / 10));
  if (choice.leave_out >= 0) settings.set("leave_out", train_class_name(choice, choice.leave_out, own));
  if (choice.only >= 0) settings.set("leave_out", text("all,-", train_class_name(choice, choice.only, own)));
}

}  // namespace

TrainChoice bounded(TrainChoice choice) {
  const TrainChoice usual;
  const auto larger = std::ranges::upper_bound(kTrainDimensions, choice.latent_dim);
  choice.latent_dim = larger == kTrainDimensions.begin() ? kTrainDimensions.front() : *std::prev(larger);
  choice.beta = bounded_number(choice.beta, 0, kLargestBeta, usual.beta);
  choice.epochs = static_cast<std::uint8_t>(std::min<int>(choice.epochs, kMostTrainEpochs));
  const int classes = choice.data == TrainData::own ? kMostOwnClasses : kTrainClasses;
  choice.leave_out = static_cast<std::int8_t>(std::clamp<int>(choice.leave_out, -1, classes - 1));
  choice.only = static_cast<std::int8_t>(std::clamp<int>(choice.only, -1, classes - 1));
  if (choice.only >= 0) choice.leave_out = -1;
  if (!(choice.learning_rate > 0))
    choice.learning_rate = 0;
  else
    choice.learning_rate = rounded_rate(choice.learning_rate);
  choice.batch_size = static_cast<std::uint16_t>(std::clamp<int>(choice.batch_size, kSmallestBatch, kLargestBatch));
  choice.optimizer = row_in(kTrainOptimizers, choice.optimizer);
  choice.activation = row_in(kTrainActivations, choice.activation);
  choice.noise = row_in(kTrainNoises, choice.noise);
  choice.noise_level =
      choice.noise == 0 ? usual.noise_level : bounded_number(choice.noise_level, 0, 1, usual.noise_level);
  if (choice.images > 0) choice.images = std::clamp(choice.images, kFewestTrainImages, kMostTrainImages);
  if (choice.data != TrainData::own && choice.images >= kPackImages) choice.images = 0;
  return choice;
}

int epochs_of(const TrainChoice& choice) { return choice.epochs > 0 ? choice.epochs : size_row(choice).epochs; }

float learning_rate_of(const TrainChoice& choice) {
  if (choice.learning_rate > 0) return choice.learning_rate;
  return static_cast<float>(size_row(choice).learning_rate) * kRateFactors[choice.optimizer];
}

std::uint32_t images_of(const TrainChoice& choice, const TrainImages& own) {
  const std::uint32_t all = choice.data == TrainData::own ? own.count : kPackImages;
  return choice.images > 0 ? std::min(choice.images, all) : all;
}

std::string train_class_name(const TrainChoice& choice, int c, const TrainImages& own) {
  const auto at = static_cast<std::size_t>(c);
  if (choice.data == TrainData::own) return at < own.class_names.size() ? own.class_names[at] : text(c);
  return texts::train_class(static_cast<std::size_t>(choice.data), c);
}

int train_classes(const TrainChoice& choice, const TrainImages& own) {
  return choice.data == TrainData::own ? static_cast<int>(own.class_names.size()) : kTrainClasses;
}

std::string trained_name(const TrainChoice& choice, bool going_on) {
  const std::string_view data = kData[static_cast<std::size_t>(choice.data)].name;
  if (going_on) return text(data, "-continued");
  return text(data, choice.variational ? "-vae-" : "-ae-", int{choice.latent_dim}, 'd');
}

std::string training_settings(const TrainChoice& choice, const TrainImages& own, bool going_on) {
  Json settings, all;
  if (!going_on) set_network(choice, settings);
  set_training(choice, going_on, settings);
  set_images(choice, own, settings);
  all.set("data", kData[static_cast<std::size_t>(choice.data)].pack);
  all.set("name", trained_name(choice, going_on));
  return all.set("settings", std::move(settings)).dump();
}

TrainChoice mission(std::size_t which, const TrainChoice& now) {
  TrainChoice choice{.data = now.data, .seed = now.seed};
  switch (which) {
    case 1: choice.beta = kLargestBeta; break;
    case 2: choice.variational = false; break;
    case 3: choice.data = TrainData::fashion, choice.leave_out = kBag; break;
    case 4: choice.data = TrainData::fashion, choice.only = kSneaker; break;
    case 5: choice.size = TrainSize::tiny; break;
    default: break;
  }
  return choice;
}

}  // namespace loom
