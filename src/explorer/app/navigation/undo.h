// Undo and redo: which moment comes next. app/update.cpp restores it.
#pragma once

#include <optional>

#include "explorer/session/session.h"

namespace loom {

// The nearest moment before or after this one, taken out of the history, with what is locked left as it is now. Passes
// over moments that would change nothing, for example because what differs has been locked since. None is left:
// nullopt.
std::optional<Moment> take_past(Session& session);
std::optional<Moment> take_future(Session& session);

}  // namespace loom
