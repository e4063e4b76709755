// Every overlay, tool, step of the tour, menu and card, with a shipped model, in windows from a small phone to a
// projector: texts and buttons have room.
#include <doctest/doctest.h>
#include <imgui_internal.h>

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "cli/commands/render_view.h"
#include "core/text.h"
#include "explorer/state/tour.h"
#include "explorer_screen.h"
#include "source_path.h"

namespace loom {
namespace {

struct Size {
  float width, height;
};
// The last three are 1280 x 720 at 150 % and 200 %, and a phone at 150 %.
constexpr Size kSizes[]{{360, 640},   {390, 844},   {844, 390}, {768, 1024}, {1280, 720},
                        {1920, 1080}, {2560, 1440}, {853, 480}, {640, 360},  {260, 563}};

struct Case {
  std::string name, link;
  std::vector<std::string> pressed;  // ids, one after the other
};

std::vector<Case> views() {
  const std::string model = "m=fashion-dense-vae-2d", many = "m=fashion-dense-vae-10d";
  std::vector<Case> all{{"nothing", model, {}},       {"ten dimensions", many, {}},
                        {"models", model, {"model"}}, {"overlays", model, {"overlays"}},
                        {"tools", model, {"tools"}},  {"help", model, {"help"}}};
  for (std::size_t i = 1; i < overlays().size(); ++i) {
    const std::string link = text(model, "&overlay=", overlays()[i].key);
    all.push_back({text("overlay ", overlays()[i].key), link, {}});
    all.push_back({text("explained ", overlays()[i].key), link, {"overlay why"}});
  }
  for (std::size_t i = 1; i < tools().size(); ++i) {
    const std::string key(tools()[i].key), link = text(key == "plane" ? many : model, "&tool=", key);
    const bool pins = tools()[i].pins;
    all.push_back({text("tool ", key), text(link, pins ? "&a=-1,-1&b=1,0.5" : "", "&image=493"), {}});
    all.push_back({text("tool ", key, " over overlap"), text(link, "&overlay=overlap"), {}});
    all.push_back({text("explained ", key), link, {"tool why"}});
  }
  for (std::size_t step = 1; step <= tour().size(); ++step)
    all.push_back({text("tour ", step), text(model, "&tour=", step), {}});
  return all;
}

Rect common(Rect a, Rect b) {
  const float x = std::max(a.x, b.x), y = std::max(a.y, b.y);
  return {x, y, std::max(0.0f, std::min(a.right(), b.right()) - x),
          std::max(0.0f, std::min(a.bottom(), b.bottom()) - y)};
}

std::string place_text(Rect r) {
  return text("[", static_cast<int>(r.x), ",", static_cast<int>(r.y), " ", static_cast<int>(r.width), "x",
              static_cast<int>(r.height), "]");
}

using Faults = std::vector<std::string>;

// Texts that are cut at the side, leave the window or lie over each other.
void look_at_texts(const Drawn& drawn, Size window, Faults& faults) {
  const Rect screen{0, 0, window.width, window.height};
  std::vector<const DrawnText*> seen;
  for (const DrawnText& t : drawn.texts) {
    const Rect visible = common(common(t.place, t.clip), screen);
    if (visible.width < 1 || visible.height < 1 || t.words.empty()) continue;
    if (visible.width < t.place.width - 1)
      faults.push_back(
          text("cut at the side: ", t.words, ' ', place_text(t.place), " in ", place_text(common(t.clip, screen))));
    for (const DrawnText* other : seen) {
      if (other->window != t.window) continue;
      const Rect both = common(common(t.place.inset(2), other->place.inset(2)), common(t.clip, other->clip));
      const bool halo = other->words == t.words && std::abs(other->place.x - t.place.x) < 4;
      if (both.width > 1 && both.height > 1 && !halo)
        faults.push_back(text("over each other: \"", other->words, "\" ", place_text(other->place), " and \"", t.words,
                              "\" ", place_text(t.place), " in ", t.window));
    }
    seen.push_back(&t);
  }
}

// Letters that the font does not have would be drawn as question marks.
void look_at_letters(const Drawn& drawn, const Atlas& atlas, Faults& faults) {
  for (const DrawnText& t : drawn.texts)
    for (const char* at = t.words.data(); at < t.words.data() + t.words.size();) {
      unsigned letter = 0;
      at += ImTextCharFromUtf8(&letter, at, t.words.data() + t.words.size());
      if (letter >= ' ' && !atlas.font(TextSize::body)->FindGlyphNoFallback(static_cast<ImWchar>(letter)))
        faults.push_back(text("no letter ", letter, " in the font: ", t.words));
    }
}

void look_at_cards(const Drawn& drawn, Size window, Faults& faults) {
  const Rect screen{0, 0, window.width, window.height};
  for (const auto& [name, r] : drawn.cards)
    if (common(r, screen) != r) faults.push_back(text("leaves the window: ", name, ' ', place_text(r)));
}

void look_at_controls(const Ui& ui, const Explorer& explorer, Size window, Faults& faults) {
  const Layout places = layout_of(explorer, window.width, window.height);
  const float least = places.arrangement == Arrangement::wide ? 24 : kTouchTarget;
  for (const auto& [id, r] : ui.drawn.pressables) {
    if (r.x >= window.width || r.y >= window.height || r.right() <= 0 || r.bottom() <= 0) continue;  // scrolled away
    const bool is_strip = id.starts_with("layer ");  // as high as its pictures; list and slider choose the same
    if (std::min(r.width, r.height) < least - 0.5f && !is_strip)
      faults.push_back(text("small: ", id, ' ', place_text(r)));
    const auto is_inside = [&](Rect place) { return r.contains(place.center()); };
    const bool explained =
        std::ranges::any_of(ui.tips.list(), [&](const Tip& tip) { return tip.place.contains(r.center()); });
    const bool named = std::ranges::any_of(
        ui.nodes.list, [&](const AccessibleNode& node) { return node.id == id && !node.words.empty(); });
    const bool labelled = std::ranges::any_of(
        ui.drawn.texts, [&](const DrawnText& t) { return is_inside(t.place) && t.words.size() > 2; });
    if (!explained && !named && !labelled) faults.push_back(text("without words: ", id, ' ', place_text(r)));
  }
}

void settle_with_files(Screen& screen, Explorer& explorer) {
  for (int i = 0; i < 400; ++i) {
    screen.frame(explorer);
    serve_from_files(explorer);
    if (!screen.more && i > 3) return;
  }
}

TEST_CASE("matrix: texts and buttons have room in every view and window") {
  std::set<std::string> all;
  for (const Case& view : views()) {
    auto explorer = std::make_unique<Explorer>();
    explorer->is_page = explorer->can_train = true;
    open_view(*explorer, {.files = {},
                          .weights = source_path("weights"),
                          .state = view.link,
                          .size = "1280x800",
                          .theme = "light",
                          .scale = 1});
    Screen screen(1280, 800);
    screen.ui.drawn.keeps_texts = true;
    settle_with_files(screen, *explorer);
    for (const Size window : kSizes) {
      screen.width = window.width, screen.height = window.height;
      for (int i = 0; i < 2; ++i) screen.frame(*explorer);
      bool there = true;
      for (const std::string& id : view.pressed) {
        const auto found = std::ranges::find(screen.ui.drawn.pressables, id, &Pressables::value_type::first);
        there = there && found != screen.ui.drawn.pressables.end();
        if (there) screen.click(*explorer, found->second.center());
      }
      if (!there) continue;
      screen.move(*explorer, {-10, -10});
      for (int i = 0; i < 2; ++i) screen.frame(*explorer);
      Faults faults;
      look_at_texts(screen.ui.drawn, window, faults);
      look_at_letters(screen.ui.drawn, screen.ui.atlas, faults);
      look_at_cards(screen.ui.drawn, window, faults);
      look_at_controls(screen.ui, *explorer, window, faults);
      for (const std::string& fault : faults)
        all.insert(
            text(view.name, " at ", static_cast<int>(window.width), "x", static_cast<int>(window.height), ": ", fault));
      screen.ui.popup = Popup::none;
      edit(*explorer, [](ExplorerState& s) { s.help = false; });
    }
  }
  for (const std::string& fault : all) MESSAGE(fault);
  CHECK(all.empty());
}

}  // namespace
}  // namespace loom
