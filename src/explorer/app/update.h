// All changes to ExplorerState: by the visitor, by the host page, and when models have been loaded. Session::state is
// const everywhere except in update.cpp.
#pragma once

#include "explorer/app/explorer.h"
#include "explorer/app/input/input.h"

namespace loom {

// What the visitor changes is remembered for undo (session/history.h), what the host page sets is not.

// Applies one frame of input: first the actions, then the pointer; then adapts the state to the model. Locked values do
// not change. View, z and pins are clamped to the surroundings of the model's home view.
void update(Explorer& explorer, const Input& input);

// Applies one action of the visitor outside a frame.
void apply(Explorer& explorer, const Action& action);

// Applies an action of the host page or the program, which locks do not restrict.
void apply_unlocked(Explorer& explorer, const Action& action);

// Moves z to the code of a new image of the visitor, unless z is locked. It belongs to what brought the image, so it is
// no step of its own for undo.
void move_ring_to_image(Explorer& explorer, Point mu);

// Replaces the whole state: for the link at the start, or a view to render.
void set_state(Explorer& explorer, ExplorerState state);

// Shows a link after the address has changed, as soon as its model has been loaded. Until then the old model stays, and
// linked_state (session.h) returns the state of the link.
void follow_link(Explorer& explorer, std::string_view link);

// Sets the state of the link aside until its file is opened; what does not depend on the model takes effect at once.
void await_linked_file(Explorer& explorer);

// Shows the loaded model of an entry, with the pending state if there is one for it. Otherwise resets what belonged to
// the previous model (view, pins, plane, frame).
void show_model(Explorer& explorer, std::size_t entry);

// Replaces the model of an entry by one that was trained further. `show`: shows it if another one is shown. View, z,
// tool, overlay and pins stay. The model before lives until the next call, or as long as its overlay is shown. Marks
// that are shown move to their new places.
void adopt_trained(Explorer& explorer, std::size_t entry, std::unique_ptr<LoadedModel> trained, bool show);

}  // namespace loom
