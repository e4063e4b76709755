// All changes of ExplorerState: by the visitor, by the host page, and by models that have been loaded. Everywhere but
// in update.cpp Session::state is const.
#pragma once

#include "explorer/app/explorer.h"
#include "explorer/app/input.h"

namespace loom {

// Applies one frame of input: actions, then the pointer, then what follows from both. Locked values are kept. View, z
// and pins stay near the model's codes.
void update(Explorer& explorer, const Input& input);

// Applies one action of the visitor, outside of a frame.
void apply(Explorer& explorer, const Action& action);

// Applies an action of the host page or the program, which locks do not restrict.
void apply_unlocked(Explorer& explorer, const Action& action);

// Replaces the whole state: for the link at the start, or a view to render.
void set_state(Explorer& explorer, ExplorerState state);

// Shows a link after the address has changed, as soon as its model has been loaded. Until then the old model stays, and
// linked_state is the state of the link.
void follow_link(Explorer& explorer, std::string_view link);

// Shows the loaded model of an entry, with the pending state if there is one for it. Otherwise what belonged to the
// previous model (view, pins, plane, frame) is reset.
void show_model(Explorer& explorer, std::size_t entry);

}  // namespace loom
