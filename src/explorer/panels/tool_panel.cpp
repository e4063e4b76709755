#include "core/text.h"
#include "explorer/draw/widgets.h"
#include "explorer/panels/panels.h"

namespace loom {
namespace {

constexpr float kTall = 100000;

}  // namespace

void draw_tool(const Painter& painter, const Layout& layout, const Explorer& explorer, Ui& ui, Actions& actions) {
  const bool narrow = layout.arrangement != Arrangement::wide;
  const float icon = button_height(narrow), head_height = narrow ? kTouchTarget : 36;
  if (!explorer.tool || !explorer.model || layout.tool.height < head_height) return;
  const Palette& colors = painter.colors();
  const Tool& row = tools()[explorer.tool_row];
  Rect rest = layout.tool;
  painter.line({rest.x, rest.y}, {rest.right(), rest.y}, colors.line);
  Rect head = rest.cut_top(head_height);
  const ExplorerState& state = explorer.state;
  if (!is_locked(state, Lock::tool) &&
      head_sign(painter, "tool off", head.cut_right(icon), "\u00d7", texts::kCloseTip.words))
    actions.push_back(ChooseTool{""});
  if (!is_hidden(state, Part::why) && head_sign(painter, "tool why", head.cut_right(icon), "i", texts::kWhyTip.words))
    ui.popup = Popup::why_tool, ui.popup_scroll = 0;
  painter.text_within(TextSize::body, {head.x, head.center().y}, head.width, colors.ink, row.name);

  // The panel scrolls with the wheel, or with a finger that does not hold a control.
  const ImVec2 low = painter.pixels({rest.x - 2, rest.y}), high = painter.pixels({rest.right() + 2, rest.bottom()});
  ImGui::PushClipRect(low, high, true);
  Rect inside{rest.x, rest.y - ui.tool_scroll, rest.width, kTall};
  const std::string_view refusal = row.refusal(explorer);
  if (!narrow || !refusal.empty()) words(painter, inside, refusal.empty() ? row.what : refusal);
  inside.cut_top(narrow ? 0 : kUnit / 2);
  const Painter recorded = painter.with_nodes(ui.nodes);
  const ToolView view{recorded, explorer, ui.textures, actions, narrow, rest.bottom() - inside.y};
  float height = inside.y - (rest.y - ui.tool_scroll);
  if (refusal.empty()) height += explorer.tool->panel(view, inside);
  ImGui::PopClipRect();
  const ImGuiIO& io = ImGui::GetIO();
  const bool over =
      io.MousePos.x >= low.x && io.MousePos.x < high.x && io.MousePos.y >= low.y && io.MousePos.y < high.y;
  // One frame later Dear ImGui makes the window itself the active item.
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) ui.tool_held = over && !ImGui::IsAnyItemActive();
  const bool free_drag = ui.tool_held && ImGui::IsMouseDragging(ImGuiMouseButton_Left, 0);
  const bool started = (over && io.MouseWheel != 0) || free_drag;
  if (started && ui.popup == Popup::none)
    ui.tool_scroll -= 40 * io.MouseWheel + (free_drag ? io.MouseDelta.y / painter.scale() : 0);
  const float hidden = std::max(0.0f, height - rest.height);
  ui.tool_scroll = std::clamp(ui.tool_scroll, 0.0f, hidden);
  if (hidden > ui.tool_scroll + 1) painter.line({rest.x, rest.bottom()}, {rest.right(), rest.bottom()}, colors.line);
}

}  // namespace loom
