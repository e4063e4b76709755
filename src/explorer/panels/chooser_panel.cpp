#include "explorer/draw/widgets.h"
#include "explorer/panels/panels.h"

#include "core/text.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

constexpr float kListWidth = 380;

struct Chooser {
  Popup popup;
  const char* id;
  std::string label;
  bool on;
};

// The rows of a table as list items. An item that cannot be chosen says why.
template <class Table, class Refusal>
std::vector<ListItem> items_of(const Table& table, std::size_t current, Refusal&& refusal) {
  std::vector<ListItem> items;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const std::string_view no = refusal(table[i]);
    items.push_back(
        {std::string(table[i].name), std::string(no.empty() ? table[i].brief : no), "", i == current, no.empty()});
  }
  return items;
}

void list_overlays(const Painter& below, Rect window, Rect anchor, float width, const Explorer& explorer, Ui& ui,
                   Actions& actions) {
  const auto items =
      items_of(overlays(), explorer.state.overlay, [&](const Overlay& row) { return row.refusal(*explorer.model); });
  const int clicked = draw_list(below, window, "overlay list", anchor, width, items, ui);
  if (clicked >= 0) actions.push_back(ChooseOverlay{std::string(overlays()[static_cast<std::size_t>(clicked)].key)});
}

void list_tools(const Painter& below, Rect window, Rect anchor, float width, const Explorer& explorer, Ui& ui,
                Actions& actions) {
  const ExplorerState& state = explorer.state;
  std::vector<ListItem> items = items_of(tools(), state.tool, [&](const Tool& row) { return row.refusal(explorer); });
  for (std::size_t i = 1; i < items.size(); ++i)
    if (tools()[i].group != tools()[i - 1].group) items[i].heading = tools()[i].group;
  if (!is_hidden(state, Part::tour) && !is_locked(state, Lock::tour))
    items.push_back(
        {std::string(texts::kTakeTour), std::string(texts::kTakeTourWhat), std::string(texts::kToolsIntroduction)});
  const int clicked = draw_list(below, window, "tool list", anchor, width, items, ui);
  if (clicked < 0) return;
  ui.tool_scroll = 0;
  if (static_cast<std::size_t>(clicked) < tools().size())
    actions.push_back(ChooseTool{std::string(tools()[static_cast<std::size_t>(clicked)].key)});
  else
    actions.push_back(StepTour{1});
}

}  // namespace

void draw_choosers(const Painter& below, Rect window, const Layout& layout, const Explorer& explorer, Ui& ui,
                   Actions& actions) {
  if (!explorer.model || layout.plane.width < 1) return;
  const ExplorerState& state = explorer.state;
  const bool small = layout.arrangement != Arrangement::wide;
  const auto label = [&](std::string_view kind, std::string_view name, bool on) {
    return std::string(on ? name : kind);
  };
  const std::array<Chooser, 2> all{{
      {Popup::overlays, "overlays",
       label(small ? texts::kOverlayBrief : texts::kAddOverlay, overlays()[state.overlay].name, state.overlay != 0),
       state.overlay != 0},
      {Popup::tools, "tools", label(texts::kTools, tools()[state.tool].name, state.tool != 0), state.tool != 0},
  }};
  // No button for what is locked: the legend and the tool's panel show what is active.
  std::vector<Chooser> choosers;
  if (!is_hidden(state, Part::overlays) && !is_locked(state, Lock::overlay)) choosers.push_back(all[0]);
  if (!is_hidden(state, Part::tools) && !is_locked(state, Lock::tool)) choosers.push_back(all[1]);
  if (choosers.empty()) return;
  const float height = layout.arrangement == Arrangement::wide ? 36 : kTouchTarget;
  const float left = layout.plane.x + kUnit, top = layout.plane.y + kUnit;
  const Rect history = history_buttons_place(layout, explorer);
  const bool beside = history.width > 0 && history.y < top + height;
  const float right = beside ? history.x : std::max(layout.plane.right(), layout.compared_plane.right());
  const float most = (right - layout.plane.x - 3 * kUnit) / 2;
  float x = left;
  std::vector<Rect> places(choosers.size());
  for (std::size_t i = 0; i < choosers.size(); ++i) {
    const float width = std::min(most, below.text_width(TextSize::small, choosers[i].label) + 5 * kUnit);
    places[i] = {x, top, width, height};
    x += width + kUnit;
  }
  if (overlap(tour_card(below, layout, explorer, ui.drawn.pressables), {left, top, x - left, height})) return;
  const Painter painter = begin_overlay("choosers", {left, top, x - left, height}, below);
  const Palette& colors = painter.colors();
  for (std::size_t i = 0; i < choosers.size(); ++i) {
    const Chooser& chooser = choosers[i];
    const Rect r = places[i];
    const Press press = painter.press(chooser.id, r);
    painter.tip(r, chooser.popup == Popup::overlays ? texts::kOverlayTip.words : texts::kToolsTip.words);
    painter.fill(r, press.held ? colors.pressed : press.hovered ? colors.hover : colors.raised, height / 2);
    painter.outline(r, chooser.on ? colors.accent : colors.line, height / 2, chooser.on ? 1.5f : 1.0f);
    painter.text_within(TextSize::small, {r.x + 1.75f * kUnit, r.center().y}, r.width - 5 * kUnit + 1, colors.ink,
                        chooser.label);
    chevron(painter, {r.right() - 2 * kUnit, r.center().y}, false);
    if (press.clicked) ui.popup = chooser.popup, ui.popup_scroll = 0;
  }
  end_overlay();

  const Popup open = ui.popup;
  const float width = std::min(kListWidth, window.width - 2 * kUnit);
  if (open == Popup::overlays)
    list_overlays(below, window, places.front(), width, explorer, ui, actions);
  else if (open == Popup::tools)
    list_tools(below, window, places.back(), width, explorer, ui, actions);
  else
    return;
  // A press beside the list closes it; on the other button it opens the other list.
  if (ui.popup != Popup::none || !ImGui::IsMouseClicked(ImGuiMouseButton_Left)) return;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  for (std::size_t i = 0; i < choosers.size(); ++i)
    if (choosers[i].popup != open && places[i].contains({mouse.x / below.scale(), mouse.y / below.scale()}))
      ui.popup = choosers[i].popup, ui.popup_scroll = 0;
}

void draw_why(const Painter& below, Rect window, const Explorer& explorer, Ui& ui) {
  if (ui.popup != Popup::why_overlay && ui.popup != Popup::why_tool) return;
  const auto show = [&](const auto& row) {
    std::vector<texts::Paragraph> paragraphs{{texts::kWhatYouSee, row.what}};
    if (!row.why.empty()) paragraphs.push_back({texts::kWhy, row.why});
    if (!row.source.empty()) paragraphs.push_back({texts::kSource, row.source});
    const CardContent content{.title = row.name, .buttons = {}, .paragraphs = paragraphs, .keys = {}};
    if (draw_card(below, window, "why", content, ui.popup_scroll) == kCardClosed) ui.popup = Popup::none;
  };
  if (ui.popup == Popup::why_overlay)
    show(overlays()[explorer.state.overlay]);
  else
    show(tools()[explorer.state.tool]);
}

}  // namespace loom
