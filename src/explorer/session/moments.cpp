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

}  // namespace loom
