// What the buttons of the training panel do to the run, and what they ask of the page.
#pragma once

#include "explorer/session/session.h"

namespace loom {

// Does what is asked, unless the phase of the run does not allow it or something is missing. Not for TrainAsk::fork and
// TrainAsk::copy, which change the list of models.
void request_training(Session& session, TrainAsk ask);

// Call when the state has another choice than `before`: what a run in progress can change at once is asked of it.
void request_training_changes(Session& session, const TrainChoice& before);

}  // namespace loom
