#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "core/parse.h"
#include "explorer/app/access/accessibility_tree.h"
#include "explorer/app/access/find.h"
#include "explorer/link/link_place.h"
#include "explorer/link/link_rows.h"
#include "explorer/state/tour.h"

namespace loom {
namespace {

constexpr float kZoom = 1.5f;  // of the buttons, as on the plane

struct Command {
  std::string_view name;
  Action action;
};

const std::array<Command, 12>& commands() {
  static const std::array<Command, 12> rows{{
      {"zoom-in", ZoomBy{kZoom}},
      {"zoom-out", ZoomBy{1 / kZoom}},
      {"show-all", GoHome{}},
      {"center", CenterOnZ{}},
      {"undo", Undo{}},
      {"redo", Redo{}},
      {"origin", GoOrigin{}},
      {"pin-a", PutPin{0}},
      {"pin-b", PutPin{1}},
      {"open-file", ChooseFile{}},
      {"find", Find{}},
      {"dismiss", DismissMessage{}},
  }};
  return rows;
}

// "id=value"
struct Setting {
  std::string id;
  float value = 0;
};
std::optional<Setting> setting_of(std::string_view words) {
  const std::size_t equals = words.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  const std::optional<double> value = parse_number(words.substr(equals + 1));
  if (!value || !std::isfinite(static_cast<float>(*value))) return std::nullopt;
  return Setting{std::string(words.substr(0, equals)), static_cast<float>(*value)};
}

bool slide(const Explorer& explorer, std::string_view words, Actions& actions) {
  const std::optional<Setting> set = setting_of(words);
  if (!set || !explorer.model) return false;
  Point z = explorer.state.z;
  if (set->id == "x" || set->id == "y") {
    (set->id == "x" ? z.x : z.y) = set->value;
    actions.push_back(FlyTo{z, 0});
    return true;
  }
  const std::optional<std::size_t> k =
      set->id.starts_with('w') ? parse_integer<std::size_t>(std::string_view(set->id).substr(1)) : std::nullopt;
  if (!k || *k >= static_cast<std::size_t>(explorer.model->latent_dim())) return false;
  actions.push_back(SetCoordinate{*k, set->value});
  return true;
}

bool press_legend(const Explorer& explorer, const Rect& plane, std::string_view value, Actions& actions) {
  const std::optional<std::size_t> i = parse_integer<std::size_t>(value);
  const std::optional<Legend> legend = legend_of(explorer, plane);
  if (!i || !legend || *i >= legend->buttons.size()) return false;
  actions.push_back(legend->buttons[*i].action);
  return true;
}

bool press_panel(AccessibleNodes& nodes, std::string_view value) {
  RemotePress press{std::string(value), std::nullopt};
  if (const std::optional<Setting> set = setting_of(value)) press = {set->id, set->value};
  for (const AccessibleNode& node : nodes.list)
    if (!node.id.empty() && node.id == press.id) return nodes.press = std::move(press), true;
  return false;
}

bool choose_theme(std::string_view value, Actions& actions) {
  const Theme theme = value == "dark" ? Theme::dark : value == "light" ? Theme::light : Theme::automatic;
  if (theme == Theme::automatic && value != "automatic") return false;
  actions.push_back(SetValue{&ExplorerState::theme, theme});
  return true;
}

bool choose_display(std::string_view value, Actions& actions) {
  const auto name = std::ranges::find(kDisplayNames, value);
  if (name == kDisplayNames.end()) return false;
  actions.push_back(SetValue{&ExplorerState::display, static_cast<DisplaySize>(name - kDisplayNames.begin())});
  return true;
}

}  // namespace

bool dispatch(const Explorer& explorer, AccessibleNodes& nodes, const Rect& plane, std::string_view what,
              std::string_view value, Actions& actions) {
  const std::size_t before = actions.size();
  if (what == "model" && find_entry(explorer, value)) actions.push_back(ChooseModel{std::string(value)});
  if (what == "overlay" && overlays()[find_overlay(value)].key == value)
    actions.push_back(ChooseOverlay{std::string(value)});
  if (what == "tool" && tools()[find_tool(value)].key == value) actions.push_back(ChooseTool{std::string(value)});
  if (what == "theme") return choose_theme(value, actions);
  if (what == "size") return choose_display(value, actions);
  if (what == "class" && value == "all") actions.push_back(ShowAllClasses{});
  if (what == "class")
    if (const std::optional<std::size_t> c = parse_integer<std::size_t>(value)) actions.push_back(Isolate{*c, true});
  if (what == "slider") return slide(explorer, value, actions);
  if (what == "legend") return press_legend(explorer, plane, value, actions);
  if (what == "panel") return press_panel(nodes, value);
  if (what == "find") return go_to_found(explorer, value, actions);
  if (what == "tour")
    if (const std::optional<int> by = parse_integer<int>(value); by && std::abs(*by) <= static_cast<int>(tour().size()))
      actions.push_back(StepTour{*by});
  if (what == "do" && value == "retry" && explorer.message && explorer.message->retry) actions.push_back(Retry{});
  if (what == "do")
    for (const LinkRow& row : link_rows())  // "names", "marks": fields that are on or off
      if (row.key == value && row.field.flag) actions.push_back(Toggle{row.field.flag});
  if (what == "do")
    for (const Command& command : commands())
      if (command.name == value) actions.push_back(command.action);
  return actions.size() > before;
}

}  // namespace loom
