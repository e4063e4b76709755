#include "train/optimizer.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/arithmetic.h"
#include "core/find_named.h"
#include "core/math.h"

namespace loom {
namespace {

// Tensors are divided into blocks of at most this many numbers, so that there are enough blocks for all threads and
// each fits into the cache.
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

// Portable arithmetic keeps denormals, which are slow, and the moments of a weight without gradient decay through all
// of them. Below these limits, moments change no weight: the step is below 1e-22 where epsilon is 1e-8.
template <bool portable>
[[gnu::always_inline]] inline Scalar first_moment(Scalar m) {
  constexpr Scalar kLeast = Scalar(1e-30);
  return portable && m < kLeast && m > -kLeast ? 0 : m;
}
template <bool portable>
[[gnu::always_inline]] inline Scalar second_moment(Scalar v) {
  constexpr Scalar kLeast = Scalar(1e-36);
  return portable && v < kLeast ? 0 : v;
}

// Kingma & Ba 2015, algorithm 1, with bias correction.
template <bool decoupled, bool portable>
void adam_in(const OptimizerStep& u, Scalar* w, const Scalar* g, Scalar* m, Scalar* v, std::size_t size) {
  const Scalar keep = decoupled ? 1 - u.lr * u.weight_decay : 1, added = decoupled ? 0 : u.weight_decay;
  const Scalar lr = u.lr * u.bias_correction1;
  for (std::size_t i = 0; i < size; ++i) {
    const Scalar gradient = g[i] + added * w[i];
    m[i] = first_moment<portable>(u.beta1 * m[i] + (1 - u.beta1) * gradient);
    const Scalar factor = without_negligible<portable>(gradient);
    v[i] = second_moment<portable>(u.beta2 * v[i] + (1 - u.beta2) * factor * factor);
    w[i] = keep * w[i] - lr * m[i] / (std::sqrt(v[i]) * u.bias_correction2_rsqrt + u.epsilon);
  }
}

template <bool decoupled>
void adam(const OptimizerStep& u, Scalar* w, const Scalar* g, Scalar* m, Scalar* v, std::size_t size) {
  is_portable() ? adam_in<decoupled, true>(u, w, g, m, v, size) : adam_in<decoupled, false>(u, w, g, m, v, size);
}

// Tieleman & Hinton 2012, lecture 6.5, with momentum on the scaled gradient and epsilon outside the root, as in
// PyTorch.
void rmsprop(const OptimizerStep& u, Scalar* w, const Scalar* g, Scalar* m, Scalar* v, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    const Scalar gradient = g[i] + u.weight_decay * w[i];
    v[i] = u.beta2 * v[i] + (1 - u.beta2) * gradient * gradient;
    m[i] = u.beta1 * m[i] + gradient / (std::sqrt(v[i]) + u.epsilon);
    w[i] -= u.lr * m[i];
  }
}

// Polyak 1964 in PyTorch's form: the velocity is a decaying sum of gradients and is multiplied by the learning rate.
void sgd(const OptimizerStep& u, Scalar* w, const Scalar* g, Scalar* m, Scalar*, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    m[i] = u.beta1 * m[i] + (g[i] + u.weight_decay * w[i]);
    w[i] -= u.lr * m[i];
  }
}

constexpr Optimizer kOptimizers[] = {
    {"adam", "adaptive moments (Kingma & Ba 2015)", 0.9, 0.999, true, true, adam<false>},
    {"adamw", "Adam with decoupled weight decay (Loshchilov & Hutter 2019)", 0.9, 0.999, true, true, adam<true>},
    {"rmsprop", "gradient over its running root mean square (Tieleman & Hinton 2012)", 0, 0.9, true, true, rmsprop},
    {"sgd", "gradient descent with momentum (Polyak 1964)", 0.9, 0, true, false, sgd},
};

double power(double x, std::int64_t n) {
  return is_portable() ? portable_power(x, n) : std::pow(x, static_cast<double>(n));
}

OptimizerStep step_numbers(const OptimizerSettings& settings, double learning_rate, std::int64_t t) {
  return {
      .lr = static_cast<Scalar>(learning_rate),
      .beta1 = static_cast<Scalar>(settings.beta1),
      .beta2 = static_cast<Scalar>(settings.beta2),
      .bias_correction1 = static_cast<Scalar>(1 / (1 - power(settings.beta1, t))),
      .bias_correction2_rsqrt = static_cast<Scalar>(1 / std::sqrt(1 - power(settings.beta2, t))),
      .epsilon = static_cast<Scalar>(settings.epsilon),
      .weight_decay = static_cast<Scalar>(settings.weight_decay),
  };
}

void update_average(Scalar* average, const Scalar* w, Scalar decay, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) average[i] = decay * average[i] + (1 - decay) * w[i];
}

Scalar* at(std::vector<Scalar>& numbers, std::size_t offset) {
  return numbers.empty() ? nullptr : numbers.data() + offset;
}

}  // namespace

std::span<const Optimizer> optimizers() { return kOptimizers; }

const Optimizer& find_optimizer(std::string_view name) { return find_named(kOptimizers, name, "optimizer"); }

OptimizerState make_optimizer_state(const Optimizer& optimizer, const std::vector<Parameter>& weights,
                                    bool keep_average) {
  OptimizerState state;
  std::size_t count = 0;
  for (const Parameter& p : weights) {
    if (keep_average) state.average.insert(state.average.end(), p.value.begin(), p.value.end());
    count += p.value.size();
  }
  if (optimizer.keeps_first) state.first.assign(count, 0);
  if (optimizer.keeps_second) state.second.assign(count, 0);
  return state;
}

double sum_gradients(const std::vector<std::vector<Parameter>>& gradients, ThreadPool& pool) {
  const std::vector<Block> blocks = cut_blocks(gradients[0]);
  std::vector<double> squares(blocks.size(), 0.0);
  pool.run(static_cast<Index>(blocks.size()), [&](Index i) {
    const Block& b = blocks[static_cast<std::size_t>(i)];
    sum_chunks(b, gradients);
    squares[static_cast<std::size_t>(i)] = squared_norm(gradients[0][b.tensor].value.data() + b.begin, b.size);
  });
  double sum = 0;
  for (const double part : squares) sum += part;
  return std::sqrt(sum);
}

double clip_factor(double norm, double clip_norm) {
  constexpr double kTiny = 1e-6;  // as in PyTorch's clip_grad_norm_
  return clip_norm > 0 ? std::min(1.0, clip_norm / (norm + kTiny)) : 1;
}

void apply_gradient(const OptimizerSettings& settings, const StepOptions& options, double clip,
                    const std::vector<Parameter>& weights, const std::vector<Parameter>& gradient,
                    OptimizerState& state, ThreadPool& pool) {
  const std::vector<Block> blocks = cut_blocks(weights);
  const auto t = static_cast<double>(++state.steps);
  const OptimizerStep step = step_numbers(settings, options.learning_rate, state.steps);
  const auto scale = static_cast<Scalar>(clip);
  const auto decay = static_cast<Scalar>(std::min(options.average_decay, (1 + t) / (10 + t)));
  pool.run(static_cast<Index>(blocks.size()), [&](Index i) {
    const Block& b = blocks[static_cast<std::size_t>(i)];
    Scalar *w = weights[b.tensor].value.data() + b.begin, *g = gradient[b.tensor].value.data() + b.begin;
    if (scale < 1)
      for (std::size_t k = 0; k < b.size; ++k) g[k] *= scale;
    settings.optimizer->update(step, w, g, at(state.first, b.offset), at(state.second, b.offset), b.size);
    std::fill_n(g, b.size, Scalar(0));
    if (Scalar* average = at(state.average, b.offset)) update_average(average, w, decay, b.size);
  });
}

double optimizer_step(const OptimizerSettings& settings, const StepOptions& options,
                      const std::vector<Parameter>& weights, const std::vector<std::vector<Parameter>>& gradients,
                      OptimizerState& state, ThreadPool& pool) {
  const double norm = sum_gradients(gradients, pool);
  if (std::isfinite(norm)) {
    apply_gradient(settings, options, clip_factor(norm, options.clip_norm), weights, gradients[0], state, pool);
  } else {
    for (const Parameter& p : gradients[0]) std::fill(p.value.begin(), p.value.end(), Scalar(0));
  }
  return norm;
}

}  // namespace loom
