// Functions for the page about the model that it trains (web/train_here.js).
#include <algorithm>
#include <exception>

#include "explorer/app/training.h"
#include "explorer/app/update.h"
#include "explorer/platform/platform_web.h"

using namespace loom;

LOOM_EXPORT void loom_training_status(const char* json, int length) {
  receive_training_status(page_explorer(), view(json, length));
  redraw_page();
}
LOOM_EXPORT void loom_training_model(const void* data, int length) {
  receive_trained_model(page_explorer(), bytes(data, length));
  redraw_page();
}
// What a host page asks of the run (web/messages.js), by its name in kTrainAsks. Locks do not restrict it. Returns
// false for an unknown name.
LOOM_EXPORT bool loom_train(const char* ask, int length) {
  const auto found = std::ranges::find(kTrainAsks, view(ask, length));
  if (found == kTrainAsks.end()) return false;
  apply_unlocked(page_explorer(), Train{static_cast<TrainAsk>(found - kTrainAsks.begin()), true});
  take_effect();
  return true;
}
LOOM_EXPORT void loom_training_images(const char* json, int length) {
  receive_training_images(page_explorer(), view(json, length));
  redraw_page();
}
// Writes an image of the visitor at the size of the packs to `out`. Returns false if it cannot be fitted.
LOOM_EXPORT bool loom_fit_picture(const char* name, int length, const std::uint8_t* grey, int width, int height,
                                  std::uint8_t* out) {
  try {
    const auto pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    std::ranges::copy(fitted_training_image({grey, pixels}, width, height, view(name, length)), out);
    return true;
  } catch (const std::exception&) {
    return false;
  }
}
LOOM_EXPORT void loom_trained_originals(const void* pixels, int length, int height, int width) {
  receive_trained_originals(
      page_explorer(), {static_cast<const std::uint8_t*>(pixels), static_cast<std::size_t>(length)}, height, width);
  redraw_page();
}
LOOM_EXPORT void loom_training_replay(const void* data, int length) {
  receive_training_replay(page_explorer(), bytes(data, length));
  redraw_page();
}
// Whether marks may move.
LOOM_EXPORT void loom_reduced_motion(bool reduced) { page_explorer().reduced_motion = reduced; }
// Where mark n is drawn, for tests: while marks are moving, not at its code.
LOOM_EXPORT double loom_drawn(int axis, int n) {
  const Explorer& explorer = page_explorer();
  if (!explorer.model) return 0;
  const std::vector<Point>& places = explorer.motion.moving() ? explorer.motion.places() : explorer.model->mu;
  if (n < 0 || static_cast<std::size_t>(n) >= places.size()) return 0;
  const Point at = places[static_cast<std::size_t>(n)];
  return axis == 0 ? at.x : at.y;
}
// Where the run is, for tests: its phase (the order of TrainPhase), the number of finished epochs, the loss.
LOOM_EXPORT int loom_training_phase() { return static_cast<int>(page_explorer().training.phase); }
LOOM_EXPORT double loom_training_epoch() { return static_cast<double>(page_explorer().training.epoch); }
LOOM_EXPORT double loom_training_loss() { return page_explorer().training.loss; }
