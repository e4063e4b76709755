// The view of a step of the tour, for the model that is shown.
#pragma once

#include "explorer/session/session.h"

namespace loom {

// The state that shows step `step` (from 1) of the tour: everything that the step speaks of is set, whatever was shown
// before. Model, plane, theme, hidden and locked parts are those of `now`. Needs session.model.
ExplorerState tour_view(const Session& session, std::size_t step, const ExplorerState& now);

// What was shown before the tour began, without the tour; theme, hidden and locked parts are those of now. Where it is
// not known, or another model is shown since, only the tour ends. Forgets it.
ExplorerState view_before_tour(Session& session);

// A link may name a step and nothing that the step shows; then the step's own view is meant.
bool wants_tour_view(const ExplorerState& linked);

}  // namespace loom
