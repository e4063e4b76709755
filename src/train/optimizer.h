// Optimisers over all tensors of a model in one call, so that the step counter cannot advance once per tensor. The same
// pass adds up the chunk gradients, clips, and keeps the average of the weights: every number of the model is read and
// written once a step. A new optimiser is a row in the table of optimizer.cpp.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/parallel.h"
#include "core/parameter.h"

namespace loom {

// The numbers of one step, rounded to Scalar once.
struct OptimizerStep {
  Scalar rate;  // learning rate
  Scalar momentum;  // decay of the first moment
  Scalar square_decay;  // decay of the second moment
  Scalar first_correction;  // 1 / (1 - momentum^t), undoes the bias of a moment that started at 0
  Scalar root_correction;  // 1 / sqrt(1 - square_decay^t)
  Scalar epsilon, weight_decay;
};

struct Optimizer {
  std::string_view name;
  std::string_view what;  // one line for people
  double momentum, square_decay;  // what is usual
  bool keeps_first, keeps_second;  // moments
  // w := next, from gradients g and moments m, v of `size` numbers; moments that are not kept are null.
  void (*update)(const OptimizerStep&, Scalar* w, const Scalar* g, Scalar* m, Scalar* v, std::size_t size);
};

std::span<const Optimizer> optimizers();
const Optimizer& find_optimizer(std::string_view name);  // throws Error if unknown, naming the known ones

struct OptimizerSettings {
  const Optimizer* optimizer = &find_optimizer("adam");
  double momentum = optimizer->momentum;
  double square_decay = optimizer->square_decay;
  double epsilon = 1e-8;
  double weight_decay = 0;  // adamw: decoupled (Loshchilov & Hutter 2019); others: added to the gradient
};

// One number per weight each, in the order of the parameter list.
struct OptimizerState {
  std::vector<Scalar> first, second;  // moments; empty if the optimiser keeps none
  std::vector<Scalar> average;  // of the weights; empty if not kept
  Index steps = 0;  // taken so far
};

OptimizerState make_optimizer_state(const Optimizer&, const std::vector<Parameter>& weights, bool keep_average);

struct StepOptions {
  double learning_rate = 1e-3;
  double clip_norm = 0;  // 0: off
  double average_decay = 0;  // towards it; early steps use the smaller (1 + t) / (10 + t), so the start is forgotten
};

// One step. `gradients` holds one list per chunk, parallel to `weights`; their sum, in this order, is the gradient.
// They are zero afterwards, ready for the next batch. Returns the Euclidean norm of the gradient before clipping, or 0
// when clipping is off. The result does not depend on the number of threads.
double optimizer_step(const OptimizerSettings&, const StepOptions&, const std::vector<Parameter>& weights,
                      const std::vector<std::vector<Parameter>>& gradients, OptimizerState&, ThreadPool&);

}  // namespace loom
