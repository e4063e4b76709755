#include "explorer/app/navigation/undo.h"

#include "explorer/link/link.h"
#include "explorer/session/moments.h"

namespace loom {
namespace {

// Leaves what is locked in a moment as it is now. Returns false if going there would change nothing.
bool restrict_to_unlocked(Moment& to, const Moment& now, const Session& session) {
  const std::optional<std::size_t> entry = find_entry(session, to.model);
  const bool reachable = entry && session.models[*entry] && !is_locked(now.state, Lock::model);
  if (to.model != now.model && !reachable) return false;
  keep_aside(now.state, to.state);
  keep_locked(now.state, to.state);
  if (is_locked(now.state, Lock::image)) to.image = now.image;
  return differ(to, now);
}

std::optional<Moment> take(Session& session, std::optional<Moment> (History::*take)(), void (History::*keep)(Moment)) {
  if (!session.model) return std::nullopt;
  Moment now = moment_of(session);
  while (std::optional<Moment> to = (session.history.*take)()) {
    if (!restrict_to_unlocked(*to, now, session)) continue;
    (session.history.*keep)(std::move(now));
    return to;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Moment> take_past(Session& session) { return take(session, &History::take_past, &History::keep_future); }

std::optional<Moment> take_future(Session& session) {
  return take(session, &History::take_future, &History::keep_past);
}

}  // namespace loom
