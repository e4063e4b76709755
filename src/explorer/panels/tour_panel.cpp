#include <algorithm>
#include <array>
#include <ranges>

#include "core/text.h"
#include "explorer/draw/widgets.h"
#include "explorer/panels/panels.h"
#include "explorer/state/tour.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

constexpr std::string_view kDigits = "mnist-vae-2d";  // another data set to explore next

bool is_last(const Explorer& explorer) { return explorer.state.tour == tour().size(); }

// What the step points at; empty if it is not on the screen. `pressables`: of the last frame.
Rect target_of(const Layout& layout, const Explorer& explorer, const Pressables& pressables) {
  const auto place_of = [&](std::string_view id) {
    const auto found = std::ranges::find(pressables | std::views::reverse, id, &Pressables::value_type::first);
    return found == (pressables | std::views::reverse).end() ? Rect{} : found->second;
  };
  const View view = current_view(explorer.state, explorer.model);
  const auto around = [&](Point z, float radius) {
    const Point at = to_screen(view, layout.plane, z);
    return layout.plane.contains(at) ? Rect{at.x - radius, at.y - radius, 2 * radius, 2 * radius} : Rect{};
  };
  switch (tour()[explorer.state.tour - 1].target) {
    case TourTarget::ring: return around(explorer.state.z, 20);
    case TourTarget::zoom: return place_of("zoom in");
    case TourTarget::overlays: return place_of("overlays");
    case TourTarget::legend_button: {
      const Rect open = place_of("legend button 0");
      return open.width > 0 ? open : place_of("legend strip button");
    }
    case TourTarget::tool: return layout.tool;
    case TourTarget::pins: return explorer.state.pins[0] ? around(*explorer.state.pins[0], 20) : Rect{};
    case TourTarget::second_map: return layout.compared_plane;
  }
  return {};
}

// The places that the card may have, best first.
std::vector<Rect> places_for(const Layout& layout, float width, float height) {
  const Rect stage = layout.stage();
  const float right = std::max(stage.right(), layout.compared_plane.right());
  const float x = (stage.x + right - width) / 2;
  const Rect below_choosers{x, stage.y + 6.5f * kUnit, width, height};
  const Rect above_axis{x, stage.bottom() - height - 4 * kUnit, width, height};
  if (layout.arrangement == Arrangement::wide)
    return {below_choosers, above_axis, {right - width - kUnit, below_choosers.y, width, height}};
  const Rect top{x, kUnit, width, height}, bottom{x, layout.panel.bottom() - height - kUnit, width, height};
  // On a phone the card covers what the step does not talk about: the class names or, with a tool, the header.
  if (layout.arrangement == Arrangement::tall && layout.tool.height > 0) return {top, bottom, above_axis};
  return {bottom, top, below_choosers};
}

// After the last step: three things to do next.
void draw_what_next(const Painter& painter, Rect& rest, bool narrow, const Explorer& explorer, Actions& actions) {
  heading(painter, rest, texts::kWhatNext);
  std::vector<std::string_view> labels;
  std::vector<Actions> next;
  const ExplorerState& state = explorer.state;
  const int end = -static_cast<int>(state.tour);
  if (!is_locked(state, Lock::model) && find_entry(explorer, kDigits))
    labels.push_back(texts::kExploreDigits), next.push_back({StepTour{end}, ChooseModel{std::string(kDigits)}});
  if (!is_locked(state, Lock::image))
    labels.push_back(texts::kDrawAnImage), next.push_back({StepTour{end}, ChooseTool{"image"}});
  if (explorer.has_lesson)
    labels.push_back(texts::kReadLesson), next.push_back({OpenLesson{}});
  else if (explorer.can_share)
    labels.push_back(texts::kShareThis), next.push_back({StepTour{end}, Share{}});
  const int clicked = button_row(painter, "what next", rest, labels, button_height(narrow));
  if (clicked < 0) return;
  for (Action& action : next[static_cast<std::size_t>(clicked)]) actions.push_back(std::move(action));
}

}  // namespace

Rect tour_card(const Painter& painter, const Layout& layout, const Explorer& explorer, const Pressables& pressables) {
  const std::size_t step = explorer.state.tour;
  if (step == 0 || !explorer.model || is_hidden(explorer.state, Part::tour)) return {};
  const Rect stage = layout.stage();
  const float right = std::max(stage.right(), layout.compared_plane.right());
  const float width = std::floor(std::min(right - stage.x - 2 * kUnit, 460.0f)), inner = width - 4 * kUnit;
  const float row = button_height(layout.arrangement != Arrangement::wide);
  const float more = is_last(explorer) ? 22 + row + kUnit : 0;
  const float height =
      std::ceil(painter.paragraph_height(TextSize::small, inner, tour()[step - 1].words) + 30 + row + 4 * kUnit + more);
  const Rect target = target_of(layout, explorer, pressables);
  const std::vector<Rect> places = places_for(layout, width, height);
  const auto free = std::ranges::find_if(places, [&](const Rect& place) { return !overlap(place, target); });
  // If none is free, then rather over the numbers of an axis than over the names of two models.
  const std::size_t least = layout.arrangement == Arrangement::wide ? 1 : 0;
  Rect card = free == places.end() ? places[least] : *free;
  // Whole points, because Dear ImGui rounds the place of its window down and would cut off the frame.
  card.x = std::floor(card.x), card.y = std::floor(std::max(card.y, 0.0f));
  return card;
}

void draw_tour(const Painter& below, const Layout& layout, const Explorer& explorer, Actions& actions) {
  const Pressables none;
  const Pressables& pressables = below.drawn() ? below.drawn()->pressables : none;
  const Rect card = tour_card(below, layout, explorer, pressables);
  if (card.width <= 0) return;
  const std::size_t step = explorer.state.tour;
  const TourStep& now = tour()[step - 1];
  if (const Rect target = target_of(layout, explorer, pressables); target.width > 0 && !overlap(card, target)) {
    const Rect marker = target.inset(target.width > 100 ? -5 : -4);
    const Painter above(ImGui::GetForegroundDrawList(), below.atlas(), below.colors());
    above.outline(marker, below.colors().accent, kUnit, 3);
  }
  const Painter painter = begin_overlay("tour", card, below);
  const Palette& colors = painter.colors();
  painter.fill(card, colors.raised, kUnit);
  painter.outline(card.inset(0.5f), colors.accent, kUnit);
  Rect rest = card.inset(2 * kUnit);
  Rect head = rest.cut_top(26);
  painter.text(TextSize::small, {head.right(), head.center().y}, colors.muted, texts::step_of(step, tour().size()),
               Align::right);
  painter.text_within(TextSize::body, {head.x, head.center().y}, head.width - 6 * kUnit, colors.ink, now.title);
  words(painter, rest, now.words, true);
  const bool narrow = layout.arrangement != Arrangement::wide;
  Rect row = rest.cut_bottom(button_height(narrow));
  if (is_locked(explorer.state, Lock::tour)) return end_overlay();
  if (is_last(explorer)) draw_what_next(painter, rest, narrow, explorer, actions);
  if (button(painter, "end", row.cut_left(72), texts::kEnd)) actions.push_back(StepTour{-static_cast<int>(step)});
  if (button(painter, "next", row.cut_right(88), is_last(explorer) ? texts::kDone : texts::kNext, true))
    actions.push_back(StepTour{is_last(explorer) ? -static_cast<int>(step) : 1});
  row.cut_right(kUnit / 2);
  if (step > 1 && button(painter, "back", row.cut_right(72), texts::kBack)) actions.push_back(StepTour{-1});
  end_overlay();
}

}  // namespace loom
