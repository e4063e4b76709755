// Functions for the page about the model that it trains (web/train_here.js).
#include <string_view>

#include "explorer/app/training.h"
#include "explorer/platform/platform_web.h"

#define LOOM_TRAINING_EXPORT extern "C" __attribute__((used))
using namespace loom;

LOOM_TRAINING_EXPORT void loom_training_status(const char* json, int length) {
  receive_training_status(page_explorer(), {json, static_cast<std::size_t>(length)});
  redraw_page();
}
LOOM_TRAINING_EXPORT void loom_training_model(const void* data, int length) {
  receive_trained_model(page_explorer(), {static_cast<const std::byte*>(data), static_cast<std::size_t>(length)});
  redraw_page();
}
// Where the run is, for tests: its phase (the order of TrainPhase), the number of finished epochs, the loss.
LOOM_TRAINING_EXPORT int loom_training_phase() { return static_cast<int>(page_explorer().training.phase); }
LOOM_TRAINING_EXPORT double loom_training_epoch() { return static_cast<double>(page_explorer().training.epoch); }
LOOM_TRAINING_EXPORT double loom_training_loss() { return page_explorer().training.loss; }
