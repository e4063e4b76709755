// What the page tells about the model that it trains (web/train_here.js).
#pragma once

#include "explorer/app/explorer.h"

namespace loom {

// Takes a status as JSON (session/training_run.h). One that is damaged ends the run with a message.
void receive_training_status(Explorer& explorer, std::string_view json);

// Takes the weight file of the run as it is now. The first one of a run is shown; later ones replace it. An invalid
// file ends the run with a message, and the model that is shown stays.
void receive_trained_model(Explorer& explorer, std::span<const std::byte> bytes);

}  // namespace loom
