// A locked part cannot be changed in any way: by an action, the pointer, keys, files, images or controls of the page.
#include <doctest/doctest.h>

#include "explorer/app/access/accessibility_tree.h"
#include "explorer/link/link.h"
#include "explorer/link/link_rows.h"
#include "explorer_screen.h"

namespace loom {
namespace {

template <std::size_t... I>
constexpr bool in_order(const std::array<Action, sizeof...(I)>& actions, std::index_sequence<I...>) {
  return ((actions[I].index() == I) && ...);
}

// One of each action, all of which change something in the state below.
const auto& one_of_each_action() {
  static const std::array<Action, std::variant_size_v<Action>> actions{
      MoveZ{{1, 1}, 5},
      FlyTo{{1, -1}, 0.5f},
      SetZ{{-1, 1}},
      GoOrigin{},
      PanBy{{1, 0}},
      ZoomBy{2},
      CenterOnZ{},
      SetView{{{0, 1}, 1}},
      GoHome{},
      SetPlane{{.principal = false, .axes = {2, 4}, .others = {0, 1}}},
      SetCoordinate{3, 0.5f},
      UseNearestCode{},
      Isolate{1},
      StepIsolated{1},
      ShowAllClasses{},
      Toggle{&ExplorerState::help},
      SetValue{&ExplorerState::theme, Theme::dark},
      SetValue{&ExplorerState::display, DisplaySize::large},
      SetValue{&ExplorerState::path, PathKind::geodesic},
      SetValue{&ExplorerState::cursor, SharedCursor::latent},
      SetValue{&ExplorerState::frame, 3},
      SetValue{&ExplorerState::epsilon, 9u},
      ToggleTheme{true},
      StepBack{},
      StepTour{1},
      ChooseOverlay{"holes"},
      StepOverlay{},
      PressOverlay{},
      ChooseTool{"merge"},
      Play{},
      SetPlay{2, true},
      Seek{1},
      MakeFilm{},
      PutPin{1},
      PutPinsOnClasses{},
      KeepPlace{},
      DropPlace{},
      WantShape{},
      DropShape{},
      SelectImage{4},
      NextTestImage{},
      DrawStroke{{1, 1}, {3, 3}},
      ClearDrawing{},
      SetNoise{1, 0.25f},
      SetSamples{SampleSource::one_class, 2, true, 9},
      SetPair{1, 2},
      Compare{"plain"},
      ChooseUnit{{Network::decoder, 1, 3}},
      ChooseTraining{{.size = TrainSize::small, .beta = 3}},
      Train{TrainAsk::start},
      Undo{},
      Redo{},
      ChooseModel{"plain"},
      LoadModel{"plain"},
      LoadReplay{},
      LoadOriginals{{0, 1}},
      SaveFile{.name = "a.csv", .text = "a"},
      ChooseFile{},
      Share{},
      Find{},
      OpenLesson{},
      DismissWelcome{},
      DismissMessage{},
      Retry{},
  };
  return actions;
}

// With one for every field of a link that is on or off.
std::vector<Action> every_action() {
  std::vector<Action> actions(one_of_each_action().begin(), one_of_each_action().end());
  for (const LinkRow& row : link_rows())
    if (row.field.flag) actions.emplace_back(Toggle{row.field.flag});
  return actions;
}

// Five dimensions, two models, an image of the visitor's own, and every field away from its default.
std::unique_ptr<Explorer> busy_explorer() {
  auto explorer = small_explorer(true, 5);
  open_visitor_file(*explorer, "plain.safetensors", save_model(explorer_file(false, 5), Precision::f32));
  apply(*explorer, ChooseModel{"small"});
  explorer->can_choose_files = explorer->can_share = explorer->is_page = explorer->can_train = true;
  edit(*explorer, [](ExplorerState& s) {
    s.z = {0.5f, -0.25f};
    s.view = View{{0.25f, 0}, 1};
    s.plane = {.principal = false, .axes = {1, 3}, .others = {0.5f}};
    s.isolated = 1;
    s.theme = Theme::light;
    s.display = DisplaySize::larger;
    s.overlay = find_overlay("density");
    s.tool = find_tool("path");
    s.pins = {Point{1, 1}, Point{-1, 0}};
    s.image = 7;
    s.noise = 0.125f;
    s.other = "small";
    s.frame = 1;
  });
  DrawStroke stroke{{2, 2}, {3, 3}};
  apply(*explorer, stroke);
  return explorer;
}

// Whether nothing of what `row` locks differs from `before`.
bool is_kept(const LockRow& row, ExplorerState before, const Explorer& explorer) {
  ExplorerState kept = explorer.state;
  before.locked = row.lock;
  keep_locked(before, kept);
  return kept == explorer.state;
}
void check_kept(const LockRow& row, const ExplorerState& before, const Explorer& explorer) {
  CHECK(is_kept(row, before, explorer));
}

TEST_CASE("locks: no action changes what is locked") {
  REQUIRE(in_order(one_of_each_action(), std::make_index_sequence<std::variant_size_v<Action>>()));
  for (const LockRow& row : lock_rows())
    for (const Action& action : every_action()) {
      CAPTURE(row.key);
      CAPTURE(action.index());
      auto explorer = busy_explorer();
      edit(*explorer, [&](ExplorerState& s) { s.locked = row.lock; });
      const ExplorerState before = explorer->state;
      const Matrix own = explorer->visitor_image.pixels;
      Input input;
      input.plane = {0, 0, 400, 400};
      input.actions = {action};
      advance(*explorer, input);
      advance(*explorer,
              {.plane = input.plane, .compared_plane = {}, .pointer = {}, .moved = {}, .pinch = {}, .actions = {}});
      check_kept(row, before, *explorer);
      if (row.lock == bit(Lock::image)) CHECK(explorer->visitor_image.pixels == own);
      CHECK(explorer->state.locked == row.lock);
    }
}

TEST_CASE("locks: without them the same actions do change the state") {
  std::size_t changed = 0;
  for (const LockRow& row : lock_rows()) {
    bool any = false;
    for (const Action& action : every_action()) {
      auto explorer = busy_explorer();
      const ExplorerState before = explorer->state;
      const std::uint64_t own = explorer->visitor_image.serial;
      Input input;
      input.plane = {0, 0, 400, 400};
      input.actions = {action};
      advance(*explorer, input);
      any |= !is_kept(row, before, *explorer) || explorer->visitor_image.serial != own;
    }
    CAPTURE(row.key);
    CHECK_MESSAGE(any, "no action of one_of_each_action changes what this lock keeps");
    changed += any;
  }
  CHECK(changed == lock_rows().size());
}

TEST_CASE("locks: neither the pointer nor any key changes what is locked") {
  for (const char* tool : {"", "image", "path", "compare", "noise", "sample", "plane", "border", "train", "inside"}) {
    for (const LockRow& row : lock_rows()) {
      CAPTURE(row.key);
      CAPTURE(tool);
      Screen screen(1000, 700);
      auto explorer = busy_explorer();
      edit(*explorer, [&](ExplorerState& s) { s.tool = find_tool(tool), s.locked = row.lock; });
      screen.settle(*explorer);
      const ExplorerState before = explorer->state;
      const Matrix own = explorer->visitor_image.pixels;
      // Everything that can be pressed in the panel and the header; lists that open are closed again.
      const Pressables pressables = screen.ui.drawn.pressables;
      for (const auto& [id, r] : pressables) {
        screen.click(*explorer, r.center());
        screen.ui.popup = Popup::none;
      }
      const Rect plane = layout_of(*explorer, 1000, 700).plane;
      screen.drag(*explorer, plane.center(), plane.center() + Point{60, 30});
      ImGui::GetIO().AddMouseWheelEvent(0, 2);
      screen.frame(*explorer);
      Actions keys;
      for (const char* key : {"ArrowLeft", "+", "j", "c", "p", "h", "o", "a", ".", "3", "n", "t", "m", "Escape"})
        append_key_action(key, {}, keys);
      screen.frame(*explorer, std::move(keys));
      screen.frame(*explorer);
      check_kept(row, before, *explorer);
      if (row.lock == bit(Lock::image)) CHECK(explorer->visitor_image.pixels == own);
    }
  }
}

TEST_CASE("locks: files, images and the page's controls do not change what is locked") {
  std::vector<std::byte> idx;
  const auto put = [&](std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) idx.push_back(static_cast<std::byte>(value >> shift & 0xff));
  };
  put(0x803), put(300), put(6), put(5);
  idx.resize(idx.size() + 300 * 30, std::byte{9});
  const std::vector<std::byte> weights = save_model(explorer_file(true, 5), Precision::f32);
  const std::vector<std::uint8_t> grey(64, 200);
  const std::pair<const char*, const char*> asked[]{
      {"model", "plain"}, {"overlay", "holes"}, {"tool", "merge"},     {"theme", "dark"},   {"class", "2"},
      {"class", "all"},   {"slider", "x=1"},    {"slider", "w0=0.75"}, {"tour", "1"},       {"do", "zoom-in"},
      {"do", "center"},   {"do", "origin"},     {"do", "names"},       {"do", "marks"},     {"do", "pin-a"},
      {"do", "pin-b"},    {"do", "show-all"},   {"do", "retry"},       {"do", "open-file"}, {"do", "undo"},
      {"do", "redo"}};
  for (const LockRow& row : lock_rows()) {
    CAPTURE(row.key);
    auto explorer = busy_explorer();
    edit(*explorer, [&](ExplorerState& s) { s.locked = row.lock; });
    const ExplorerState before = explorer->state;
    const Matrix own = explorer->visitor_image.pixels;
    open_any_file(*explorer, "t10k", idx);
    check_kept(row, before, *explorer);
    open_visitor_image(*explorer, "photo.png", grey, 8, 8);
    check_kept(row, before, *explorer);
    if (row.lock == bit(Lock::image)) CHECK(explorer->visitor_image.pixels == own);
    for (const auto& [what, value] : asked) {
      CAPTURE(what);
      AccessibleNodes nodes;
      Input input;
      input.plane = {0, 0, 400, 400};
      dispatch(*explorer, nodes, input.plane, what, value, input.actions);
      advance(*explorer, input);
      check_kept(row, before, *explorer);
    }
    open_any_file(*explorer, "third.safetensors", weights);
    advance(*explorer, {});
    check_kept(row, before, *explorer);
  }
}

}  // namespace
}  // namespace loom
