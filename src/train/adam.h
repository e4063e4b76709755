// Adam (Kingma & Ba 2015, algorithm 1, with bias correction) over all tensors of a model in one call, so that the step
// counter cannot advance once per tensor. The same pass adds up the chunk gradients, clips, and keeps the average of
// the weights: every number of the model is read and written once a step.
#pragma once

#include <vector>

#include "core/parallel.h"
#include "core/parameter.h"

namespace loom {

struct AdamConfig {
  double beta1 = 0.9, beta2 = 0.999;
  double epsilon = 1e-8;
};

// One number per weight each, in the order of the parameter list.
struct AdamState {
  std::vector<Scalar> m, v;      // first and second moment
  std::vector<Scalar> average;   // of the weights; empty if not kept
  Index steps = 0;               // taken so far
};

AdamState make_adam_state(const std::vector<Parameter>& weights, bool keep_average);

struct StepOptions {
  double learning_rate = 1e-3;
  double clip_norm = 0;      // 0: off
  double average_decay = 0;  // towards it; early steps use the smaller (1 + t) / (10 + t), so the start is forgotten
};

// One step. `gradients` holds one list per chunk, parallel to `weights`; their sum, in this order, is the gradient.
// They are zero afterwards, ready for the next batch. Returns the Euclidean norm of the gradient before clipping, or 0
// when clipping is off. The result does not depend on the number of threads.
double adam_step(const AdamConfig&, const StepOptions&, const std::vector<Parameter>& weights,
                 const std::vector<std::vector<Parameter>>& gradients, AdamState&, ThreadPool&);

}  // namespace loom
