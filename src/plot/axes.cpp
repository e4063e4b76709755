#include "plot/axes.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/ticks.h"
#include "plot/font.h"
#include "plot/page.h"

namespace loom {
namespace {

constexpr double kTickSpacing = 64;  // least distance of tick labels in pixels; half of it on a vertical axis
constexpr double kGap = 6;

double fraction(const Axis& axis, double value) {
  if (!axis.logarithmic) return (value - axis.low) / (axis.high - axis.low);
  return std::log(value / axis.low) / std::log(axis.high / axis.low);
}

struct Tick {
  double value;
  std::string label;
};

// The ticks of an axis. A logarithmic one has powers of two, because it shows quantities that double (dimensions,
// bits).
std::vector<Tick> axis_ticks(const Axis& axis, double pixels, double spacing) {
  std::vector<Tick> out;
  if (axis.logarithmic) {
    const int low = static_cast<int>(std::ceil(std::log2(axis.low) - 1e-9));
    const int high = static_cast<int>(std::floor(std::log2(axis.high) + 1e-9));
    const int step = std::max(1, static_cast<int>(std::ceil((high - low + 1) * spacing / pixels)));
    for (int power = low; power <= high; power += step)
      out.push_back({std::exp2(power), number_text(std::exp2(power), std::max(0, -power))});
    return out;
  }
  const Ticks round = ticks(axis.low, axis.high, (axis.high - axis.low) * spacing / pixels);
  for (const double value : round.values)
    out.push_back({value, round.decimals == 0 && std::fabs(value) >= 10000 ? count_text(std::lround(value))
                                                                           : number_text(value, round.decimals)});
  return out;
}

}  // namespace

double PlotPlane::across(double value) const { return box.left + fraction(x, value) * box.width; }
double PlotPlane::down(double value) const { return box.bottom() - fraction(y, value) * box.height; }

PlotPlane draw_axes(Canvas& canvas, const PictureTheme& theme, Box outer, const Axis& x, const Axis& y) {
  const double below = (x.title.empty() ? 0 : kTextSize + kGap) + kSmallSize + 2 * kGap;
  const std::vector<Tick> rows = axis_ticks(y, outer.height - below, kTickSpacing / 2);
  double widest = 0;
  for (const Tick& tick : rows) widest = std::max(widest, text_width(tick.label, kSmallSize));
  const double beside = widest + kGap + (y.title.empty() ? 0 : kTextSize + 1.5 * kGap);
  const PlotPlane plane{{outer.left + beside, outer.top, outer.width - beside, outer.height - below}, x, y};
  const Box& box = plane.box;

  for (const Tick& tick : rows) {
    const double at = plane.down(tick.value);
    canvas.line({box.left, at}, {box.right(), at}, 1, theme.grid);
    canvas.text({box.left - kGap, at + 0.36 * kSmallSize}, tick.label, kSmallSize, theme.muted, TextAlign::right);
  }
  for (const Tick& tick : axis_ticks(x, box.width, kTickSpacing)) {
    const double at = plane.across(tick.value);
    canvas.line({at, box.top}, {at, box.bottom()}, 1, theme.grid);
    canvas.text({at, box.bottom() + kGap + kSmallSize}, tick.label, kSmallSize, theme.muted, TextAlign::middle);
  }
  canvas.line({box.left, box.top}, {box.left, box.bottom()}, 1, theme.line);
  canvas.line({box.left, box.bottom()}, {box.right(), box.bottom()}, 1, theme.line);
  if (!x.title.empty())
    canvas.text({box.left + box.width / 2, outer.bottom() - 2}, x.title, kTextSize, theme.ink, TextAlign::middle);
  if (!y.title.empty())
    canvas.add(TextItem{
        {outer.left + kTextSize, box.top + box.height / 2}, y.title, kTextSize, theme.ink, TextAlign::middle, true});
  return plane;
}

Axis axis_over(std::string title, double low, double high) {
  const double span = high > low ? high - low : std::max(1e-6, std::fabs(low));
  return {std::move(title), low - 0.04 * span, high + 0.04 * span};
}

std::vector<double> spread(std::vector<double> wishes, double gap, double top, double bottom) {
  std::vector<std::size_t> order(wishes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return wishes[i]; });
  // First push labels down to keep the gap, then push them up from the bottom. This is enough for a few labels.
  double limit = top;
  for (const std::size_t i : order) limit = (wishes[i] = std::max(wishes[i], limit)) + gap;
  limit = bottom;
  for (auto i = order.rbegin(); i != order.rend(); ++i) limit = (wishes[*i] = std::min(wishes[*i], limit)) - gap;
  return wishes;
}

}  // namespace loom
