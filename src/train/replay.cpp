#include "train/replay.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <vector>

#include "core/error.h"
#include "train/evaluate.h"
#include "weights/safetensors.h"

namespace loom {
namespace {

// Largest number of frames times dimensions: half a megabyte per thousand images, so that a replay loads quickly.
constexpr Index kFrameNumbers = 256;

constexpr double kLargestFloat = double{std::numeric_limits<float>::max()};

std::vector<float> history_numbers(const std::vector<EpochReport>& history, Index columns) {
  std::vector<float> numbers;
  for (const EpochReport& report : history) {
    const double values[] = {report.training.mean_reconstruction(), report.training.mean_kl(),
                             report.validation.mean_reconstruction(), report.validation.mean_kl()};
    for (Index c = 0; c < columns; ++c)
      numbers.push_back(static_cast<float>(std::clamp(values[c], -kLargestFloat, kLargestFloat)));
  }
  return numbers;
}

}  // namespace

bool is_replay_frame(Index epoch, Index epochs, Index latent_dim) {
  const Index steps = std::max<Index>(1, std::min(epochs, kFrameNumbers / latent_dim - 1));
  return epoch == 0 || epoch * steps / epochs != (epoch - 1) * steps / epochs;
}

Matrix replay_means(const Model& model, const Dataset& dataset, ThreadPool& pool) {
  std::vector<Index> images(static_cast<std::size_t>(std::min(kReplayImages, dataset.size())));
  std::iota(images.begin(), images.end(), Index{0});
  return encode_images(model, dataset, images, pool).mu;
}

std::vector<std::byte> save_replay(std::string_view name, const std::vector<ReplayFrame>& replay,
                                   const std::vector<EpochReport>& history, const Dataset& watched) {
  if (replay.empty()) fail("replay of ", name, ": there are no frames");
  std::vector<float> mu, epochs;
  for (const ReplayFrame& frame : replay) {
    mu.insert(mu.end(), frame.mu.data(), frame.mu.data() + frame.mu.size());
    epochs.push_back(static_cast<float>(frame.epoch));
  }
  const auto frames = static_cast<Index>(replay.size());
  const Index images = replay[0].mu.rows(), dim = replay[0].mu.cols();
  const Index columns = !history.empty() && history[0].validation.images > 0 ? 4 : 2;
  const std::vector<float> losses = history_numbers(history, columns);
  const std::string where = text("replay of ", name);
  const std::vector<std::byte> mu_bytes = from_floats(mu, DType::f16, where);
  const std::vector<TensorView> tensors{
      {"aux.replay.epoch", DType::f32, {frames}, std::as_bytes(std::span(epochs))},
      {"aux.replay.history",
       DType::f32,
       {static_cast<Index>(history.size()), columns},
       std::as_bytes(std::span(losses))},
      {"aux.replay.label",
       DType::u8,
       {images},
       std::as_bytes(std::span(watched.labels).first(static_cast<std::size_t>(images)))},
      {"aux.replay.mu", DType::f16, {frames, images, dim}, mu_bytes},
  };
  Metadata metadata;
  metadata["format"] = "pt";
  metadata["replay_of"] = name;
  metadata["replay_version"] = "1";
  return write_safetensors(metadata, tensors);
}

}  // namespace loom
