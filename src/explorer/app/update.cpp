#include "explorer/app/update.h"

#include <bit>
#include <cmath>

#include "explorer/overlays/overlay.h"
#include "explorer/tools/tool.h"

namespace loom {
namespace {

constexpr float kStepPoints = 8;      // of the screen, that an arrow key moves z: the same feel at every zoom
constexpr float kPanShare = 0.125f;   // of the plane, that a key moves what is seen
constexpr float kWheelZoom = 1.18f;   // per step of the wheel
constexpr float kHoverReach = 12;     // points of the screen
constexpr float kPinReach = 16, kPinReachFinger = 26;  // of a pin that is taken hold of
constexpr float kKeepInside = 24;     // points between z and the edge when the view follows it

class Updater {
 public:
  Updater(ExplorerState& state, Interaction& interaction, const Input& input, const LoadedModel* model)
      : state_(state), interaction_(interaction), input_(input), model_(model) {}

  void run() {
    for (const Action& action : input_.actions) std::visit([this](const auto& a) { apply(a); }, action);
    pinch();
    pan_and_zoom();
    place();
    clamp_state(state_, model_);
    hover();
  }

 private:
  View view() const { return current_view(state_, model_); }

  void apply(const MoveZ& move) {
    const float step = kStepPoints * move.size / points_per_unit(view(), input_.plane);
    state_.z = state_.z + move.steps * step;
    follow();
  }
  void apply(const PanBy& pan) {
    const float step = kPanShare * std::min(input_.plane.width, input_.plane.height);
    state_.view = panned(view(), input_.plane, {-pan.steps.x * step, pan.steps.y * step});
  }
  void apply(const CenterOnZ&) { state_.view = View{state_.z, view().half}; }
  void apply(const PutPin& put) {
    if (tools()[state_.tool].pins && put.which < state_.pins.size()) state_.pins[put.which] = state_.z;
  }
  void apply(const ZoomBy& zoom) { state_.view = zoomed(view(), input_.plane, input_.plane.center(), zoom.factor); }
  void apply(const GoHome&) { state_.view.reset(); }
  void apply(const GoOrigin&) {
    state_.z = {};
    follow();
  }
  void apply(const Isolate& isolate) {
    if (isolate.class_id >= class_count()) return;
    const std::uint32_t bit = 1u << isolate.class_id;
    if (isolate.add)
      state_.isolated ^= bit;
    else
      state_.isolated = state_.isolated == bit ? 0 : bit;
  }
  void apply(const StepIsolated& step) {
    const int count = static_cast<int>(class_count());
    if (count == 0) return;
    const bool one = state_.isolated != 0 && (state_.isolated & (state_.isolated - 1)) == 0;
    const int from = one ? std::countr_zero(state_.isolated) : step.by > 0 ? -1 : count;
    state_.isolated = 1u << ((from + step.by + count) % count);
  }
  void apply(const ShowAllClasses&) { state_.isolated = 0; }
  void apply(const ToggleTheme& toggle) {
    const bool dark = state_.theme == Theme::automatic ? toggle.dark_now : state_.theme == Theme::dark;
    state_.theme = dark ? Theme::light : Theme::dark;
  }
  void apply(const ToggleClassNames&) { state_.class_names = !state_.class_names; }
  void apply(const ToggleHelp&) { state_.help = !state_.help; }
  void apply(const StepBack&) {
    if (state_.help)
      state_.help = false;
    else if (state_.tour != 0)
      state_.tour = 0;
    else if (state_.tool != 0)
      state_.tool = 0;
    else
      state_.isolated = 0;
  }
  void apply(const FlyTo& to) {
    state_.z = to.z;
    if (to.half > 0) state_.view = View{to.z, to.half};
    follow();
  }
  void apply(const ChooseOverlay& chosen) { state_.overlay = find_overlay(chosen.key); }
  void apply(const ChooseTool& chosen) { state_.tool = find_tool(chosen.key); }
  void apply(const StepOverlay&) {
    if (!model_) return;
    do state_.overlay = (state_.overlay + 1) % overlays().size();
    while (!overlays()[state_.overlay].refusal(*model_).empty());
  }
  void apply(const StepTour&) {}  // this and the next one: explorer.cpp
  void apply(const PressOverlay&) {}
  void apply(const Edit& edit) { edit.change(state_); }
  void apply(const Do&) {}  // this and the next ones: explorer.cpp
  void apply(const ChooseModel&) {}
  void apply(const ChooseFile&) {}
  void apply(const Share&) {}
  void apply(const DismissMessage&) {}

  std::size_t class_count() const { return model_ ? std::min(model_->class_names.size(), kMaxIsolated) : 0; }

  // Moves the view as little as needed to keep z inside.
  void follow() {
    const Rect inside = input_.plane.inset(kKeepInside);
    const Point at = to_screen(view(), input_.plane, state_.z);
    const Point wanted{std::clamp(at.x, inside.x, inside.right()), std::clamp(at.y, inside.y, inside.bottom())};
    if (wanted != at) state_.view = panned(view(), input_.plane, wanted - at);
  }

  // The first of two fingers has already moved z; that was not meant.
  void pinch() {
    if (!input_.pinch.active) return;
    if (interaction_.placing) state_.z = interaction_.z_before;
    interaction_.placing = false;
    const View moved = panned(view(), input_.plane, input_.pinch.moved);
    state_.view = zoomed(moved, input_.plane, input_.pinch.center, input_.pinch.zoom);
  }

  void pan_and_zoom() {
    if (input_.panning && input_.moved != Point{}) state_.view = panned(view(), input_.plane, input_.moved);
    if (input_.over_plane && input_.wheel != 0)
      state_.view = zoomed(view(), input_.plane, input_.pointer, std::pow(kWheelZoom, input_.wheel));
  }

  void place() {
    const bool placing = input_.placing && !input_.panning && !input_.pinch.active;
    if (placing && !interaction_.placing) {
      interaction_.z_before = state_.z;
      interaction_.held_pin = pin_at(input_.pointer);
    }
    if (!placing) interaction_.held_pin = -1;
    interaction_.placing = placing;
    if (!placing) return;
    const Point to = to_latent(view(), input_.plane, input_.pointer);
    if (interaction_.held_pin >= 0)
      state_.pins[static_cast<std::size_t>(interaction_.held_pin)] = to;
    else
      state_.z = to;
  }

  // The pin under the pointer while a tool shows them.
  int pin_at(Point at) const {
    if (!tools()[state_.tool].pins) return -1;
    const float reach = input_.finger ? kPinReachFinger : kPinReach;
    int best = -1;
    float nearest = reach;
    for (int i = 0; i < 2; ++i) {
      const std::optional<Point>& pin = state_.pins[static_cast<std::size_t>(i)];
      if (!pin) continue;
      const float distance = length(to_screen(view(), input_.plane, *pin) - at);
      if (distance <= nearest) nearest = distance, best = i;
    }
    return best;
  }

  void hover() {
    interaction_.hovered = -1;
    const bool seen = state_.marks && overlays()[state_.overlay].marks > 0 && !tools()[state_.tool].hides_marks;
    if (!model_ || !seen || !input_.over_plane || input_.finger || input_.placing || input_.panning) return;
    const float reach = kHoverReach / points_per_unit(view(), input_.plane);
    interaction_.hovered =
        model_->index.nearest(to_latent(view(), input_.plane, input_.pointer), reach,
                              [this](std::uint32_t n) { return is_class_shown(state_, model_->file.test.labels[n]); });
  }

  ExplorerState& state_;
  Interaction& interaction_;
  const Input& input_;
  const LoadedModel* model_;
};

}  // namespace

void update(ExplorerState& state, Interaction& interaction, const Input& input, const LoadedModel* model) {
  Updater(state, interaction, input, model).run();
}

void clamp_state(ExplorerState& state, const LoadedModel* model) {
  const View home = model ? model->home : View{};
  if (state.view) state.view = clamped_view(*state.view, home);
  state.z = clamped_z(state.z, home);
  for (std::optional<Point>& pin : state.pins)
    if (pin) pin = clamped_z(*pin, home);
}

View current_view(const ExplorerState& state, const LoadedModel* model) {
  return state.view ? *state.view : model ? model->home : View{};
}

}  // namespace loom
