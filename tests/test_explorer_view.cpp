#include <doctest/doctest.h>

#include <utility>
#include <vector>

#include <cmath>

#include "core/ticks.h"
#include "explorer/layout/layout.h"
#include "explorer/state/parts.h"
#include "explorer/state/view.h"

namespace loom {
namespace {

constexpr Rect kPlane{10, 20, 600, 400};

bool within(Point a, Point b, float by) { return length(a - b) < by; }

TEST_CASE("View: to the screen and back, y upwards, one scale for both axes") {
  const View view{{1, -2}, 2};
  CHECK(points_per_unit(view, kPlane) == 100);
  CHECK(to_screen(view, kPlane, {1, -2}) == kPlane.center());
  CHECK(to_screen(view, kPlane, {2, -1}) == Point{410, 120});
  for (const Point z : {Point{0, 0}, Point{3, 1}, Point{-7, 4}})
    CHECK(within(to_latent(view, kPlane, to_screen(view, kPlane, z)), z, 1e-5f));
}

TEST_CASE("zoomed: the point under the pointer stays") {
  const View view{{1, -2}, 2};
  for (const float factor : {0.3f, 1.0f, 7.0f})
    for (const Point at : {Point{10, 20}, Point{333, 77}}) {
      const View after = zoomed(view, kPlane, at, factor);
      CHECK(after.half == doctest::Approx(2 / factor));
      CHECK(within(to_latent(after, kPlane, at), to_latent(view, kPlane, at), 1e-4f));
    }
}

TEST_CASE("zoomed_within: stops at the limits, where the view stays as it is") {
  const View home{{1, 1}, 3};
  View view{{2, 0}, 3};
  const Point at{500, 100};
  const Point fixed = to_latent(view, kPlane, at);
  for (int i = 0; i < 40; ++i) view = zoomed_within(view, home, kPlane, at, 1.5f);
  CHECK(view.half == doctest::Approx(3.0f / 100));
  CHECK(within(to_latent(view, kPlane, at), fixed, 1e-3f));
  CHECK_FALSE(can_zoom(view, home, 2));
  CHECK(can_zoom(view, home, 0.5f));
  CHECK(zoomed_within(view, home, kPlane, {0, 0}, 4) == view);
  for (int i = 0; i < 40; ++i) view = zoomed_within(view, home, kPlane, at, 1 / 1.5f);
  CHECK(view.half == doctest::Approx(9));
  CHECK(within(to_latent(view, kPlane, at), fixed, 1e-3f));
  CHECK_FALSE(can_zoom(view, home, 0.5f));
  CHECK(zoomed_within(view, home, kPlane, {0, 0}, 0.1f) == view);
}

TEST_CASE("edge_towards: on the edge, in the direction; inside it is the point itself") {
  CHECK(edge_towards(kPlane, {2310, 220}) == Point{610, 220});
  CHECK(edge_towards(kPlane, {310, -1000}) == Point{310, 20});
  CHECK(edge_towards(kPlane, {910, 620}) == Point{610, 420});
  CHECK(edge_towards(kPlane, {400, 100}) == Point{400, 100});
}

TEST_CASE("panned: the view moves with the pointer") {
  const View view{{1, -2}, 2};
  const View after = panned(view, kPlane, {30, -40});
  CHECK(within(to_screen(after, kPlane, {0, 0}), to_screen(view, kPlane, {0, 0}) + Point{30, -40}, 1e-3f));
}

TEST_CASE("clamped_view and clamped_z: any numbers give a valid view") {
  const View home{{1, 1}, 3};
  const float nan = std::nanf(""), infinity = INFINITY;
  for (const float x : {nan, infinity, -infinity, 1e30f, -1e30f, 0.0f})
    for (const float half : {nan, infinity, 0.0f, -1.0f, 1e-30f, 1e30f}) {
      const View view = clamped_view({{x, -x}, half}, home);
      CHECK(std::isfinite(view.center.x));
      CHECK(std::abs(view.center.y - 1) <= 9);
      CHECK(view.half >= 3.0f / 100);
      CHECK(view.half <= 9);
      CHECK(std::abs(clamped_z({x, x}, home).x - 1) <= 18);
    }
  CHECK(clamped_view(home, home) == home);
}

TEST_CASE("layout: everything is inside the window, and controls on phones are large enough for fingers") {
  const std::pair<float, float> sizes[] = {{1280, 800}, {1920, 1080}, {720, 520}, {1024, 600}, {390, 844},
                                           {360, 640},  {844, 390},   {640, 360}, {320, 480},  {500, 400}};
  for (const auto& [width, height] : sizes) {
    CAPTURE(width);
    CAPTURE(height);
    const Layout l = layout(width, height);
    for (const Rect& r : {l.plane, l.header, l.decoded, l.reading, l.legend}) {
      CHECK(r.x >= 0);
      CHECK(r.y >= 0);
      CHECK(r.right() <= width + 0.01f);
      CHECK(r.bottom() <= height + 0.01f);
      CHECK(r.width > 0);
      CHECK(r.height > 0);
    }
    CHECK(l.header.height >= kTouchTarget);
    CHECK(l.decoded.width == l.decoded.height);
    CHECK(l.plane.height >= 100);
    if (l.arrangement != Arrangement::wide) CHECK(l.legend.height / static_cast<float>(l.legend_rows) >= kTouchTarget);
  }
  CHECK(layout(1280, 800).arrangement == Arrangement::wide);
  CHECK(layout(390, 844).arrangement == Arrangement::tall);
  CHECK(layout(844, 390).arrangement == Arrangement::low);
}

TEST_CASE("layout: hidden parts take no room, and the others lie inside the window without overlaps") {
  const std::vector<std::pair<float, float>> windows{{1280, 800}, {800, 500}, {640, 360},
                                                     {390, 844},  {360, 640}, {320, 240}};
  for (const auto& [width, height] : windows)
    for (const char* hide : {"header", "decoded", "reading", "legend", "plane", "decoded,reading", "all,-plane",
                             "all,-decoded", "all,-plane,-decoded", "all,-plane,-legend", "all,-decoded,-reading",
                             "plane,legend", "all,-tool", "all,-plane,-tool", "all"})
      for (const bool tool : {false, true}) {
        CAPTURE(width);
        CAPTURE(height);
        CAPTURE(hide);
        CAPTURE(tool);
        const NameSet hidden = read_parts(hide);
        const Layout l = layout(width, height, {.tool = tool, .hidden = hidden});
        const Rect window{0, 0, width, height};
        const auto shown = [&](Part part) { return (hidden & bit(part)) == 0; };
        CHECK((l.plane.width > 0) == shown(Part::plane));
        CHECK((l.decoded.width > 0) == shown(Part::decoded));
        CHECK((l.reading.width > 0) == shown(Part::reading));
        CHECK((l.tool.width > 0) == (tool && shown(Part::tool)));
        // A very low window has no room for it.
        if (height > 240) CHECK((l.legend.width > 0) == (!tool && shown(Part::legend)));
        CHECK((l.header.width > 0) == shown(Part::theme));
        const std::vector<Rect> rects{l.plane, l.decoded, l.reading, l.legend, l.tool, l.header};
        for (std::size_t i = 0; i < rects.size(); ++i) {
          CAPTURE(i);
          CHECK(rects[i].x >= 0);
          CHECK(rects[i].y >= 0);
          CHECK(rects[i].right() <= window.right() + 0.01f);
          CHECK(rects[i].bottom() <= window.bottom() + 0.01f);
          for (std::size_t j = i + 1; j < rects.size(); ++j) {
            const Rect &a = rects[i], &b = rects[j];
            if (a.width * a.height == 0 || b.width * b.height == 0) continue;
            const bool apart = a.right() <= b.x + 0.01f || b.right() <= a.x + 0.01f || a.bottom() <= b.y + 0.01f ||
                               b.bottom() <= a.y + 0.01f;
            CAPTURE(j);
            if (height > 240) CHECK(apart);
          }
        }
      }
  const Layout plane = layout(600, 400, {.hidden = read_parts("all,-plane")});
  CHECK(plane.plane == Rect{0, 0, 600, 400});
  const Layout alone = layout(600, 400, {.hidden = read_parts("all,-decoded")});
  CHECK(alone.decoded.height >= 400 - 2 * kUnit);
  CHECK(alone.stage() == Rect{0, 0, 600, 400});
}

TEST_CASE("layout: a window without size") {
  for (const auto& [width, height] : {std::pair(0.0f, 0.0f), std::pair(1.0f, 1.0f), std::pair(2000.0f, 3.0f)})
    CHECK(layout(width, height).plane.width >= 0);
}

TEST_CASE("ticks: round numbers, an exact zero, none for invalid ranges") {
  const Ticks t = ticks(-1, 1, 0.4);
  CHECK(t.values == std::vector<double>{-1, -0.5, 0, 0.5, 1});
  CHECK(t.decimals == 1);
  CHECK(ticks(0, 100, 11).values.size() == 6);  // every 20
  CHECK(ticks(0.1, 0.14, 0.01).decimals == 2);
  CHECK(ticks(1, 0, 1).values.empty());
  CHECK(ticks(0, 1, 0).values.empty());
  CHECK(ticks(std::nan(""), 1, 0.1).values.empty());
}

}  // namespace
}  // namespace loom
