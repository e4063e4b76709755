// The canvas and its two writers: lines, text that is measured, markup that is well-formed.
#include <doctest/doctest.h>

#include <cmath>

#include "contains.h"
#include "message_of.h"
#include "plot/axes.h"
#include "plot/font.h"
#include "plot/page.h"
#include "plot/png.h"
#include "plot/save.h"
#include "plot/stroke.h"
#include "plot/svg.h"

namespace loom {
namespace {

constexpr Color kCanvasBlack = rgb(0), kCanvasWhite = rgb(0xffffff);

double outline_area(const std::vector<std::vector<Position>>& polygons) {
  double twice = 0;
  for (const std::vector<Position>& p : polygons)
    for (std::size_t i = 0; i < p.size(); ++i) {
      const Position &a = p[i], &b = p[(i + 1) % p.size()];
      twice += a.x * b.y - b.x * a.y;
    }
  return std::fabs(twice) / 2;
}

}  // namespace

TEST_CASE("stroke: the area is length times width, with corners counted once") {
  CHECK(outline_area({stroke_outline({{1, 1}, {11, 1}}, 2)}) == doctest::Approx(20));
  CHECK(outline_area({stroke_outline({{0, 0}, {10, 0}, {10, 10}}, 2)}) == doctest::Approx(40));
  CHECK(stroke_outline({{3, 3}, {3, 3}}, 2).empty());
  const auto pieces = dashes({{0, 0}, {7, 0}, {7, 6}}, 2);
  double length = 0;
  for (const auto& piece : pieces)
    for (std::size_t i = 1; i < piece.size(); ++i)
      length += std::hypot(piece[i].x - piece[i - 1].x, piece[i].y - piece[i - 1].y);
  CHECK(pieces.size() == 4);
  CHECK(length == doctest::Approx(7));  // of 13: dashes 0-2, 4-6, 8-10, 12-13
}

TEST_CASE("text: width adds up, grows with size, and wrapping keeps every word") {
  CHECK(text_width("", 12) == 0);
  CHECK(text_width("ab", 12) == doctest::Approx(text_width("a", 12) + text_width("b", 12)));
  CHECK(text_width("garment", 24) == doctest::Approx(2 * text_width("garment", 12)));
  CHECK(text_width("iiii", 12) < text_width("mmmm", 12));
  for (const char* sign : {"σ", "µ", "−", "±", "²", "×", "…", "’"}) {
    CAPTURE(sign);
    CHECK(!text_outlines(sign, 12).empty());
  }
  CHECK(message_of([] { text_width("\xff", 12); }) == "text of a picture is not UTF-8");
  const std::string words = "each word of this line must still be there when it is cut";
  std::string joined;
  for (const std::string& line : wrapped(words, 12, 90)) {
    CHECK(text_width(line, 12) <= 90);
    joined += (joined.empty() ? "" : " ") + line;
  }
  CHECK(joined == words);
  CHECK(wrapped("unbreakable", 12, 5) == std::vector<std::string>{"unbreakable"});
  CHECK(shortened("short", 12, 200) == "short");
  CHECK(text_width(shortened("much too long for this", 12, 60), 12) <= 60);
  CHECK(shortened("ααααααααα", 12, 40).ends_with("…"));
}

TEST_CASE("svg: text is escaped, colours become variables where asked, markers are defined once") {
  Canvas canvas{100, 50, kLightTheme.page, "a <title>"};
  canvas.text({1, 2}, "R&D <b> \"x\"", 12, kLightTheme.ink, TextAlign::right);
  canvas.add(MarkerItem{{10, 10}, 3, 2, class_color(2)});
  canvas.add(MarkerItem{{20, 10}, 3, 2, class_color(2)});
  canvas.line({0, 0}, {10, 10}, 1.5, with_alpha(kLightTheme.accent, 0.5f), 4);
  canvas.add(ImageItem{{5, 5}, 1, 1, 4, {kCanvasBlack}, "one pixel"});
  const std::string svg = svg_of(canvas);
  CHECK(contains(svg, "R&amp;D &lt;b&gt; &quot;x&quot;"));
  CHECK(contains(svg, "<title>a &lt;title&gt;</title>"));
  CHECK(contains(svg, "text-anchor=\"end\""));
  CHECK(contains(svg, "stroke-opacity=\"0.5\""));
  CHECK(contains(svg, "stroke-dasharray=\"4\""));
  CHECK(contains(svg, "fill=\"#1c1f24\""));
  CHECK(contains(svg, "data:image/png;base64,iVBORw0KGgo"));
  CHECK(svg.find("<path id=\"marker2\"") == svg.rfind("<path id="));
  const std::string variables = svg_of(canvas, {&kLightTheme, "f1-"});
  CHECK(contains(variables, "fill=\"var(--ink)\""));
  CHECK(contains(variables, "href=\"#f1-2\""));
  CHECK(contains(theme_variables(kDarkTheme), "--page:#121418;"));
}

TEST_CASE("png: base64 pads, pictures have the size of the canvas at the density") {
  const auto uri = [](std::string_view bytes) { return png_data_uri(std::as_bytes(std::span(bytes))); };
  CHECK(uri("Man") == "data:image/png;base64,TWFu");
  CHECK(uri("Ma") == "data:image/png;base64,TWE=");
  CHECK(uri("M") == "data:image/png;base64,TQ==");
  const std::vector<std::byte> png = png_of({30, 20, kCanvasWhite});
  const auto big_endian = [&](std::size_t at) {
    return std::to_integer<int>(png[at + 3]) + 256 * std::to_integer<int>(png[at + 2]);
  };
  CHECK(big_endian(16) == 30 * kPngDensity);
  CHECK(big_endian(20) == 20 * kPngDensity);
  CHECK(std::to_integer<int>(png[25]) == 0);  // all grey: one channel
  CHECK(std::to_integer<int>(png_of({3, 2, rgb(0xff0000)})[25]) == 2);
}

TEST_CASE("axes: values are drawn at their positions") {
  Canvas canvas{400, 300, kCanvasWhite};
  const PlotPlane plane = draw_axes(canvas, kLightTheme, {10, 10, 380, 280}, {"x", -2, 2}, {"y", 1, 1024, true});
  CHECK(plane.across(-2) == doctest::Approx(plane.box.left));
  CHECK(plane.across(0) == doctest::Approx(plane.box.left + plane.box.width / 2));
  CHECK(plane.down(1) == doctest::Approx(plane.box.bottom()));
  CHECK(plane.down(32) == doctest::Approx(plane.box.top + plane.box.height / 2));
  CHECK(plane.box.right() <= 390);
  const std::vector<double> apart = spread({50, 50, 52, 10}, 10, 0, 100);
  CHECK(apart[3] == 10);
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t k = 0; k < i; ++k) CHECK(std::fabs(apart[i] - apart[k]) >= 10 - 1e-9);
  CHECK(spread({98, 99}, 10, 0, 100) == std::vector<double>{90, 100});
}

TEST_CASE("numbers in image names") {
  CHECK(number_text(-1.5, 2) == "−1.50");
  CHECK(number_text(-0.001, 2) == "0.00");
  CHECK(count_text(60000) == "60,000");
  CHECK(count_text(999) == "999");
  CHECK(count_text(1234567) == "1,234,567");
}

TEST_CASE("figures are PNG or SVG and nothing else") {
  CHECK(message_of([] { check_picture_path("a.gif"); }) == "a.gif: the name of a figure must end in .png or .svg");
  CHECK(message_of([] { check_picture_path("a.svg"); }) == "no error");
  CHECK(message_of([] { find_theme("blue"); }) == "there is no theme 'blue'; there are: light, dark");
}

}  // namespace loom
