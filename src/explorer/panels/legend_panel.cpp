#include "explorer/panels/panels.h"

#include "core/text.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

constexpr float kTitleHeight = 32, kRowHeight = 42;

// A word that can be pressed, ending at `right`; returns where the next one may end.
float text_button(const Painter& painter, const char* id, Point right, std::string_view words, bool on,
                  std::string_view tip, Actions& actions, Action action) {
  const Palette& colors = painter.colors();
  const float width = painter.text_width(TextSize::small, words) + 2 * kUnit;
  const Rect r{right.x - width, right.y - 12, width, 24};
  const Press press = painter.press(id, r);
  painter.tip(r, tip);
  if (on || press.hovered) painter.fill(r, press.hovered ? colors.pressed : colors.hover, 12);
  painter.text(TextSize::small, r.center(), on || press.hovered ? colors.ink : colors.muted, words, Align::center);
  if (press.clicked) actions.push_back(std::move(action));
  return r.x - kUnit / 2;
}

// The marker and name of a class: side by side in a list, one above the other in a chip on a phone.
void draw_class(const Painter& painter, Rect r, const LoadedModel& model, std::size_t c, bool shown, bool chip,
                Actions& actions) {
  const Palette& colors = painter.colors();
  const Press press = painter.press(text("class ", c).c_str(), r);
  painter.tip(r, texts::kClassTip.words);
  const Rect back = r.inset(chip ? 2 : 1);
  if (press.hovered || press.held) painter.fill(back, press.held ? colors.pressed : colors.hover, 6);
  const Color ink = shown ? colors.ink : colors.muted, fill = shown ? class_color(c) : with_alpha(colors.muted, 0.4f);
  const Point middle = r.center();
  if (chip) {
    painter.marker(c, {middle.x, r.y + 13}, 5.5f, fill);
    const float width = std::min(painter.text_width(TextSize::small, model.class_names[c]), r.width - 6);
    painter.text_within(TextSize::small, {middle.x - width / 2, r.bottom() - 12}, r.width - 6, ink,
                        model.class_names[c]);
  } else {
    painter.marker(c, {r.x + kUnit + 6, middle.y}, 5.5f, fill);
    painter.text_within(TextSize::body, {r.x + kUnit + 20, middle.y}, r.width - kUnit - 24, ink, model.class_names[c]);
  }
  if (!press.clicked) return;
  const ImGuiIO& io = ImGui::GetIO();
  // On a touch screen there is no Shift, so a tap adds or removes the class.
  const bool add = io.KeyShift || io.KeyCtrl || io.KeySuper || io.MouseSource == ImGuiMouseSource_TouchScreen;
  actions.push_back(Isolate{c, add});
}

}  // namespace

void draw_legend(const Painter& painter, const Layout& layout, const Explorer& explorer, Actions& actions) {
  if (!explorer.model || !explorer.model->labelled || explorer.model->class_names.empty()) return;
  const LoadedModel& model = *explorer.model;
  Rect rest = layout.legend;
  if (rest.height < 1) return;  // left out if the window is too low; the names are on the plane
  const bool chips = layout.arrangement != Arrangement::wide;
  if (!chips) {
    const Rect title = rest.cut_top(kTitleHeight);
    const float y = title.center().y;
    painter.text(TextSize::small, {title.x, y}, painter.colors().muted, texts::kClasses);
    const float right = text_button(painter, "names", {title.right(), y}, texts::kNames, explorer.state.class_names,
                                    texts::kNamesTip.words, actions, Toggle{&ExplorerState::class_names});
    if (explorer.state.isolated != 0)
      text_button(painter, "all", {right, y}, texts::kShowAll, false, texts::kShowAllTip.words, actions,
                  ShowAllClasses{});
    rest = {rest.x - kUnit, rest.y, rest.width + kUnit, rest.height};  // align the markers, not their backgrounds
  }
  const std::size_t columns = static_cast<std::size_t>(layout.legend_columns);
  const std::size_t rows = (model.class_names.size() + columns - 1) / columns;
  const float width = rest.width / static_cast<float>(columns);
  const std::size_t shared = std::max(rows, static_cast<std::size_t>(layout.legend_rows));
  const float height = std::min(chips ? kTouchTarget : kRowHeight, rest.height / static_cast<float>(shared));
  for (std::size_t c = 0; c < model.class_names.size() && c < kMaxIsolated; ++c) {
    // A list is filled by columns, chips by rows.
    const std::size_t column = chips ? c % columns : c / rows, row = chips ? c / columns : c % rows;
    const Rect r{rest.x + width * static_cast<float>(column), rest.y + height * static_cast<float>(row), width, height};
    draw_class(painter, r, model, c, is_class_shown(explorer.state, c), chips, actions);
  }
}

}  // namespace loom
