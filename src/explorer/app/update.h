// How the state answers to the visitor, to the page around the explorer and to models that have been loaded. All
// changes of ExplorerState are in update.cpp; the compiler keeps it so (Session::state is const elsewhere).
#pragma once

#include "explorer/app/explorer.h"
#include "explorer/app/input.h"

namespace loom {

// One frame of the visitor's input: its actions, then the pointer, then what follows from both. What is locked keeps
// its value. View, z and pins stay within what the model knows.
void update(Explorer& explorer, const Input& input);

// One action of the visitor, outside of a frame.
void apply(Explorer& explorer, const Action& action);

// The same by the host page or the program, which no lock holds back.
void apply_unlocked(Explorer& explorer, const Action& action);

// Replaces the whole state: a link at the start, a view to render.
void set_state(Explorer& explorer, ExplorerState state);

// The address has changed: shows what it says, once its model has been loaded. Until then the old model stays, and
// linked_state is what the link says.
void follow_link(Explorer& explorer, std::string_view link);

// Shows the loaded model of an entry, with the pending state if there is one for it; otherwise what belongs to the
// model before (view, pins, plane, frame) is reset.
void show_model(Explorer& explorer, std::size_t entry);

}  // namespace loom
