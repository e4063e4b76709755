#include "train/optimizer.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>

#include "random_matrix.h"

namespace loom {
namespace {

using Scalars = std::vector<Scalar>;

Scalars random_numbers(std::size_t size, std::uint64_t key) {
  const Matrix m = random_matrix(1, static_cast<Index>(size), key);
  return {m.data(), m.data() + m.size()};
}

// Tensors of these sizes, as a model would list them.
struct Tensors {
  std::vector<Scalars> storage;

  Tensors(const std::vector<std::size_t>& sizes, std::uint64_t key) {
    for (const std::size_t size : sizes) storage.push_back(random_numbers(size, key++));
  }
  std::vector<Parameter> list() {
    std::vector<Parameter> parameters;
    for (Scalars& numbers : storage) parameters.push_back({"t", {static_cast<Index>(numbers.size())}, numbers});
    return parameters;
  }
};

// Sizes around the 16384 of a block, so that several threads have work and the last block is short.
const std::vector<std::size_t> kSizes = {40000, 7, 16384, 16385};

}  // namespace

TEST_CASE("adam: the first step is lr g / (|g| + epsilon)") {
  Scalars weights = {1, 1, 1, 1}, gradient = {3, -0.5f, 1e-8f, 0};
  const std::vector<Parameter> list{{"w", {4}, weights}}, gradients{{"w", {4}, gradient}};
  OptimizerState state = make_optimizer_state(find_optimizer("adam"), list, false);
  ThreadPool pool(1);
  optimizer_step({}, {.learning_rate = 0.1}, list, {gradients}, state, pool);
  CHECK(weights[0] == doctest::Approx(0.9));
  CHECK(weights[1] == doctest::Approx(1.1));
  CHECK(weights[2] == doctest::Approx(0.95).epsilon(1e-5));  // |g| = epsilon
  CHECK(weights[3] == 1);
  CHECK(gradient == Scalars(4, 0));
}

TEST_CASE("adam: all tensors of a step count as one step") {
  Tensors weights({5, 5}, 1), gradients({5, 5}, 3);
  const Tensors before = weights;
  gradients.storage[1] = gradients.storage[0];
  OptimizerState state = make_optimizer_state(find_optimizer("adam"), weights.list(), false);
  ThreadPool pool(1);
  for (Index step = 1; step <= 3; ++step) {
    const Tensors g = gradients;
    optimizer_step({}, {.learning_rate = 0.1}, weights.list(), {gradients.list()}, state, pool);
    gradients = g;
    CHECK(state.steps == step);
  }
  // A constant gradient moves every weight by the learning rate each step; counted per tensor it would not.
  for (std::size_t t = 0; t < 2; ++t)
    for (std::size_t i = 0; i < 5; ++i)
      CHECK(std::abs(before.storage[t][i] - weights.storage[t][i]) == doctest::Approx(0.3).epsilon(1e-5));
}

TEST_CASE("adam: equals the textbook algorithm in double precision over 50 steps") {
  constexpr double kRate = 1e-2, kBeta1 = 0.8, kBeta2 = 0.95, kEpsilon = 1e-6;
  Tensors weights({20}, 1);
  OptimizerState state = make_optimizer_state(find_optimizer("adam"), weights.list(), false);
  ThreadPool pool(1);
  std::vector<double> w(weights.storage[0].begin(), weights.storage[0].end()), m(20), v(20);
  for (int t = 1; t <= 50; ++t) {
    Tensors gradients({20}, static_cast<std::uint64_t>(100 + t));
    for (std::size_t i = 0; i < 20; ++i) {
      const auto g = static_cast<double>(gradients.storage[0][i]);
      m[i] = kBeta1 * m[i] + (1 - kBeta1) * g;
      v[i] = kBeta2 * v[i] + (1 - kBeta2) * g * g;
      w[i] -= kRate * (m[i] / (1 - std::pow(kBeta1, t))) / (std::sqrt(v[i] / (1 - std::pow(kBeta2, t))) + kEpsilon);
    }
    optimizer_step({.beta1 = kBeta1, .beta2 = kBeta2, .epsilon = kEpsilon}, {.learning_rate = kRate}, weights.list(),
                   {gradients.list()}, state, pool);
  }
  for (std::size_t i = 0; i < 20; ++i) CHECK(std::abs(static_cast<double>(weights.storage[0][i]) - w[i]) < 2e-6);
}

TEST_CASE("adam: chunks are summed in order, by any number of threads, with and without clipping") {
  for (const double clip : {0.0, 1.0}) {
    const auto run = [&](int threads, std::size_t chunk_count) {
      Tensors weights(kSizes, 1);
      OptimizerState state = make_optimizer_state(find_optimizer("adam"), weights.list(), true);
      ThreadPool pool(threads);
      double norms = 0;
      for (std::uint64_t step = 0; step < 3; ++step) {
        std::vector<Tensors> chunks;
        for (std::uint64_t c = 0; c < 3; ++c) chunks.emplace_back(kSizes, 10 * (step + 1) + 100 * c);
        if (chunk_count == 1) {  // the same sum in the same order, done here
          for (std::size_t c = 1; c < 3; ++c)
            for (std::size_t t = 0; t < kSizes.size(); ++t)
              for (std::size_t i = 0; i < kSizes[t]; ++i) chunks[0].storage[t][i] += chunks[c].storage[t][i];
          chunks.erase(chunks.begin() + 1, chunks.end());
        }
        std::vector<std::vector<Parameter>> gradients;
        for (Tensors& chunk : chunks) gradients.push_back(chunk.list());
        norms += optimizer_step({}, {.clip_norm = clip, .average_decay = 0.9}, weights.list(), gradients, state, pool);
        for (const Tensors& chunk : chunks)
          for (const Scalars& numbers : chunk.storage) CHECK(numbers == Scalars(numbers.size(), 0));
      }
      return std::tuple(weights.storage, state.first, state.second, state.average, norms);
    };
    const auto one = run(1, 3);
    CHECK(run(1, 1) == one);
    CHECK(run(2, 3) == one);
    CHECK(run(3, 3) == one);
  }
}

TEST_CASE("adam: gradients above the clip norm are scaled down to it, others stay unchanged") {
  const auto run = [](double clip, Scalar scale, double& norm) {
    Scalars weights = {0, 0, 0}, first = {3 * scale, 0}, second = {4 * scale};
    const std::vector<Parameter> list{{"a", {2}, std::span(weights).first(2)}, {"b", {1}, std::span(weights).last(1)}};
    OptimizerState state = make_optimizer_state(find_optimizer("adam"), list, false);
    ThreadPool pool(1);
    norm = optimizer_step({}, {.clip_norm = clip}, list, {{{"a", {2}, first}, {"b", {1}, second}}}, state, pool);
    return state.first;  // a tenth of the gradient that was used
  };
  double norm = 0;
  const Scalars clipped = run(1, 1, norm);
  CHECK(norm == doctest::Approx(5));  // before clipping
  CHECK(clipped[0] == doctest::Approx(0.06));
  CHECK(clipped[2] == doctest::Approx(0.08));
  CHECK(run(6, 1, norm)[2] == doctest::Approx(0.4));
  CHECK(norm == doctest::Approx(5));
  CHECK(run(0, 1, norm)[2] == doctest::Approx(0.4));
  CHECK(norm == doctest::Approx(5));  // also when clipping is off
}

TEST_CASE("adam: the average starts at the weights and decays by min(decay, (1 + t) / (10 + t))") {
  Tensors weights({6}, 1);
  std::vector<double> wanted(weights.storage[0].begin(), weights.storage[0].end());
  OptimizerState state = make_optimizer_state(find_optimizer("adam"), weights.list(), true);
  CHECK(state.average == weights.storage[0]);
  ThreadPool pool(1);
  for (int t = 1; t <= 5; ++t) {
    Tensors gradients({6}, 7);
    optimizer_step({}, {.learning_rate = 0.5, .average_decay = 0.3}, weights.list(), {gradients.list()}, state, pool);
    const double decay = std::min(0.3, (1.0 + t) / (10.0 + t));
    for (std::size_t i = 0; i < 6; ++i)
      wanted[i] = decay * wanted[i] + (1 - decay) * static_cast<double>(weights.storage[0][i]);
  }
  for (std::size_t i = 0; i < 6; ++i)
    CHECK(static_cast<double>(state.average[i]) == doctest::Approx(wanted[i]).epsilon(1e-5));
  CHECK(make_optimizer_state(find_optimizer("adam"), weights.list(), false).average.empty());
}

TEST_CASE("optimizer: the gradients of all chunks are added in order into the first; the others become zero") {
  Scalars a = {1, 2}, b = {10, 20}, c = {100, 200};
  ThreadPool pool(1);
  const double norm = sum_gradients({{{"w", {2}, a}}, {{"w", {2}, b}}, {{"w", {2}, c}}}, pool);
  CHECK(a == Scalars{111, 222});
  CHECK(b == Scalars{0, 0});
  CHECK(c == Scalars{0, 0});
  CHECK(norm == doctest::Approx(std::sqrt(111.0 * 111 + 222.0 * 222)));
}

TEST_CASE("optimizer: the factor of clipping") {
  CHECK(clip_factor(5, 0) == 1);
  CHECK(clip_factor(5, 10) == 1);
  CHECK(clip_factor(5, 1) == doctest::Approx(0.2).epsilon(1e-6));
}

TEST_CASE("optimizer: a gradient is scaled, applied, counted and set to zero") {
  Scalars weights = {1, 1}, gradient = {4, -8};
  const std::vector<Parameter> list{{"w", {2}, weights}}, gradients{{"w", {2}, gradient}};
  OptimizerState state = make_optimizer_state(find_optimizer("sgd"), list, true);
  ThreadPool pool(1);
  apply_gradient({.optimizer = &find_optimizer("sgd")}, {.learning_rate = 0.5, .average_decay = 0.25}, 0.25, list,
                 gradients, state, pool);
  CHECK(weights == Scalars{0.5f, 2});
  CHECK(gradient == Scalars{0, 0});
  CHECK(state.steps == 1);
  CHECK(state.average[0] == doctest::Approx((2.0 / 11) * 1 + (9.0 / 11) * 0.5));  // (1 + t) / (10 + t) = 2 / 11
}

// The square of 1e20 is beyond float, so that the second moment would be infinite although the gradient is not.
TEST_CASE("optimizer: a gradient that is not finite changes neither weights nor state") {
  for (const Scalar bad : {std::numeric_limits<Scalar>::infinity(), std::numeric_limits<Scalar>::quiet_NaN(), 1e20f})
    for (const double clip : {0.0, 1.0}) {
      CAPTURE(bad);
      Scalars weights = {1, 2}, first = {0.5f, 0}, second = {0, bad};
      const std::vector<Parameter> list{{"w", {2}, weights}};
      OptimizerState state = make_optimizer_state(find_optimizer("adam"), list, true);
      ThreadPool pool(1);
      const double norm =
          optimizer_step({}, {.clip_norm = clip}, list, {{{"w", {2}, first}}, {{"w", {2}, second}}}, state, pool);
      CHECK_FALSE(std::isfinite(norm));
      CHECK(weights == Scalars{1, 2});
      CHECK(state.steps == 0);
      CHECK(state.first == Scalars{0, 0});
      CHECK(state.second == Scalars{0, 0});
      CHECK(state.average == Scalars{1, 2});
      CHECK(first == Scalars{0, 0});
      CHECK(second == Scalars{0, 0});
    }
}

// A new row needs no case of its own here; one that does not descend, or whose moments are declared wrongly, fails.
TEST_CASE("optimizer: every optimiser decreases the loss and keeps the moments that its row states") {
  for (const Optimizer& optimizer : optimizers()) {
    CAPTURE(optimizer.name);
    CHECK(&find_optimizer(optimizer.name) == &optimizer);
    CHECK(!optimizer.what.empty());
    Scalars weights = {3, -2, 0.5f}, gradient(3);
    const std::vector<Parameter> list{{"w", {3}, weights}}, gradients{{"w", {3}, gradient}};
    OptimizerState state = make_optimizer_state(optimizer, list, false);
    CHECK(state.first.size() == (optimizer.keeps_first ? 3 : 0));
    CHECK(state.second.size() == (optimizer.keeps_second ? 3 : 0));
    ThreadPool pool(1);
    for (int step = 0; step < 400; ++step) {  // of the loss |w|^2 / 2, whose gradient is w
      gradient = weights;
      optimizer_step({.optimizer = &optimizer}, {.learning_rate = 0.02}, list, {gradients}, state, pool);
    }
    for (const Scalar w : weights) CHECK(std::abs(w) < 0.1f);
  }
}

}  // namespace loom
