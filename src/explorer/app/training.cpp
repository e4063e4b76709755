#include "explorer/app/training.h"

#include <algorithm>
#include <utility>

#include "explorer/app/guarded.h"
#include "explorer/app/update.h"
#include "explorer/link/link.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

// Above the serials of all other models: caches compare address and serial, and the address of a model that has been
// freed may be used again.
constexpr std::uint64_t kFirstSerial = 1 << 20;

// Before training a plain autoencoder's codes lie on one another; its view must not be as small, nor z be moved there.
constexpr float kLeastHalf = 3;

void stop_training(Explorer& explorer, std::string_view reason) {
  explorer.training.phase = TrainPhase::failed;
  explorer.training.failure = texts::training_failed(reason);
}

std::size_t entry_of_trained(Explorer& explorer) {
  if (const auto found = find_entry(explorer, kTrainedHere)) return *found;
  explorer.catalogue.push_back(trained_entry());
  explorer.models.push_back(nullptr);
  explorer.downloads.push_back({.model = Download::loaded});
  return explorer.catalogue.size() - 1;
}

}  // namespace

void receive_training_status(Explorer& explorer, std::string_view json) {
  TrainingRun& run = explorer.training;
  const auto take = [&] {
    TrainingRun next = run;
    read_training_status(json, next);
    if (next.phase == TrainPhase::kept) {
      if (run.phase != TrainPhase::none) return;  // the visitor has begun another
      next.choice = read_link(next.link).train;
      if (is_locked(explorer.state, Lock::train) && !(next.choice == explorer.state.train)) return;
    }
    run = std::move(next);
  };
  guarded(texts::kTrainedHere, take, [&](std::string words) { stop_training(explorer, words); });
}

void receive_trained_model(Explorer& explorer, std::span<const std::byte> bytes) {
  const auto take = [&] {
    auto trained =
        std::make_unique<LoadedModel>(load_for_explorer(bytes, texts::kTrainedHere, std::string(kTrainedHere)));
    trained->home.half = std::max(trained->home.half, kLeastHalf);
    const std::size_t entry = entry_of_trained(explorer);
    const LoadedModel* before = explorer.models[entry].get();
    trained->projection_serial += before ? before->projection_serial : kFirstSerial;
    trained->plane_serial += before ? before->plane_serial : kFirstSerial;
    const bool first = !std::exchange(explorer.training.has_model, true);
    adopt_trained(explorer, entry, std::move(trained), first);
  };
  guarded(texts::kTrainedHere, take, [&](std::string words) { stop_training(explorer, words); });
}

}  // namespace loom
