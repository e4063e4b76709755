// The end of a training run: results on the test set, the weight file, its model card.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/training/train_options.h"
#include "core/parallel.h"
#include "data/dataset.h"
#include "model/pca.h"
#include "train/replay.h"
#include "train/run_record.h"

namespace loom {

// What all seeds of a command share.
struct Task {
  const TrainOptions& options;
  const Dataset& data;
  const std::optional<Dataset>& test;
  ThreadPool& pool;
  std::optional<Model> start = {};   // the model whose weights a run starts from
  std::string started_from = {};  // SHA-256 of its file
};

struct Trained {
  Model model;
  std::vector<EpochReport> history;
  const PrincipalComponents* pca = nullptr;
  double seconds = 0;  // beside those of the history
};

// The path with another ending.
std::string with_ending(const std::string& path, const std::string& ending);

// Writes `out` and the card beside it and returns the test figures (null without a test set). `repeats` holds the
// figures of other seeds, or is null.
Json write_trained(const Task&, const Recipe&, const std::string& out, const Trained&, const Json& repeats);

}  // namespace loom
