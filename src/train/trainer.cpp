#include "train/trainer.h"

#include <chrono>
#include <cmath>

#include "core/error.h"
#include "core/rng.h"
#include "data/batches.h"
#include "data/split.h"
#include "train/evaluate.h"
#include "train/schedule.h"

namespace loom {
namespace {

// The validation part is the same for every training seed, so that figures of several seeds can be compared.
constexpr std::uint64_t kSplitSeed = 0;

// The noise of an image depends on its number and on the epoch only, not on the batch or chunk it falls into.
void fill_noise(std::span<const Index> images, std::uint64_t seed, Index epoch, Index dataset_size, Matrix& eps) {
  for (Index row = 0; row < eps.rows(); ++row) {
    const Index image = images[static_cast<std::size_t>(row)];
    Rng rng(seed, Stream::posterior, static_cast<std::uint64_t>(epoch * dataset_size + image));
    for (Index d = 0; d < eps.cols(); ++d) eps(row, d) = static_cast<Scalar>(rng.normal());
  }
}

}  // namespace

TrainState make_train_state(Model model, const TrainConfig& config) {
  TrainState state;
  state.adam = make_adam_state(parameters(model), config.average_decay > 0);
  state.model = std::move(model);
  return state;
}

Trainer::Trainer(const Dataset& dataset, const TrainConfig& config, TrainState state, ThreadPool& pool)
    : dataset_(dataset), config_(config), state_(std::move(state)), pool_(pool) {
  check_config(config);
  if (dataset.shape != state_.model.spec.image)
    fail(dataset.images_path, ": images are ", image_shape_text(dataset.shape), ", the model wants ",
         image_shape_text(state_.model.spec.image));
  TrainingSplit split = split_training_set(dataset.size(), config.validation_images, kSplitSeed);
  training_ = std::move(split.training);
  validation_ = std::move(split.validation);
  steps_per_epoch_ = batch_count(static_cast<Index>(training_.size()), config.batch_size);

  chunks_.resize(static_cast<std::size_t>(batch_count(config.batch_size, config.chunk_size)));
  for (Chunk& chunk : chunks_) {
    chunk.gradient = zero_gradient(state_.model);
    gradients_.push_back(parameters(chunk.gradient));
  }
  weights_ = parameters(state_.model);
}

void Trainer::accumulate(std::span<const Index> batch, Index epoch) {
  const auto beta = static_cast<Scalar>(beta_at(config_, state_.step, steps_per_epoch_));
  const Scalar weight = Scalar(1) / static_cast<Scalar>(batch.size());
  const Index chunks = batch_count(static_cast<Index>(batch.size()), config_.chunk_size);
  pool_.run(chunks, [&](Index c) {
    Chunk& chunk = chunks_[static_cast<std::size_t>(c)];
    const std::span<const Index> images = batch_of(batch, config_.chunk_size, c);
    const auto rows = static_cast<Index>(images.size());
    chunk.x.resize(rows, dataset_.shape.size());
    chunk.eps.resize(rows, state_.model.spec.latent_dim);
    fill_images(dataset_, images, MatrixMap(chunk.x.data(), chunk.x.rows(), chunk.x.cols()));
    fill_noise(images, config_.seed, epoch, dataset_.size(), chunk.eps);
    chunk.sums = evaluate(state_.model, chunk.x, chunk.eps, beta, weight, &chunk.gradient, chunk.scratch);
  });
  for (Index c = 0; c < chunks; ++c) state_.running.add(chunks_[static_cast<std::size_t>(c)].sums);
}

bool Trainer::step() {
  const auto start = std::chrono::steady_clock::now();
  const Index epoch = state_.step / steps_per_epoch_;
  if (order_epoch_ != epoch) {
    order_ = epoch_order(training_, config_.seed, epoch);
    order_epoch_ = epoch;
  }
  accumulate(batch_of(order_, config_.batch_size, state_.step % steps_per_epoch_), epoch);
  if (!std::isfinite(state_.running.reconstruction + state_.running.kl))
    fail("training: the loss is not finite at step ", state_.step, " (epoch ", epoch + 1,
         "); a smaller learning rate, warm-up or gradient clipping helps");

  const StepOptions options{.learning_rate = learning_rate_at(config_, state_.step, total_steps()),
                            .clip_norm = config_.clip_norm,
                            .average_decay = config_.average_decay};
  adam_step(AdamConfig{}, options, weights_, gradients_, state_.adam, pool_);
  ++state_.step;
  state_.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (state_.step % steps_per_epoch_ != 0) return false;
  finish_epoch();
  return true;
}

void Trainer::finish_epoch() {
  EpochReport report;
  report.epoch = static_cast<int>(state_.step / steps_per_epoch_);
  report.training = state_.running;
  report.seconds = state_.seconds;
  if (!validation_.empty()) report.validation = evaluate_elbo(shipped_model(), dataset_, validation_, 0, pool_);
  state_.history.push_back(report);
  state_.running = {};
  state_.seconds = 0;
}

Model Trainer::shipped_model() const {
  Model model = state_.model;
  if (state_.adam.average.empty()) return model;
  const Scalar* from = state_.adam.average.data();
  for (Parameter& p : parameters(model)) {
    std::copy(from, from + p.value.size(), p.value.begin());
    from += p.value.size();
  }
  return model;
}

}  // namespace loom
