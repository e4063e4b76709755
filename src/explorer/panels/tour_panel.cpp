#include <algorithm>
#include <array>
#include <ranges>

#include "core/text.h"
#include "explorer/draw/widgets.h"
#include "explorer/layout/card_place.h"
#include "explorer/panels/panels.h"
#include "explorer/state/tour.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

constexpr std::string_view kDigits = "mnist-vae-2d";  // another data set to explore next
constexpr float kWidest = 460, kHead = 26;

float padding(bool narrow) { return (narrow ? 1.5f : 2.0f) * kUnit; }

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

// The places that the card may have; of equally good ones the first is taken. `height_of(width)`: of the card.
template <class HeightOf>
std::vector<Rect> places_for(const Layout& layout, HeightOf&& height_of) {
  const Rect stage = layout.stage();
  const float right = std::max(stage.right(), layout.compared_plane.right());
  const float bottom = std::max(stage.bottom(), layout.compared_plane.bottom());
  const float width = std::floor(std::min(right - stage.x - 2 * kUnit, kWidest)), height = height_of(width);
  // On a low map at its left, so that the buttons at its right stay free.
  const float x = layout.arrangement == Arrangement::low ? stage.x + kUnit : (stage.x + right - width) / 2;
  const Rect below_choosers{x, stage.y + 6.5f * kUnit, width, height};
  const Rect above_axis{x, bottom - height - 4 * kUnit, width, height};
  if (layout.arrangement == Arrangement::wide)
    return {below_choosers, above_axis, {right - width - kUnit, below_choosers.y, width, height}};
  std::vector<Rect> places{{x, layout.panel.bottom() - height - kUnit, width, height},
                           above_axis,
                           {x, bottom - height - kUnit, width, height},
                           below_choosers,
                           {x, stage.y + kUnit, width, height}};
  if (const Rect& tool = layout.tool; tool.width > 0) {
    const float narrow = std::floor(std::min(tool.width, kWidest)), high = height_of(narrow);
    places.push_back({tool.x, tool.bottom() - high, narrow, high});
    places.push_back({tool.x, tool.y, narrow, high});
  }
  for (Rect& place : places) place.y = std::max(0.0f, std::min(place.y, layout.panel.bottom() - place.height));
  return places;
}

// What the card had better not cover: first of all what the step points at.
std::vector<Covered> worth_seeing(const Layout& layout, const Rect& target) {
  constexpr float kTarget = 1000, kImage = 20, kReading = 10, kName = 5, kMap = 3, kHeader = 3, kTool = 2, kClasses = 1;
  std::vector<Covered> out{{target, kTarget},          {layout.decoded, kImage}, {layout.compared_decoded, kImage},
                           {layout.reading, kReading}, {layout.plane, kMap},     {layout.compared_plane, kMap},
                           {layout.header, kHeader},   {layout.tool, kTool},     {layout.legend, kClasses}};
  if (layout.compared_plane.width > 0)  // the names of both models, at the top of their maps
    for (Rect map : {layout.plane, layout.compared_plane}) out.push_back({map.cut_top(10 * kUnit), kName});
  return out;
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
  const bool narrow = layout.arrangement != Arrangement::wide;
  const float row = button_height(narrow), more = is_last(explorer) ? 22 + row + kUnit : 0;
  const std::vector<Rect> places = places_for(layout, [&](float width) {
    const float words = painter.paragraph_height(TextSize::small, width - 2 * padding(narrow), tour()[step - 1].words);
    return std::ceil(words + kHead + kUnit / 2 + row + 2 * padding(narrow) + more);
  });
  return places[least_covering(places, worth_seeing(layout, target_of(layout, explorer, pressables)))];
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
  const bool narrow = layout.arrangement != Arrangement::wide;
  Rect rest = card.inset(padding(narrow));
  Rect head = rest.cut_top(kHead);
  painter.text(TextSize::small, {head.right(), head.center().y}, colors.muted, texts::step_of(step, tour().size()),
               Align::right);
  painter.text_within(TextSize::body, {head.x, head.center().y}, head.width - 6 * kUnit, colors.ink, now.title);
  words(painter, rest, now.words, true);
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
