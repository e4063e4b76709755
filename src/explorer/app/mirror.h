// The explorer as a description that a page makes controls of: what there is to choose, what is chosen, what the open
// tool says. All of it follows from the tables; nothing is listed a second time.
#pragma once

#include <string>
#include <string_view>

#include "explorer/app/explorer.h"
#include "explorer/draw/transcript.h"

namespace loom {

// What can be chosen, as JSON: {"models": [{"id", "name", "what", "group"}], "overlays" and "tools": [{"id", "name",
// "what", "why", "source", "refusal"}], "themes": [{"id", "name"}], "classes": [name], "help": [{"title", "words"}],
// "tour": number of steps, "files": whether one of one's own can be opened}. It changes only with lists_key.
std::string mirror_lists(const Explorer& explorer);
std::string lists_key(const Explorer& explorer);

// What is chosen, as JSON: {"lists": lists_key, "model", "loading", "reading", "overlay", "tool", "theme", "isolated":
// [class], "names": whether they are on the plane, "marks", "sliders": [{"id", "name", "value", "low", "high"}],
// "locked": names of what cannot be changed (parts.h), "pins": whether the tool has them, "legend": {"lines",
// "buttons"}, "panel": the tool's transcript, "tour": {"step", "title", "words"}, "message": {"text", "retry"}}.
// `plane`: where the latent plane is on the screen.
std::string mirror_state(const Explorer& explorer, const Transcript& transcript, const Rect& plane);

// Puts what a control of the page asks for into `actions`, or into the transcript what the tool's panel should meet.
// False for a name or value that means nothing; both come from outside. `plane` as above.
//
//   model overlay tool theme    id of the list above; an empty one: no overlay, no tool
//   class                       number: shows that class, or takes it from those shown; "all": all of them
//   slider                      "id=value", with an id of the state above
//   legend                      number of a button of the overlay's legend
//   panel                       id of a button or choice, or "id=value" for a slider
//   tour                        how many steps to go on
//   do                          zoom-in, zoom-out, show-all, center, origin, names, marks, pin-a, pin-b, open-file,
//                               retry, dismiss
bool ask(const Explorer& explorer, Transcript& transcript, const Rect& plane, std::string_view what,
         std::string_view value, Actions& actions);

}  // namespace loom
