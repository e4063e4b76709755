// Putting a model that was trained further in the place of the one before.
#pragma once

#include <memory>
#include <vector>

#include "explorer/app/explorer.h"

namespace loom {

// Replaces the model of an entry; the one before stays in `retired`. `shown`: it is shown, and the new one will be
// shown in its place. Then returns where the marks are drawn now; otherwise nothing.
std::vector<Point> replace_model(Explorer& explorer, std::size_t entry, std::unique_ptr<LoadedModel> trained,
                                 bool shown);

// Lets the marks of the model that is shown move from these places to their own.
void move_marks(Explorer& explorer, std::vector<Point> from);

}  // namespace loom
