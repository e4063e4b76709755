// Optimizers, which update all tensors of a model in one call, so that the step counter cannot advance once per
// tensor. A step has three parts that can be called and tested separately: add up the gradients of the chunks, compute
// the clipping factor, update the weights. To add an optimizer, add a row to the table in optimizer.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/parallel.h"
#include "core/parameter.h"

namespace loom {

// The numbers of step t, rounded to Scalar once. Names as in Kingma & Ba 2015, algorithm 1.
struct OptimizerStep {
  Scalar lr;  // learning rate
  Scalar beta1;  // decay of the first moment
  Scalar beta2;  // decay of the second moment
  Scalar bias_correction1;  // 1 / (1 - beta1^t), undoes the bias of a moment that started at 0
  Scalar bias_correction2_rsqrt;  // 1 / sqrt(1 - beta2^t)
  Scalar epsilon, weight_decay;
};

struct Optimizer {
  std::string_view name;
  std::string_view what;  // one-line description
  double beta1, beta2;  // defaults
  bool keeps_first, keeps_second;  // which moments it uses
  // Updates weights w and moments m, v from gradients g, `size` numbers each; moments that are not kept are null.
  void (*update)(const OptimizerStep&, Scalar* w, const Scalar* g, Scalar* m, Scalar* v, std::size_t size);
};

std::span<const Optimizer> optimizers();
const Optimizer& find_optimizer(std::string_view name);  // throws Error if unknown, naming the known ones

struct OptimizerSettings {
  const Optimizer* optimizer = &find_optimizer("adam");
  double beta1 = optimizer->beta1;
  double beta2 = optimizer->beta2;
  double epsilon = 1e-8;
  double weight_decay = 0;  // adamw: decoupled (Loshchilov & Hutter 2019); others: added to the gradient
};

// Each vector has one number per weight, in the order of the parameter list.
struct OptimizerState {
  std::vector<Scalar> first, second;  // moments; empty if the optimizer keeps none
  std::vector<Scalar> average;  // of the weights; empty if not kept
  std::int64_t steps = 0;  // taken so far
};

OptimizerState make_optimizer_state(const Optimizer&, const std::vector<Parameter>& weights, bool keep_average);

struct StepOptions {
  double learning_rate = 1e-3;
  double clip_norm = 0;  // 0: off
  double average_decay = 0;  // early steps use the smaller (1 + t) / (10 + t), to forget the initial weights; 0: off
};

// Part 1. `gradients` holds one list per chunk, parallel to the weights. Adds them up, in order, into the first one,
// sets the others to zero and returns the Euclidean norm of the sum: infinite or NaN if a number or its square is not
// finite. Neither sum nor norm depends on the number of threads.
double sum_gradients(const std::vector<std::vector<Parameter>>& gradients, ThreadPool&);

// Part 2. The factor for gradients of this norm: 1 below clip_norm (or if that is 0), else clip_norm / norm.
double clip_factor(double norm, double clip_norm);

// Part 3. Multiplies the gradient by `clip`, updates the weights, the moments and the average, counts the step, and
// sets the gradient to zero for the next batch. One pass: every number is read and written once.
void apply_gradient(const OptimizerSettings&, const StepOptions&, double clip, const std::vector<Parameter>& weights,
                    const std::vector<Parameter>& gradient, OptimizerState&, ThreadPool&);

// All three parts. Returns the norm before clipping. If it is not finite, weights and state stay unchanged, so that the
// caller can still save them. In either case the gradients are zero afterwards.
double optimizer_step(const OptimizerSettings&, const StepOptions&, const std::vector<Parameter>& weights,
                      const std::vector<std::vector<Parameter>>& gradients, OptimizerState&, ThreadPool&);

}  // namespace loom
