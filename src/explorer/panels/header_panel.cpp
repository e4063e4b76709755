#include <cmath>
#include <numbers>
#include <optional>

#include "core/text.h"
#include "explorer/draw/widgets.h"
#include "explorer/panels/panels.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

constexpr float kButtonGap = kUnit / 2, kButtonRadius = 8;

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

// The usual share icon: three dots, one of them joined to the other two.
void share_sign(const Painter& p, Point c, Color ink) {
  const Point from{c.x - 5, c.y};
  for (const float y : {-5.0f, 5.0f}) {
    p.list().AddLine(p.pixels(from), p.pixels({c.x + 4.5f, c.y + y}), ink, 1.5f * p.scale());
    p.disc({c.x + 4.5f, c.y + y}, 2.8f, ink);
  }
  p.disc(from, 2.8f, ink);
}

// Draws the background of a button. Returns its colour.
Color button_back(const Painter& painter, Rect r, Press press) {
  const Palette& colors = painter.colors();
  const Color back = press.held ? colors.pressed : press.hovered ? colors.hover : colors.raised;
  painter.fill(r, back, kButtonRadius);
  painter.outline(r, colors.line, kButtonRadius);
  return back;
}

// The name of the model, or of the one that is being loaded.
void draw_picker_button(const Painter& painter, Rect r, const Explorer& explorer, Ui& ui) {
  const Palette& colors = painter.colors();
  const bool fixed = is_locked(explorer.state, Lock::model);
  const Press press = fixed ? Press{} : painter.press("model", r);
  if (!fixed) button_back(painter, r, press), painter.tip(r, texts::kModelTip.words);
  if (press.clicked) ui.popup = ui.popup == Popup::models ? Popup::none : Popup::models, ui.popup_scroll = 0;
  std::string title(texts::kModel);
  if (explorer.waiting)
    title = texts::loading(explorer.catalogue[*explorer.waiting].title,
                           explorer.progress > 0 ? " " + percent_text(explorer.progress) : "\u2026");
  else
    for (const CatalogueEntry& entry : explorer.catalogue)
      if (explorer.model && entry.id == explorer.model->id) title = entry.title;
  const float room = r.width - (fixed ? 0 : 5 * kUnit);
  painter.text_within(TextSize::body, {r.x + (fixed ? 0 : 1.5f * kUnit), r.center().y}, room,
                      explorer.waiting ? colors.muted : colors.ink, painter.abbreviated(TextSize::body, title, room));
  if (!fixed) chevron(painter, {r.right() - 2 * kUnit, r.center().y}, ui.popup == Popup::models);
}

bool shows_help(const ExplorerState& state) { return !is_hidden(state, Part::help) && !is_locked(state, Lock::help); }
bool shows_theme(const ExplorerState& state) {
  return !is_hidden(state, Part::theme) && !is_locked(state, Lock::theme);
}

}  // namespace

Rect page_button_place(const Layout& layout, const Explorer& explorer) {
  const ExplorerState& state = explorer.state;
  if (!explorer.has_page_controls || is_hidden(state, Part::controls) || layout.header.height < 1) return {};
  float left = layout.header.right() - kTouchTarget;
  if (shows_help(state)) left -= kTouchTarget + kButtonGap;
  if (shows_theme(state)) left -= kTouchTarget + kButtonGap;
  if (left < layout.header.x + 2 * kTouchTarget) return {};
  return {left, layout.header.y, kTouchTarget, kTouchTarget};
}

Rect free_page_button_place(const Painter& painter, const Layout& layout, const Explorer& explorer, const Ui& ui) {
  if (ui.popup != Popup::none || explorer.state.help) return {};
  const Rect place = page_button_place(layout, explorer),
             card = tour_card(painter, layout, explorer, ui.drawn.pressables);
  return overlap(place, card) ? Rect{} : place;
}

void draw_header(const Painter& painter, const Layout& layout, const Explorer& explorer, Ui& ui, Actions& actions) {
  const Palette& colors = painter.colors();
  const ExplorerState& state = explorer.state;
  Rect row = layout.header;
  // From right to left.
  const auto hit_test = [&](const char* id, bool shown,
                            const texts::Tip& tip) -> std::optional<std::pair<Rect, Press>> {
    if (!shown) return std::nullopt;
    const Rect r = row.cut_right(kTouchTarget);
    row.cut_right(kButtonGap);
    painter.tip(r, tip.words);
    return std::pair(r, painter.press(id, r));
  };
  if (const auto help = hit_test("help", shows_help(state), texts::kHelpTip)) {
    button_back(painter, help->first, help->second);
    painter.text(TextSize::body, help->first.center(), colors.ink, "?", Align::center);
    if (help->second.clicked) actions.push_back(Toggle{&ExplorerState::help});
  }
  if (const auto theme = hit_test("theme", shows_theme(state), texts::kThemeTip)) {
    const Point middle = theme->first.center();
    const Color back = button_back(painter, theme->first, theme->second);
    colors.dark ? sun(painter, middle, colors.ink) : moon(painter, middle, colors.ink, back);
    if (theme->second.clicked) actions.push_back(ToggleTheme{colors.dark});
  }
  // The page places its own button there.
  if (page_button_place(layout, explorer).width > 0) row.cut_right(kTouchTarget + kButtonGap);
  if (const auto share = hit_test("share", explorer.can_share && !is_hidden(state, Part::share), texts::kShareTip)) {
    button_back(painter, share->first, share->second);
    share_sign(painter, share->first.center(), colors.ink);
    if (share->second.clicked) actions.push_back(Share{});
  }
  if (!is_hidden(state, Part::picker)) draw_picker_button(painter, row, explorer, ui);
}

void draw_picker(const Painter& below, Rect window, const Layout& layout, const Explorer& explorer, Ui& ui,
                 Actions& actions) {
  if (ui.popup != Popup::models || is_locked(explorer.state, Lock::model)) return;
  const float button = layout.header.width - 3 * (kTouchTarget + kButtonGap);
  std::vector<ListItem> items;
  std::string group;
  for (const CatalogueEntry& entry : explorer.catalogue) {
    const bool current = explorer.model && explorer.model->id == entry.id;
    items.push_back({entry.title, entry.what, entry.group != group ? entry.group : "", current});
    group = entry.group;
  }
  if (takes_files(explorer))
    items.push_back({std::string(texts::kOpenWeights), std::string(texts::kOpenWeightsWhat), "", false, true, true});
  const int clicked = draw_list(below, window, "models", layout.header,
                                std::max(button, std::min(300.0f, layout.header.width)), items, ui);
  if (clicked < 0) return;
  if (static_cast<std::size_t>(clicked) < explorer.catalogue.size())
    actions.push_back(ChooseModel{explorer.catalogue[static_cast<std::size_t>(clicked)].id});
  else
    actions.push_back(ChooseFile{});
}

}  // namespace loom
