// Describes the explorer as JSON, from which the page builds HTML controls for keyboards and screen readers: what can
// be chosen, what is chosen, and what the open tool shows.
#pragma once

#include <string>
#include <string_view>

#include "explorer/app/explorer.h"
#include "explorer/draw/accessible_nodes.h"

namespace loom {

// What can be chosen, as JSON: {"models": [{"id", "name", "what", "group"}], "overlays" and "tools": [{"id", "name",
// "what", "why", "source", "refusal"}], "themes": [{"id", "name"}], "sizes": [{"id", "name"}], "classes": [name],
// "help": [{"title", "words"}], "tour": number of steps, "files": whether the visitor can open a file}. It changes only
// when accessibility_lists_key does.
std::string accessibility_lists(const Explorer& explorer);
std::string accessibility_lists_key(const Explorer& explorer);

// What is chosen, as JSON: {"lists": accessibility_lists_key, "model", "loading", "reading", "overlay", "tool",
// "theme", "isolated": [class], "names": whether they are on the plane, "marks", "sliders": [{"id", "name", "value",
// "low", "high"}], "locked": names of what cannot be changed (parts.h), "pins": whether the tool has them, "undo" and
// "redo": whether there is something to undo or redo, "legend":
// {"lines", "buttons"}, "panel": the tool's nodes, "tour": {"step", "title", "words"}, "message": {"text", "retry"}}.
// `plane`: where the latent plane is on the screen.
std::string accessibility_state(const Explorer& explorer, const AccessibleNodes& nodes, const Rect& plane);

// Handles a command from a control of the page: appends actions, or sets nodes.press for the tool's panel. Returns
// false for an unknown command (`what`) or value; both are untrusted. `plane` as above.
//
//   model overlay tool theme    id from the lists above; empty: no overlay, no tool
//   class                       index: adds the class to those shown, or removes it; "all": shows all classes
//   slider                      "id=value", with an id of the state above
//   legend                      index of a button of the overlay's legend
//   panel                       id of a button or choice, or "id=value" for a slider
//   tour                        number of steps forward; negative: back
//   find                        id of a result (find.h)
//   do                          zoom-in, zoom-out, show-all, center, undo, redo, origin, names, marks, pin-a, pin-b,
//                               open-file, find, retry, dismiss
bool dispatch(const Explorer& explorer, AccessibleNodes& nodes, const Rect& plane, std::string_view what,
              std::string_view value, Actions& actions);

}  // namespace loom
