// Putting a model that was trained further in the place of the one before.
#pragma once

#include <memory>
#include <vector>

#include "explorer/app/explorer.h"

namespace loom {

// Replaces the model of an entry; the one before stays in `retired`. Overlays of it stay on the planes until those of
// the new one are complete, unless the new one is `shown_next` as if it were another model. Returns where the marks are
// drawn now if it is `shown` and goes on to be; otherwise nothing.
std::vector<Point> replace_model(Explorer& explorer, std::size_t entry, std::unique_ptr<LoadedModel> trained,
                                 bool shown, bool shown_next);

// Lets the marks of the model that is shown move from these places to their own.
void move_marks(Explorer& explorer, std::vector<Point> from);

}  // namespace loom
