#include "train/adam.h"

#include <algorithm>
#include <cmath>

namespace loom {
namespace {

// Tensors are cut into blocks of at most this many numbers: enough to share among threads, small enough for the cache.
constexpr std::size_t kBlock = 16384;

struct Block {
  std::size_t tensor, begin, size;  // within the tensor
  std::size_t offset;               // within the flat moments
};

std::vector<Block> cut_blocks(const std::vector<Parameter>& weights) {
  std::vector<Block> blocks;
  std::size_t offset = 0;
  for (std::size_t t = 0; t < weights.size(); ++t)
    for (std::size_t begin = 0; begin < weights[t].value.size(); begin += kBlock) {
      const std::size_t size = std::min(kBlock, weights[t].value.size() - begin);
      blocks.push_back({t, begin, size, offset});
      offset += size;
    }
  return blocks;
}

// Adds the gradients of all chunks into the first one and zeroes the others.
void sum_chunks(const Block& b, const std::vector<std::vector<Parameter>>& gradients) {
  Scalar* sum = gradients[0][b.tensor].value.data() + b.begin;
  for (std::size_t chunk = 1; chunk < gradients.size(); ++chunk) {
    Scalar* g = gradients[chunk][b.tensor].value.data() + b.begin;
    for (std::size_t i = 0; i < b.size; ++i) {
      sum[i] += g[i];
      g[i] = 0;
    }
  }
}

double squared_norm(const Scalar* g, std::size_t size) {
  constexpr std::size_t kLanes = 16;
  Scalar lanes[kLanes] = {};
  std::size_t i = 0;
  for (; i + kLanes <= size; i += kLanes)
    for (std::size_t k = 0; k < kLanes; ++k) lanes[k] += g[i + k] * g[i + k];
  for (; i < size; ++i) lanes[0] += g[i] * g[i];
  double sum = 0;
  for (const Scalar lane : lanes) sum += static_cast<double>(lane);
  return sum;
}

// The numbers of one step, rounded to Scalar once.
struct Update {
  Scalar beta1, beta2, rate, root_correction, epsilon, clip, decay;
};

void update_block(const Update& u, Scalar* w, Scalar* g, Scalar* m, Scalar* v, Scalar* average, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    const Scalar gradient = g[i] * u.clip;
    g[i] = 0;
    m[i] = u.beta1 * m[i] + (1 - u.beta1) * gradient;
    v[i] = u.beta2 * v[i] + (1 - u.beta2) * gradient * gradient;
    w[i] -= u.rate * m[i] / (std::sqrt(v[i]) * u.root_correction + u.epsilon);
  }
  if (!average) return;
  for (std::size_t i = 0; i < size; ++i) average[i] = u.decay * average[i] + (1 - u.decay) * w[i];
}

}  // namespace

AdamState make_adam_state(const std::vector<Parameter>& weights, bool keep_average) {
  AdamState state;
  for (const Parameter& p : weights)
    if (keep_average) state.average.insert(state.average.end(), p.value.begin(), p.value.end());
  std::size_t count = 0;
  for (const Parameter& p : weights) count += p.value.size();
  state.m.assign(count, 0);
  state.v.assign(count, 0);
  return state;
}

double adam_step(const AdamConfig& config, const StepOptions& options, const std::vector<Parameter>& weights,
                 const std::vector<std::vector<Parameter>>& gradients, AdamState& state, ThreadPool& pool) {
  const std::vector<Block> blocks = cut_blocks(weights);
  const auto count = static_cast<Index>(blocks.size());
  std::vector<double> norms(blocks.size(), 0.0);
  double clip = 1, norm = 0;
  if (options.clip_norm > 0) {
    pool.run(count, [&](Index i) {
      const Block& b = blocks[static_cast<std::size_t>(i)];
      sum_chunks(b, gradients);
      norms[static_cast<std::size_t>(i)] = squared_norm(gradients[0][b.tensor].value.data() + b.begin, b.size);
    });
    for (const double part : norms) norm += part;
    norm = std::sqrt(norm);
    clip = std::min(1.0, options.clip_norm / (norm + 1e-6));
  }

  const auto t = static_cast<double>(++state.steps);
  const Update update{
      .beta1 = static_cast<Scalar>(config.beta1),
      .beta2 = static_cast<Scalar>(config.beta2),
      .rate = static_cast<Scalar>(options.learning_rate / (1 - std::pow(config.beta1, t))),
      .root_correction = static_cast<Scalar>(1 / std::sqrt(1 - std::pow(config.beta2, t))),
      .epsilon = static_cast<Scalar>(config.epsilon),
      .clip = static_cast<Scalar>(clip),
      .decay = static_cast<Scalar>(std::min(options.average_decay, (1 + t) / (10 + t))),
  };
  pool.run(count, [&](Index i) {
    const Block& b = blocks[static_cast<std::size_t>(i)];
    if (options.clip_norm <= 0) sum_chunks(b, gradients);
    update_block(update, weights[b.tensor].value.data() + b.begin, gradients[0][b.tensor].value.data() + b.begin,
                 state.m.data() + b.offset, state.v.data() + b.offset,
                 state.average.empty() ? nullptr : state.average.data() + b.offset, b.size);
  });
  return norm;
}

}  // namespace loom
