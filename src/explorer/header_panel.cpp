#include <cmath>
#include <numbers>

#include "core/text.h"
#include "explorer/number_text.h"
#include "explorer/panels.h"

namespace loom {
namespace {

constexpr float kGap = kUnit / 2, kRadius = 8;

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
  if (press.clicked) ui.popup = ui.popup == Popup::models ? Popup::none : Popup::models, ui.popup_scroll = 0;
  std::string title = "Model";
  if (explorer.waiting)
    title = text("Loading ", explorer.catalogue[*explorer.waiting].title,
                 explorer.progress > 0 ? " " + percent_text(explorer.progress) : "\u2026");
  else
    for (const CatalogueEntry& entry : explorer.catalogue)
      if (explorer.model && entry.id == explorer.model->id) title = entry.title;
  painter.text_within(TextSize::body, {r.x + 1.5f * kUnit, r.center().y}, r.width - 5 * kUnit,
                      explorer.waiting ? colors.muted : colors.ink, title);
  chevron(painter, {r.right() - 2 * kUnit, r.center().y}, colors.muted, ui.popup == Popup::models ? -1.0f : 1.0f);
}

}  // namespace

Rect page_button_place(const Layout& layout) {
  const float left = layout.header.right() - 3 * kTouchTarget - 2 * kGap;
  if (left < layout.header.x + 2 * kTouchTarget) return {};
  return {left, layout.header.y, kTouchTarget, kTouchTarget};
}

void draw_header(const Painter& painter, const Layout& layout, const Explorer& explorer, Ui& ui, Actions& actions) {
  const Palette& colors = painter.colors();
  Rect row = layout.header;
  const Rect help = row.cut_right(kTouchTarget);
  row.cut_right(kGap);
  const Rect theme = row.cut_right(kTouchTarget);
  row.cut_right(kGap);
  if (explorer.has_page_controls && page_button_place(layout).width > 0) row.cut_right(kTouchTarget + kGap);
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
  if (ui.popup != Popup::models) return;
  const float button = layout.header.width - 2 * (kTouchTarget + kGap);
  std::vector<ListItem> items;
  std::string group;
  for (const CatalogueEntry& entry : explorer.catalogue) {
    const bool current = explorer.model && explorer.model->id == entry.id;
    items.push_back({entry.title, entry.what, entry.group != group ? entry.group : "", current});
    group = entry.group;
  }
  if (explorer.can_choose_files)
    items.push_back({"Open a weight file\u2026", "a .safetensors file; it stays on this machine", ""});
  const int clicked = draw_list(below, window, "models", layout.header,
                                std::max(button, std::min(300.0f, layout.header.width)), items, ui);
  if (clicked < 0) return;
  if (static_cast<std::size_t>(clicked) < explorer.catalogue.size())
    actions.push_back(ChooseModel{explorer.catalogue[static_cast<std::size_t>(clicked)].id});
  else
    actions.push_back(ChooseFile{});
}

}  // namespace loom
