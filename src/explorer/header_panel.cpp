#include <cmath>
#include <numbers>

#include "core/text.h"
#include "explorer/number_text.h"
#include "explorer/panels.h"

namespace loom {
namespace {

constexpr float kGap = kUnit / 2, kRadius = 8, kPickerRow = 52;

void sun(const Painter& p, Point c, Color ink) {
  p.ring(c, 4, ink, 1.5f);
  for (int i = 0; i < 8; ++i) {
    const float angle = static_cast<float>(i) * std::numbers::pi_v<float> / 4;
    const Point out{std::cos(angle), std::sin(angle)};
    p.list().AddLine(p.pixels(c + out * 6.5f), p.pixels(c + out * 9), ink, 1.5f * p.scale());
  }
}

void moon(const Painter& p, Point c, Color ink, Color back) {
  p.disc(c, 7.5f, ink);
  p.disc({c.x + 3.5f, c.y - 3}, 6.5f, back);
}

void chevron(const Painter& p, Point c, Color ink, float up) {
  p.list().AddLine(p.pixels({c.x - 4.5f, c.y - 2 * up}), p.pixels({c.x + 0.3f, c.y + 2.5f * up}), ink,
                   1.5f * p.scale());
  p.list().AddLine(p.pixels({c.x + 4.5f, c.y - 2 * up}), p.pixels({c.x - 0.3f, c.y + 2.5f * up}), ink,
                   1.5f * p.scale());
}

// Background of something that can be pressed; returns its colour.
Color button_back(const Painter& painter, Rect r, Press press) {
  const Palette& colors = painter.colors();
  const Color back = press.held ? colors.pressed : press.hovered ? colors.hover : colors.raised;
  painter.fill(r, back, kRadius);
  painter.outline(r, colors.line, kRadius);
  return back;
}

// Title of the model, or which one is on its way.
void draw_picker_button(const Painter& painter, Rect r, const Explorer& explorer, Ui& ui) {
  const Palette& colors = painter.colors();
  const Press press = painter.press("model", r);
  button_back(painter, r, press);
  if (press.clicked) ui.picker_open = !ui.picker_open;
  std::string title = "Model";
  if (explorer.waiting)
    title = text("Loading ", explorer.catalogue[*explorer.waiting].title,
                 explorer.progress > 0 ? " " + percent_text(explorer.progress) : "\u2026");
  else
    for (const CatalogueEntry& entry : explorer.catalogue)
      if (explorer.model && entry.id == explorer.model->id) title = entry.title;
  painter.text_within(TextSize::body, {r.x + 1.5f * kUnit, r.center().y}, r.width - 5 * kUnit,
                      explorer.waiting ? colors.muted : colors.ink, title);
  chevron(painter, {r.right() - 2 * kUnit, r.center().y}, colors.muted, ui.picker_open ? -1.0f : 1.0f);
}

const CatalogueEntry kOwnFile{
    "own file", "Open a weight file\u2026", "a .safetensors file; it stays on this machine", "", 0, ""};

// One model of the list.
bool draw_choice(const Painter& painter, Rect r, const CatalogueEntry& entry, bool current) {
  const Palette& colors = painter.colors();
  const Press press = painter.press(entry.id.c_str(), r);
  if (press.hovered || press.held) painter.fill(r, press.held ? colors.pressed : colors.hover, 6);
  if (current) painter.fill({r.x, r.y + kUnit, 3, r.height - 2 * kUnit}, colors.accent, 1.5f);
  const bool two_lines = !entry.what.empty();
  const float width = r.width - 3 * kUnit;
  painter.text_within(TextSize::body, {r.x + 1.5f * kUnit, r.center().y - (two_lines ? 9 : 0)}, width, colors.ink,
                      entry.title);
  if (two_lines)
    painter.text_within(TextSize::small, {r.x + 1.5f * kUnit, r.center().y + 10}, width, colors.muted, entry.what);
  return press.clicked;
}

}  // namespace

void draw_header(const Painter& painter, const Layout& layout, const Explorer& explorer, Ui& ui, Actions& actions) {
  const Palette& colors = painter.colors();
  Rect row = layout.header;
  const Rect help = row.cut_right(kTouchTarget);
  row.cut_right(kGap);
  const Rect theme = row.cut_right(kTouchTarget);
  row.cut_right(kGap);
  draw_picker_button(painter, row, explorer, ui);

  const Press theme_press = painter.press("theme", theme);
  const Color back = button_back(painter, theme, theme_press);
  colors.dark ? sun(painter, theme.center(), colors.ink) : moon(painter, theme.center(), colors.ink, back);
  if (theme_press.clicked) actions.push_back(ToggleTheme{colors.dark});

  const Press help_press = painter.press("help", help);
  button_back(painter, help, help_press);
  painter.text(TextSize::body, help.center(), colors.ink, "?", Align::center);
  if (help_press.clicked) actions.push_back(ToggleHelp{});
}

void draw_picker(const Painter& below, Rect window, const Layout& layout, const Explorer& explorer, Ui& ui,
                 Actions& actions) {
  if (!ui.picker_open) return;
  const float button = layout.header.width - 2 * (kTouchTarget + kGap);
  const float height = kPickerRow * static_cast<float>(explorer.catalogue.size() + explorer.can_choose_files) + kUnit;
  const Rect list{layout.header.x, layout.header.bottom() + kGap,
                  std::max(button, std::min(300.0f, layout.header.width)), height};
  // Over the whole window, so that a press beside the list closes it and does nothing else.
  const Painter painter = begin_overlay("models", window, below);
  const Palette& colors = painter.colors();
  painter.shadow(list, kRadius);
  painter.fill(list, colors.raised, kRadius);
  painter.outline(list, colors.line, kRadius);
  Rect rest = list.inset(kUnit / 2);
  for (const CatalogueEntry& entry : explorer.catalogue) {
    const bool current = explorer.model && explorer.model->id == entry.id;
    if (!draw_choice(painter, rest.cut_top(kPickerRow), entry, current)) continue;
    actions.push_back(ChooseModel{entry.id});
    ui.picker_open = false;
  }
  if (explorer.can_choose_files && draw_choice(painter, rest.cut_top(kPickerRow), kOwnFile, false)) {
    actions.push_back(ChooseFile{});
    ui.picker_open = false;
  }
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !ImGui::IsAnyItemActive() && ImGui::IsWindowHovered())
    ui.picker_open = false;
  end_overlay();
}

}  // namespace loom
