#include "explorer/session/moments.h"

#include <algorithm>

namespace loom {
namespace {

constexpr int kWheel = std::variant_size_v<Action>;  // a kind beside the indices of the actions

template <class A>
bool is(const Action& action) {
  return std::holds_alternative<A>(action);
}

// Keys that are held or pressed again and again, and sliders.
bool repeats(const Action& action) {
  return is<MoveZ>(action) || is<PanBy>(action) || is<ZoomBy>(action) || is<SetZ>(action) ||
         is<SetCoordinate>(action) || is<SetNoise>(action) || is<SetValue<std::int32_t>>(action) ||
         is<StepIsolated>(action) || is<ChooseTraining>(action) || (is<FlyTo>(action) && !std::get<FlyTo>(action).jump);
}

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

bool is_jump(const Action& action) { return is<FlyTo>(action) && std::get<FlyTo>(action).jump; }

}  // namespace

Moment moment_of(Session& session) {
  return {session.state, session.model ? session.model->id : std::string(),
          session.history.shared(session.visitor_image)};
}

Gesture gesture_of(const Actions& actions, std::uint64_t press, double time) {
  Gesture gesture{.press = press, .kind = -1, .time = time};
  if (actions.empty())
    gesture.kind = kWheel;
  else if (repeats(actions[0]) &&
           std::ranges::all_of(actions, [&](const Action& a) { return a.index() == actions[0].index(); }))
    gesture.kind = static_cast<int>(actions[0].index());
  return gesture;
}

bool is_elsewhere(const Moment& before, const Moment& now, const Actions& actions) {
  const ExplorerState &a = before.state, &b = now.state;
  if (before.model != now.model || a.tool != b.tool || a.overlay != b.overlay || a.tour != b.tour) return true;
  return a.z != b.z && std::ranges::any_of(actions, is_jump);
}

std::optional<Moment> take_past(Session& session) { return take(session, &History::take_past, &History::keep_future); }

std::optional<Moment> take_future(Session& session) {
  return take(session, &History::take_future, &History::keep_past);
}

}  // namespace loom
