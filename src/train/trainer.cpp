#include "train/trainer.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/error.h"
#include "core/rng.h"
#include "core/text.h"
#include "data/batches.h"
#include "train/schedule.h"

namespace loom {
namespace {

// The validation part is the same for every training seed, so that results of several seeds can be compared.
constexpr std::uint64_t kSplitSeed = 0;

// The noise of an image depends only on its number and on the epoch (through first_key), not on its batch or chunk.
void fill_noise(std::span<const Index> images, std::uint64_t seed, std::uint64_t first_key, Matrix& eps) {
  for (Index row = 0; row < eps.rows(); ++row) {
    const auto image = static_cast<std::uint64_t>(images[static_cast<std::size_t>(row)]);
    Rng rng(seed, Stream::posterior, first_key + image);
    for (Index d = 0; d < eps.cols(); ++d) eps(row, d) = static_cast<Scalar>(rng.normal());
  }
}

// Begins a setting leave_out that keeps a single class.
constexpr std::string_view kAllBut = "all,-";

// The label of a class that is given by name or by number and has images.
std::uint8_t class_number(const Dataset& dataset, std::string_view wanted) {
  std::vector<std::string> names = dataset.class_names;
  const auto labels = dataset.labels.empty() ? 0 : *std::ranges::max_element(dataset.labels) + std::size_t{1};
  while (names.size() < labels) names.push_back(text(names.size()));
  const int label = find_class(names, wanted, "leave_out");
  if (std::ranges::count(dataset.labels, label) == 0)
    fail("leave_out: no image of ", dataset.images_path, " is of the class '", wanted, "'");
  return static_cast<std::uint8_t>(label);
}

// Removes a class, or all others.
void remove_classes(const Dataset& dataset, std::uint8_t label, bool others, std::vector<Index>& images) {
  std::erase_if(images, [&](Index i) { return (dataset.labels[static_cast<std::size_t>(i)] == label) != others; });
}

}  // namespace

TrainingSplit training_images(const Dataset& dataset, const TrainConfig& config) {
  TrainingSplit split = split_training_set(dataset.size(), config.validation_images, kSplitSeed);
  if (config.leave_out.empty()) return split;
  const bool others = config.leave_out.starts_with(kAllBut);
  const std::string_view name = std::string_view(config.leave_out).substr(others ? kAllBut.size() : 0);
  const std::uint8_t label = class_number(dataset, name);
  remove_classes(dataset, label, others, split.training);
  remove_classes(dataset, label, others, split.validation);
  if (split.training.empty()) fail(dataset.images_path, ": no image is left without the classes that are left out");
  return split;
}

TrainState make_train_state(Model model, const TrainConfig& config) {
  TrainState state;
  state.optimizer = make_optimizer_state(find_optimizer(config.optimizer), parameters(model), config.average_decay > 0);
  state.model = std::move(model);
  return state;
}

Trainer::Trainer(const Dataset& dataset, const TrainConfig& config, TrainState state, ThreadPool& pool,
                 const Dataset* watched)
    : dataset_(dataset), config_(config), state_(std::move(state)), pool_(pool), watched_(watched) {
  check_config(config);
  settings_ = optimizer_settings(config);
  noise_ = config_noise(config);
  if (dataset.shape != state_.model.spec.image)
    fail(dataset.images_path, ": images are ", image_shape_text(dataset.shape), ", the model wants ",
         image_shape_text(state_.model.spec.image));
  TrainingSplit split = training_images(dataset, config);
  training_ = std::move(split.training);
  validation_ = std::move(split.validation);
  steps_per_epoch_ = batch_count(static_cast<Index>(training_.size()), config.batch_size);

  chunks_.resize(static_cast<std::size_t>(batch_count(config.batch_size, config.chunk_size)));
  for (Chunk& chunk : chunks_) {
    chunk.gradient = zero_gradient(state_.model);
    gradients_.push_back(parameters(chunk.gradient));
  }
  weights_ = parameters(state_.model);
  if (state_.step == 0 && state_.replay.empty() && keeps_frame(0))
    state_.replay.push_back({0, replay_means(shipped_model(), *watched_, pool_)});
}

void Trainer::accumulate(std::span<const Index> batch, std::int64_t epoch) {
  const auto beta = static_cast<Scalar>(beta_at(config_, state_.step, steps_per_epoch_));
  const Scalar weight = Scalar(1) / static_cast<Scalar>(batch.size());
  // Keys have 64 bits, because Index has 32 in WebAssembly and epochs times images can exceed that.
  const std::uint64_t first_key = static_cast<std::uint64_t>(epoch) * static_cast<std::uint64_t>(dataset_.size());
  const Index chunks = batch_count(static_cast<Index>(batch.size()), config_.chunk_size);
  pool_.run(chunks, [&](Index c) {
    Chunk& chunk = chunks_[static_cast<std::size_t>(c)];
    const std::span<const Index> images = batch_of(batch, config_.chunk_size, c);
    const auto rows = static_cast<Index>(images.size());
    chunk.x.resize(rows, dataset_.shape.size());
    chunk.eps.resize(rows, state_.model.spec.latent_dim);
    fill_images(dataset_, images, MatrixMap(chunk.x.data(), chunk.x.rows(), chunk.x.cols()));
    fill_noise(images, config_.seed, first_key, chunk.eps);
    chunk.noisy = chunk.x;
    add_noise(noise_, config_.seed, images, first_key, chunk.noisy);  // fresh in every epoch
    chunk.sums = evaluate(state_.model, chunk.noisy, chunk.x, chunk.eps, beta, weight, &chunk.gradient, chunk.scratch);
  });
  for (Index c = 0; c < chunks; ++c) state_.running.add(chunks_[static_cast<std::size_t>(c)].sums);
}

bool Trainer::step() {
  const auto start = std::chrono::steady_clock::now();
  const std::int64_t epoch = state_.step / steps_per_epoch_, batch = state_.step % steps_per_epoch_;
  const bool ends_epoch = batch + 1 == steps_per_epoch_;
  const Before before = remember(ends_epoch);
  if (order_epoch_ != epoch) {
    order_ = epoch_order(training_, config_.seed, static_cast<Index>(epoch));
    order_epoch_ = epoch;
  }
  accumulate(batch_of(order_, config_.batch_size, static_cast<Index>(batch)), epoch);
  if (!state_.running.is_finite()) take_back(before, "the loss is not finite");

  const StepOptions options{.learning_rate = learning_rate_at(config_, state_.step, total_steps()),
                            .clip_norm = config_.clip_norm,
                            .average_decay = config_.average_decay};
  const double norm = optimizer_step(settings_, options, weights_, gradients_, state_.optimizer, pool_);
  if (!std::isfinite(norm)) take_back(before, "the gradient is not finite");
  ++state_.step;
  state_.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (ends_epoch) finish_epoch(before);
  return ends_epoch;
}

void Trainer::finish_epoch(const Before& before) {
  EpochReport report;
  report.epoch = static_cast<int>(state_.step / steps_per_epoch_);
  report.training = state_.running;
  report.seconds = state_.seconds;
  if (!validation_.empty()) report.validation = evaluate_elbo(shipped_model(), dataset_, validation_, 0, pool_, noise_);
  if (!report.validation.is_finite()) take_back(before, "the validation loss is not finite");
  if (keeps_frame(report.epoch)) {
    ReplayFrame frame{report.epoch, replay_means(shipped_model(), *watched_, pool_)};
    if (!frame.mu.allFinite()) take_back(before, "a code of the replay is not finite");
    state_.replay.push_back(std::move(frame));
  }
  state_.history.push_back(report);
  state_.running = {};
  state_.seconds = 0;
}

bool Trainer::keeps_frame(Index epoch) const {
  return watched_ && is_replay_frame(epoch, config_.epochs, state_.model.spec.latent_dim);
}

Trainer::Before Trainer::remember(bool whole) const {
  Before before{state_.running, state_.seconds, {}, {}};
  if (!whole) return before;
  for (const Parameter& p : weights_) before.weights.insert(before.weights.end(), p.value.begin(), p.value.end());
  before.optimizer = state_.optimizer;
  return before;
}

void Trainer::take_back(const Before& before, std::string_view reason) {
  state_.running = before.running;
  state_.seconds = before.seconds;
  if (!before.weights.empty()) {
    const Scalar* from = before.weights.data();
    for (const Parameter& p : weights_) {
      std::copy(from, from + p.value.size(), p.value.begin());
      from += p.value.size();
    }
    state_.step = before.optimizer.steps;
    state_.optimizer = before.optimizer;
  }
  for (Chunk& chunk : chunks_) set_zero(chunk.gradient);
  fail("training: ", reason, " at step ", state_.step, " (epoch ", state_.step / steps_per_epoch_ + 1,
       "); a smaller learning rate, warm-up or gradient clipping helps");
}

void Trainer::change(std::string_view setting, double value) {
  TrainConfig changed = config_;
  if (setting == "beta")
    changed.beta = value;
  else if (setting == "learning_rate")
    changed.learning_rate = value;
  else
    fail("training: ", setting, " cannot be changed during a run; beta and learning_rate can");
  check_config(changed);
  config_ = changed;
}

Model Trainer::shipped_model() const {
  Model model = state_.model;
  if (state_.optimizer.average.empty()) return model;
  const Scalar* from = state_.optimizer.average.data();
  for (Parameter& p : parameters(model)) {
    std::copy(from, from + p.value.size(), p.value.begin());
    from += p.value.size();
  }
  return model;
}

}  // namespace loom
