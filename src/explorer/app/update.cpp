#include "explorer/app/update.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "explorer/app/downloads.h"
#include "explorer/app/navigation/kept_overlay.h"
#include "explorer/app/navigation/linked.h"
#include "explorer/app/navigation/tour_view.h"
#include "explorer/app/navigation/undo.h"
#include "explorer/app/pointer.h"
#include "explorer/app/replaced_model.h"
#include "explorer/app/stateless_actions.h"
#include "explorer/app/training.h"
#include "explorer/link/link.h"
#include "explorer/link/link_file.h"
#include "explorer/model/images/drawing.h"
#include "explorer/model/inside.h"
#include "explorer/play/playback.h"
#include "explorer/session/moments.h"
#include "explorer/session/shared_cursor.h"
#include "explorer/session/training_requests.h"
#include "explorer/state/changes.h"
#include "explorer/state/drawing_text.h"
#include "explorer/state/tour.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

constexpr float kStepPoints = 8;     // points of the screen that an arrow key moves z, at every zoom
constexpr float kPanShare = 0.125f;  // share of the plane that a key pans
constexpr float kKeepInside = 24;    // points between z and the edge when the view follows it
constexpr float kUsualNoise = 0.3f;  // that the noise tool opens with
constexpr float kSmallestCoordinate = 0.01f;  // of a slider; smaller values are set to 0

const Input kNoInput;

}  // namespace

// The only code that changes the state. Each action has an overload of `on`, or one of `perform` in
// stateless_actions.h; a new action without one does not compile.
class StateWriter {
 public:
  StateWriter(Explorer& explorer, const Input& input)
      : explorer_(explorer), state_(explorer.state_), interaction_(explorer.interaction), input_(input) {}

  // Applies input of the visitor. Locked values do not change, whether directly or as a consequence of the input.
  void visit(const Actions& actions, bool frame) {
    sync_drawing();
    const Moment start = moment_of(explorer_);
    const ExplorerState& before = start.state;
    for (const Action& action : actions) perform(action);
    if (frame) pointer();
    if (frame) zoom_to_opened_overlay();
    if (frame) show(play_on(explorer_, {input_.seconds, input_.idle, is_touched()}));
    keep_locked(before, state_);
    settle();
    keep_locked(before, state_);
    clamp();
    if (explorer_.welcome && (state_.z != before.z || state_.tour != 0)) loom::perform(explorer_, DismissWelcome{});
    const bool acted = !actions.empty() || (frame && acts());
    if (explorer_.model && acted) remember(start, actions);
    if (explorer_.awaited && acted && state_ != before) explorer_.awaited->left = true;
    if (frame) remember_played(explorer_);
    if (frame) hover(explorer_, input_);
  }

  void follow_image(Point mu) {
    const ExplorerState before = state_;
    on(FlyTo{mu});
    keep_locked(before, state_);
    clamp();
  }

  void perform(const Action& action) {
    std::visit([this](const auto& a) { on(a); }, action);
  }

  void replace(ExplorerState state) { state_ = std::move(state); }

  // Adapts the state to the model that is shown, and plane and compared model to the state.
  void settle() {
    sync_drawing();
    if (!explorer_.model) return;
    name_model();
    state_.overlay = possible_overlay(explorer_, state_.overlay);
    state_.unit = bounded(state_.unit, explorer_.model->file.model);
    sync_plane();
    sync_compared();
  }

  void show(std::size_t entry) {
    const LoadedModel& model = *explorer_.models[entry];
    if (explorer_.pending && explorer_.pending->entry == entry) {
      const bool help = state_.help;
      state_ = std::move(explorer_.pending->state);
      state_.help = help;
      explorer_.withdrawn_overlay = 0;
    } else if (explorer_.model && explorer_.model != &model) {
      // Another model has other coordinates: z may lie far outside.
      const ExplorerState before = state_;
      explorer_.awaited.reset();
      if (length(state_.z - model.home.center) > model.home.half) state_.z = model.home.center;
      state_ = without_model(std::move(state_));
      if (state_.image >= model.file.test.size()) state_.image = -1;
      keep_locked(before, state_);
    }
    explorer_.pending.reset();
    explorer_.model = &model;
    state_.overlay = returned_overlay(explorer_, state_.overlay);
    const bool linked_tour = wants_tour_view(state_);
    if (!state_.placed) state_.z = model.mu.empty() ? model.home.center : model.mu.front();
    state_.placed = true;
    if (linked_tour) state_ = tour_view(explorer_, state_.tour, state_);
    explorer_.preview.reset();
    explorer_.interaction = {};
    explorer_.waiting.reset();
    explorer_.message.reset();
    settle();
  }

  void adopt(std::size_t entry, std::unique_ptr<LoadedModel> trained, bool show) {
    const ExplorerState before = state_;
    const bool was_shown = explorer_.model && explorer_.model == explorer_.models[entry].get();
    std::vector<Point> places = replace_model(explorer_, entry, std::move(trained), was_shown, show);
    if (show || was_shown) {
      explorer_.model = explorer_.models[entry].get();
      interaction_.hovered = interaction_.hovered_compared = -1;
      if (state_.image >= explorer_.model->file.test.size()) state_.image = -1;
    }
    if (show) explorer_.waiting.reset(), explorer_.pending.reset(), explorer_.awaited.reset();
    settle();
    keep_locked(before, state_);
    move_marks(explorer_, std::move(places));
  }

  void follow(std::string_view link) {
    ExplorerState next = read_link(link);
    next.help = state_.help;
    if (next.drawing.empty() && state_.drawing.size() > kMostDrawingText) next.drawing = state_.drawing;
    if (explorer_.awaited) loom::perform(explorer_, DismissMessage{});
    const bool of_file = next.model.empty() && !next.file.empty();
    const std::optional<std::size_t> entry =
        of_file ? find_opened(explorer_, next.file) : find_entry(explorer_, next.model);
    if (of_file && !entry) return await_file(std::move(next));
    // Unknown model: apply the rest of the link to the model that is shown.
    if (!entry) next.model = state_.model, next.file = state_.file;
    if (!entry || (explorer_.model && explorer_.model->id == explorer_.catalogue[*entry].id)) {
      state_ = std::move(next);
      if (explorer_.model && wants_tour_view(state_)) state_ = tour_view(explorer_, state_.tour, state_);
      explorer_.pending.reset();
      explorer_.waiting.reset();
      return;
    }
    if (explorer_.model) {
      take_what_needs_no_model(next, state_);  // at once
      explorer_.pending = PendingState{*entry, std::move(next)};
    } else {
      state_ = std::move(next);
    }
    choose_model(explorer_, *entry);
  }

  // The model that is shown stays until the file of the link is opened.
  void await_file(ExplorerState linked) {
    ExplorerState now = explorer_.model ? state_ : ExplorerState{};
    take_what_needs_no_model(linked, now);
    explorer_.pending.reset();
    explorer_.waiting.reset();
    explorer_.awaited = AwaitedFile{std::move(linked)};
    explorer_.message = Message{texts::file_of_link(explorer_.awaited->state.file), ChooseFile{}};
    state_ = std::move(now);
  }

 private:
  View view() const { return current_view(state_, explorer_.model); }
  View home() const { return explorer_.model ? explorer_.model->home : View{}; }
  const Tool& tool() const { return tools()[state_.tool]; }
  bool may_change_image() const { return !is_locked(state_, Lock::image); }

  template <class A>
  void on(const A& action) {
    loom::perform(explorer_, action);
  }

  void on(const MoveZ& move) {
    state_.z = state_.z + move.steps * (kStepPoints * move.size / points_per_unit(view(), input_.plane));
    keep_z_in_view();
  }
  void on(const FlyTo& to) {
    state_.z = to.z;
    if (to.half > 0) state_.view = View{to.z, to.half};
    keep_z_in_view();
  }
  void on(const SetZ& to) {
    state_.z = to.z;
    state_.placed = true;
    if (explorer_.pending) explorer_.pending->state.z = to.z, explorer_.pending->state.placed = true;
  }
  void on(const GoOrigin&) {
    state_.z = {};
    keep_z_in_view();
  }

  void on(const PanBy& pan) {
    const float step = kPanShare * std::min(input_.plane.width, input_.plane.height);
    state_.view = panned(view(), input_.plane, {-pan.steps.x * step, pan.steps.y * step});
  }
  void on(const ZoomBy& zoom) {
    state_.view = zoomed_within(view(), home(), input_.plane, input_.plane.center(), zoom.factor);
  }
  void on(const CenterOnZ&) { state_.view = View{state_.z, view().half}; }
  void on(const SetView& set) { state_.view = set.view; }
  void on(const GoHome&) {
    state_.view.reset();
    explorer_.compared.view.reset();
  }

  void on(const SetPlane& set) {
    // The view belongs to the old directions.
    if (set.plane.principal != state_.plane.principal || set.plane.axes != state_.plane.axes) state_.view.reset();
    state_.plane = set.plane;
  }
  void on(const SetCoordinate& set) {
    if (!explorer_.model || set.direction >= static_cast<std::size_t>(explorer_.model->latent_dim())) return;
    std::vector<float>& others = state_.plane.others;
    others.resize(std::max(others.size(), set.direction + 1), 0.0f);
    others[set.direction] = std::fabs(set.value) < kSmallestCoordinate ? 0 : set.value;
  }
  void on(const UseNearestCode&) {
    if (!explorer_.model || is_locked(state_, Lock::plane)) return;
    const LoadedModel& model = *explorer_.model;
    const std::int64_t n = nearest_image(model, state_.z);
    if (n < 0) return;
    state_.plane.others = model.plane.weights(RowVector(model.file.test.mu.row(static_cast<Index>(n))));
    state_.z = model.mu[static_cast<std::size_t>(n)];
  }

  void on(const Isolate& isolate) {
    if (isolate.class_id < class_count()) state_.isolated = isolated_after(isolate, state_.isolated);
  }
  void on(const StepIsolated& step) {
    if (class_count() > 0) state_.isolated = isolated_after(step, state_.isolated, class_count());
  }
  void on(const ShowAllClasses&) { state_.isolated = 0; }
  void on(const Toggle& toggle) { state_.*toggle.flag = !(state_.*toggle.flag); }
  template <class T>
  void on(const SetValue<T>& set) {
    state_.*set.field = set.value;
  }
  void on(const ToggleTheme& toggle) {
    const bool dark = state_.theme == Theme::automatic ? toggle.dark_now : state_.theme == Theme::dark;
    state_.theme = dark ? Theme::light : Theme::dark;
  }
  void on(const StepBack&) {
    if (state_.help)
      state_.help = false;
    else if (state_.tour != 0)
      end_tour();
    else if (state_.tool != 0)
      state_.tool = 0;
    else
      state_.isolated = 0;
  }
  // Each step sets all that it speaks of; the end gives back what was shown before.
  void on(const StepTour& by) {
    if (is_locked(state_, Lock::tour)) return;  // checked here, because a step also changes other fields
    const int step = static_cast<int>(state_.tour) + by.by;
    if (step < 1 || step > static_cast<int>(tour().size())) return end_tour();
    if (!explorer_.model) return;
    if (state_.tour == 0) explorer_.before_tour = state_;
    state_ = tour_view(explorer_, static_cast<std::size_t>(step), state_);
  }

  void end_tour() { state_ = view_before_tour(explorer_); }

  void on(const ChooseOverlay& chosen) {
    state_.overlay = find_overlay(chosen.key);
    explorer_.withdrawn_overlay = 0;
    const bool asks_about_image = overlays()[state_.overlay].uses_input && !is_locked(state_, Lock::overlay);
    if (asks_about_image && !has_input_image()) on(NextTestImage{});
    interaction_.opened = OpenedOverlay{state_.overlay, state_.z, state_.view};
  }
  void on(const StepOverlay&) {
    if (!explorer_.model) return;
    do state_.overlay = (state_.overlay + 1) % overlays().size();
    while (!overlays()[state_.overlay].refusal(*explorer_.model).empty());
  }
  void on(const ChooseTool& chosen) {
    if (is_locked(state_, Lock::tool)) return;
    state_.tool = find_tool(chosen.key);
    // Opening a tool again retries its failed download.
    if (state_.tool == find_tool("replay")) on(LoadReplay{});
    if (tool().splits) on(LoadModel{state_.other});
    open_well();
  }
  // A tool that was just opened shows something worth seeing: pins, noise, or an image that the model did not draw.
  void open_well() {
    if (tool().pins && !state_.pins[0] && !state_.pins[1]) on(PutPinsOnClasses{});
    if (state_.tool == find_tool("noise") && state_.noise == 0) state_.noise = kUsualNoise;
    const bool asks_about_image = state_.tool == find_tool("image") || state_.tool == find_tool("strange");
    if (asks_about_image && !has_input_image()) on(NextTestImage{});
  }
  bool has_input_image() const { return state_.image >= 0 || explorer_.visitor_image.pixels.size() > 0; }

  void zoom_to_opened_overlay() {
    if (input_.placing || input_.panning) return;
    if (const std::optional<View> closer = view_of_opened_overlay(explorer_, input_.plane))
      state_.view = *closer, interaction_.opened.reset();
  }
  void on(const Seek& to) { show(seek(explorer_, open_tool(explorer_), to.seconds)); }
  bool is_touched() const { return !input_.actions.empty() || input_.placing || input_.panning; }
  void show(const PlayedMoment& moment) {
    if (moment.frame) state_.frame = *moment.frame;
    if (!moment.z) return;
    state_.z = *moment.z;
    keep_z_in_view();
  }
  void on(const PutPin& put) {
    if (tool().pins && put.which < state_.pins.size()) state_.pins[put.which] = state_.z;
  }
  void on(const PutPinsOnClasses&) {
    if (!explorer_.model) return;
    const auto [a, b] = farthest_classes(*explorer_.model);
    state_.pins = {a, b};
  }

  void on(const KeepPlace&) {
    std::vector<Point>& places = state_.places;
    if (places.size() < kMostPlaces && std::ranges::find(places, state_.z) == places.end()) places.push_back(state_.z);
  }
  void on(const DropPlace& drop) {
    if (drop.which < state_.places.size())
      state_.places.erase(state_.places.begin() + static_cast<std::ptrdiff_t>(drop.which));
  }

  // The visitor's own image is not part of the state, so its lock is checked here.
  void on(const SelectImage& select) {
    if (!may_change_image() || !explorer_.model || select.image >= explorer_.model->file.test.size()) return;
    clear_image(explorer_.visitor_image);
    state_.image = std::max(-1, select.image);
  }
  void on(const NextTestImage&) {
    if (!may_change_image() || !explorer_.model || explorer_.model->file.test.size() == 0) return;
    clear_image(explorer_.visitor_image);
    state_.image = next_test_image(explorer_.model->file.test.size(), state_.image);
    state_.z = explorer_.model->mu[static_cast<std::size_t>(state_.image)];
  }

  void on(const SetNoise& set) {
    state_.noise_kind = set.kind;
    state_.noise = std::clamp(set.level, 0.0f, kLargestNoise);
  }
  void on(const SetSamples& set) {
    state_.source = set.source;
    state_.source_class = set.of_class;
    state_.bernoulli = set.bernoulli;
    state_.draw = set.draw;
  }
  void on(const SetPair& set) { state_.pair = {std::min(set.a, set.b), std::max(set.a, set.b)}; }
  void on(const Compare& compare) {
    if (is_locked(state_, Lock::other)) return;
    state_.other = compare.id;
    on(LoadModel{state_.other});
  }

  void on(const ChooseUnit& chosen) {
    state_.unit = chosen.unit;
    if (chosen.on_plane) state_.overlay = find_overlay("unit");
  }

  void on(const ChooseTraining& chosen) {
    if (is_locked(state_, Lock::train)) return;
    const TrainChoice before = std::exchange(state_.train, bounded(chosen.train));
    request_training_changes(explorer_, before);
  }
  void on(const Train& train) {
    const TrainingRun& run = explorer_.training;
    if (train.by_host ? !explorer_.can_train : !training_refusal(explorer_).empty()) return;
    if (train.ask == TrainAsk::fork) return fork_training();
    if (train.ask == TrainAsk::copy && run.has_model) keep_trained(explorer_);
    if (train.ask == TrainAsk::resume && run.phase == TrainPhase::kept) state_.train = run.choice;
    request_training(explorer_, train.ask);
  }
  // Keeps a copy of the model of the run, and begins another run from it.
  void fork_training() {
    const TrainingRun& run = explorer_.training;
    const std::optional<std::size_t> entry = find_entry(explorer_, kTrainedHere);
    if (run.is_starting() || !run.has_model || !entry || !start_refusal(explorer_).empty()) return;
    if (!keep_trained(explorer_)) return;
    if (explorer_.model != explorer_.models[*entry].get()) show(*entry);
    request_training(explorer_, TrainAsk::start_from);
  }

  void on(const Undo&) {
    if (!cancel_loading()) travel(take_past(explorer_));
  }
  void on(const Redo&) { travel(take_future(explorer_)); }

  // A model that is still being loaded is what the visitor chose last.
  bool cancel_loading() {
    if (!explorer_.model || !explorer_.waiting || is_locked(state_, Lock::model)) return false;
    explorer_.waiting.reset();
    explorer_.pending.reset();
    return true;
  }
  void travel(std::optional<Moment> to) {
    if (!to) return;
    travelled_ = true;
    const TrainChoice before = state_.train;
    const std::optional<std::size_t> entry = find_entry(explorer_, to->model);
    if (entry && explorer_.model != explorer_.models[*entry].get()) {
      explorer_.pending = PendingState{*entry, std::move(to->state)};
      show(*entry);
    } else {
      state_ = std::move(to->state);
    }
    restore_image(explorer_.visitor_image, to->image.get());
    explorer_.followed_image = explorer_.visitor_image.serial;  // the ring has its own place in the moment
    request_training_changes(explorer_, before);
  }

  void on(const ChooseModel& chosen) {
    const std::optional<std::size_t> entry = find_entry(explorer_, chosen.id);
    // If the model is locked, its failed download can be retried, but no other model can be chosen.
    if (!entry || (is_locked(state_, Lock::model) && !is_wanted(explorer_, *entry))) return;
    if (explorer_.pending && explorer_.pending->entry != *entry) explorer_.pending.reset();
    if (!explorer_.model && explorer_.waiting != entry && state_.model != chosen.id) {
      // The link's fields were for the model whose download failed.
      if (!state_.model.empty()) state_ = without_model(std::move(state_)), state_.image = -1, state_.placed = false;
      state_.model = chosen.id;
    }
    choose_model(explorer_, *entry);
  }
  void on(const Retry&) {
    if (!explorer_.message || !explorer_.message->retry) return;
    const Action retry = *explorer_.message->retry;
    if (!asks_for_file(*explorer_.message)) explorer_.message.reset();  // the file dialog may be closed without a file
    perform(retry);
  }

  // Whether the pointer, the wheel or two fingers change something.
  bool acts() const {
    return input_.placing || input_.panning || input_.placing_compared || input_.panning_compared ||
           input_.pinch.active || input_.wheel != 0 || input_.double_press;
  }

  // For undo, and for the browser's Back.
  void remember(const Moment& start, const Actions& actions) {
    const Moment now = moment_of(explorer_);
    if (is_elsewhere(start, now, actions)) ++explorer_.jumps;
    if (!travelled_) explorer_.history.record(start, now, gesture_of(actions, input_.press, input_.time));
  }

  std::size_t class_count() const {
    const LoadedModel* model = explorer_.model;
    return model && model->labelled ? std::min(model->class_names.size(), kMaxIsolated) : 0;
  }

  void keep_z_in_view() {
    if (input_.plane.width < 1) return;
    const View moved = view_with(view(), input_.plane, state_.z, kKeepInside);
    if (moved != view()) state_.view = moved;
  }

  void pointer() {
    if (input_.pinch.active) stop_placing();
    if (const std::optional<View> moved = moved_view(view(), home(), input_, gesture_on_plane(input_)))
      state_.view = moved;
    look_at_compared();
    place();
    if (const std::optional<Point> z = z_of_compared_press(explorer_, input_)) state_.z = *z;
  }

  // The second plane of a comparison has a view of its own, unless both rings are at the same z.
  void look_at_compared() {
    ComparedModel& compared = explorer_.compared;
    if (!compared.model || is_locked(state_, Lock::view)) return;
    const View seen = compared_context_of(explorer_, input_.compared_plane).view;
    const View& limits = compared.by_image ? compared.model->home : home();
    if (const std::optional<View> moved = moved_view(seen, limits, input_, gesture_on_compared(input_)))
      (compared.by_image ? compared.view : state_.view) = clamped_view(*moved, limits);
  }

  // Restores z: the first of the two fingers has moved it, which was not intended.
  void stop_placing() {
    if (interaction_.placing) state_.z = interaction_.z_before;
    interaction_.placing = false;
  }

  void place() {
    const bool placing = input_.placing && !input_.panning && !input_.pinch.active;
    if (tool().shape && (interaction_.wants_shape || interaction_.drawing_shape))
      return draw_shape(interaction_, view(), input_, placing);
    if (placing && !interaction_.placing) {
      interaction_.z_before = state_.z;
      interaction_.held_pin = tool().pins ? pin_at(state_.pins, view(), input_) : -1;
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

  static void take_what_needs_no_model(const ExplorerState& from, ExplorerState& to) {
    to.theme = from.theme, to.display = from.display, to.hidden = from.hidden, to.locked = from.locked;
  }

  // The drawing is in the state as text, too: what has changed is copied to the other.
  void sync_drawing() { state_.drawing = linked_drawing(explorer_); }

  // What links say about the model. They cannot name one that was trained here, so they go on naming the one before.
  void name_model() {
    const CatalogueEntry& entry = explorer_.catalogue[*find_entry(explorer_, explorer_.model->id)];
    if (is_trained_here(entry.id)) return;
    state_.model = entry.own ? std::string() : entry.id;
    state_.file = entry.own ? linked_file_name(entry.file) : std::string();
  }

  // Sets the model's plane to the choice in the state, then the choice to the plane that was possible.
  void sync_plane() {
    LoadedModel& model = *explorer_.models[*find_entry(explorer_, explorer_.model->id)];
    set_plane(model, state_.plane);
    state_.plane = model.plane.choice();
  }

  // Moves view, z and pins to the surroundings of the home view.
  void clamp() {
    const View surroundings = home();
    if (state_.view) state_.view = clamped_view(*state_.view, surroundings);
    state_.z = clamped_z(state_.z, surroundings);
    for (std::optional<Point>& pin : state_.pins)
      if (pin) pin = clamped_z(*pin, surroundings);
    for (Point& place : state_.places) place = clamped_z(place, surroundings);
  }

  // Requests the second model of a comparison and sets the positions of both rings.
  void sync_compared() {
    ComparedModel& compared = explorer_.compared;
    if (tool().splits && state_.other.empty()) state_.other = next_model(explorer_);
    const std::optional<std::size_t> entry = tool().splits ? find_entry(explorer_, state_.other) : std::nullopt;
    const LoadedModel* before = std::exchange(compared.model, entry ? explorer_.models[*entry].get() : nullptr);
    if (compared.model != before) compared.view.reset();
    if (!entry) compared.moved_to_image = -1;
    if (entry && !compared.model) request_model(explorer_, *entry);
    if (!compared.model) return;
    const SharedCursorPlace place = join_rings(explorer_);
    state_.z = place.z, state_.image = place.image;
  }

  Explorer& explorer_;
  ExplorerState& state_;
  Interaction& interaction_;
  const Input& input_;
  bool travelled_ = false;  // by undo or redo, which are remembered already
};

void update(Explorer& explorer, const Input& input) { StateWriter(explorer, input).visit(input.actions, true); }

void apply(Explorer& explorer, const Action& action) { StateWriter(explorer, kNoInput).visit({action}, false); }

void move_ring_to_image(Explorer& explorer, Point mu) { StateWriter(explorer, kNoInput).follow_image(mu); }

void apply_unlocked(Explorer& explorer, const Action& action) {
  StateWriter writer(explorer, kNoInput);
  writer.perform(action);
  writer.settle();
}

void set_state(Explorer& explorer, ExplorerState state) {
  StateWriter writer(explorer, kNoInput);
  writer.replace(std::move(state));
  writer.settle();
}

void follow_link(Explorer& explorer, std::string_view link) {
  const Moment before = moment_of(explorer);
  StateWriter writer(explorer, kNoInput);
  writer.follow(link);
  writer.settle();
  if (!before.model.empty()) explorer.history.record(before, moment_of(explorer), {});
}

void await_linked_file(Explorer& explorer) { StateWriter(explorer, kNoInput).await_file(explorer.state); }

void show_model(Explorer& explorer, std::size_t entry) {
  const Moment before = moment_of(explorer);
  const bool linked = explorer.pending && explorer.pending->entry == entry;
  StateWriter(explorer, kNoInput).show(entry);
  if (before.model.empty()) return;
  const Moment now = moment_of(explorer);
  explorer.history.record(before, now, {});
  // Back returns from a link to the address before, which the browser knows already.
  if (!linked && is_elsewhere(before, now, {})) ++explorer.jumps;
}

void adopt_trained(Explorer& explorer, std::size_t entry, std::unique_ptr<LoadedModel> trained, bool show) {
  StateWriter(explorer, kNoInput).adopt(entry, std::move(trained), show);
}

}  // namespace loom
