#include "explorer/app/replaced_model.h"

#include <utility>

#include "explorer/app/overlay_relay.h"

namespace loom {

std::vector<Point> replace_model(Explorer& explorer, std::size_t entry, std::unique_ptr<LoadedModel> trained,
                                 bool shown, bool shown_next) {
  explorer.retired = std::exchange(explorer.models[entry], std::move(trained));
  if (shown_next)
    forget_earlier_overlays(explorer);
  else
    hand_on_overlays(explorer, explorer.retired);
  if (!shown || shown_next) return {};
  return explorer.motion.moving() ? explorer.motion.places() : explorer.retired->mu;
}

void move_marks(Explorer& explorer, std::vector<Point> from) {
  explorer.motion.stop();
  if (from.empty() || explorer.reduced_motion || from.size() != explorer.model->mu.size()) return;
  explorer.motion.begin(std::move(from), explorer.model->mu);
  explorer.moving_serial = explorer.model->projection_serial;
}

}  // namespace loom
