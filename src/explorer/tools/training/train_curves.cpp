#include "explorer/tools/training/train_curves.h"

#include <algorithm>
#include <cmath>

#include "core/text.h"
#include "explorer/draw/widgets.h"
#include "explorer/session/session.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

constexpr float kDash = 6;                             // points
constexpr float kNumbers = 40;                         // width of the numbers at the left
constexpr float kLabel = 14;                           // height of a label in the plot
constexpr float kWidestBar = 30, kTallestBar = 30;     // of the KL of a dimension
constexpr std::size_t kKl = 2, kClasses = 3;           // of texts::kCurves
constexpr std::size_t kBarsWithNumbers = 4;            // more would not have the room

// One number per epoch, as points (epoch, value).
struct Curve {
  std::vector<Point> points;
  bool main = false;  // thick, in the accent colour
};

// A value to compare with, as a dashed line.
struct Level {
  float value;
  std::string name;
  bool above = false;  // where its name stands
};

struct Chart {
  std::vector<Curve> curves;
  std::vector<Level> levels;
  bool percent = false;
  int decimals = 0;

  std::string number(float value) const {
    return percent ? percent_text(double{value}) : number_text(double{value}, decimals);
  }
};

const std::vector<float>& term_of(const LossCurves& curves, std::size_t which) {
  return which == kKl ? curves.kl : which == 1 ? curves.reconstruction : curves.total;
}

Curve curve_of(const std::vector<float>& values, bool main) {
  Curve curve{{}, main};
  for (std::size_t i = 0; i < values.size(); ++i) curve.points.push_back({static_cast<float>(i + 1), values[i]});
  return curve;
}

float shipped_value(const TestLoss& loss, std::size_t which) {
  return static_cast<float>(which == kKl ? loss.kl : which == 1 ? loss.reconstruction : loss.total());
}

Chart loss_chart(const Session& session, std::size_t which) {
  const TrainingRun& run = session.training;
  Chart chart;
  chart.decimals = which == kKl ? 1 : 0;
  chart.curves.push_back(curve_of(term_of(run.held_out, which), false));
  chart.curves.push_back(curve_of(term_of(run.training, which), true));
  if (run.floor > 0 && which != kKl)
    chart.levels.push_back({static_cast<float>(run.floor), std::string(texts::kLeastPossible), true});
  if (const CatalogueEntry* shipped = shipped_like_run(session))
    chart.levels.push_back({shipped_value(*shipped->loss, which), shipped->title});
  return chart;
}

Chart class_chart(const TrainingRun& run) {
  Chart chart;
  chart.percent = true;
  Curve accuracy{{}, true}, holes;
  for (const MapFigures& figures : run.map) {
    if (figures.accuracy) accuracy.points.push_back({static_cast<float>(figures.epoch), *figures.accuracy});
    if (figures.holes) holes.points.push_back({static_cast<float>(figures.epoch), *figures.holes});
  }
  chart.curves = {std::move(holes), std::move(accuracy)};
  return chart;
}

void dashed(const Painter& painter, const Rect& plot, float y) {
  for (float x = plot.x; x < plot.right(); x += 2 * kDash)
    painter.line({x, y}, {std::min(x + kDash, plot.right()), y}, painter.colors().muted);
}

// Draws into the height of `room`, with the numbers of the axes.
void draw_chart(const Painter& painter, Rect room, const Chart& chart, std::int64_t epochs) {
  const Palette& colors = painter.colors();
  float low = chart.percent ? 0 : 1e30f, high = chart.percent ? 1 : -1e30f;
  for (const Curve& curve : chart.curves)
    for (const Point& p : curve.points) low = std::min(low, p.y), high = std::max(high, p.y);
  for (const Level& level : chart.levels) low = std::min(low, level.value), high = std::max(high, level.value);
  if (low > high) low = 0, high = 1;
  high = std::max(high, low + 1e-3f);
  const Rect axis = room.cut_bottom(18);
  Rect plot = room;
  painter.text(TextSize::small, {plot.x, plot.y + 8}, colors.muted, chart.number(high));
  painter.text(TextSize::small, {plot.x, plot.bottom() - 8}, colors.muted, chart.number(low));
  plot.cut_left(kNumbers);
  painter.text(TextSize::small, {plot.x, axis.center().y}, colors.muted, "0");
  painter.text(TextSize::small, {axis.right(), axis.center().y}, colors.muted, texts::epochs_axis(epochs),
               Align::right);
  painter.line({plot.x, plot.bottom()}, {plot.right(), plot.bottom()}, colors.line);
  // The whole width is all epochs of the run, so that the curves grow to the right.
  const auto last = static_cast<float>(std::max<std::int64_t>(1, epochs));
  const auto place = [&](Point p) {
    return Point{plot.x + p.x / last * plot.width, plot.bottom() - (p.y - low) / (high - low) * plot.height};
  };
  for (const Level& level : chart.levels) {
    const float y = place({0, level.value}).y;
    dashed(painter, plot, y);
    const std::string label = text(level.name, ' ', chart.number(level.value));
    const bool above = level.above || y + kLabel > plot.bottom();
    const float width = std::min(plot.width, painter.text_width(TextSize::small, label));
    painter.text_within(TextSize::small, {level.above ? plot.x + 4 : plot.right() - width, y + (above ? -8.0f : 9.0f)},
                        plot.width, colors.muted, label);
  }
  for (const Curve& curve : chart.curves) {
    const Color color = curve.main ? colors.accent : colors.ink;
    std::vector<ImVec2> path;
    for (const Point& p : curve.points) path.push_back(painter.pixels(place(p)));
    painter.list().AddPolyline(path.data(), static_cast<int>(path.size()), color, 0,
                               (curve.main ? 2.0f : 1.0f) * painter.scale());
    if (!curve.points.empty()) painter.disc(place(curve.points.back()), curve.main ? 3.0f : 2.0f, color);
  }
}

void fact_row(const Painter& painter, Rect& rest, std::string_view name, const std::string& value) {
  fact(painter, rest.cut_top(20), name, value);
}

void draw_loss_facts(const ToolView& view, Rect& rest, std::size_t which) {
  const Painter& painter = view.painter;
  const TrainingRun& run = view.session.training;
  const int decimals = which == kKl ? 2 : 1;
  const auto row = [&](std::string_view name, float value) {
    fact_row(painter, rest, name, number_text(double{value}, decimals));
  };
  row(texts::kOnTraining, term_of(run.training, which).back());
  if (!run.held_out.total.empty()) row(texts::kOnHeldOut, term_of(run.held_out, which).back());
  if (const CatalogueEntry* shipped = shipped_like_run(view.session))
    row(texts::shipped_dashed(shipped->title), shipped_value(*shipped->loss, which));
  if (run.floor > 0 && which != kKl) row(texts::kLeastPossibleDashed, static_cast<float>(run.floor));
  fact_row(painter, rest, texts::kActiveUnits, texts::count_of(run.active_units, int{run.choice.latent_dim}));
}

void draw_class_facts(const ToolView& view, Rect& rest) {
  const TrainingRun& run = view.session.training;
  if (run.map.empty()) return;
  const MapFigures& last = run.map.back();
  if (last.accuracy) fact_row(view.painter, rest, texts::kClassAccuracy, percent_text(double{*last.accuracy}));
  if (!last.holes) return;
  fact_row(view.painter, rest, texts::kHoleShare, percent_text(double{*last.holes}));
  if (!view.narrow)
    words(view.painter, rest, texts::holes_of_few(static_cast<std::size_t>(view.session.trained_images.size())));
}

// A bar for each latent dimension.
void draw_kl_bars(const Painter& painter, Rect& rest, const std::vector<float>& kl) {
  const Palette& colors = painter.colors();
  heading(painter, rest, texts::kKlPerDimension);
  const float most = std::max(1e-3f, *std::ranges::max_element(kl));
  const float each = std::min(kWidestBar + kUnit, rest.width / static_cast<float>(kl.size()));
  const Rect row = rest.cut_top(kTallestBar + kLabel);
  for (std::size_t d = 0; d < kl.size(); ++d) {
    const float height = std::max(1.0f, kTallestBar * kl[d] / most);
    const Rect slot{row.x + each * static_cast<float>(d), row.y, each - kUnit / 2, row.height};
    const std::string number = number_text(double{kl[d]}, 2);
    painter.fill({slot.x, slot.bottom() - height, slot.width, height}, colors.accent, 1);
    if (kl.size() <= kBarsWithNumbers || kl[d] == most)
      painter.text(TextSize::small, {slot.x, slot.bottom() - height - 8}, colors.muted, number);
    painter.describe({.kind = AccessibleNode::Kind::fact, .words = texts::kl_of(d + 1), .value = number});
  }
  rest.cut_top(kUnit);
}

}  // namespace

void TrainCurves::draw(const ToolView& view, Rect& rest) {
  const Painter& painter = view.painter;
  const TrainingRun& run = view.session.training;
  const bool plain = !run.choice.variational;
  if (plain && shown_ != kClasses) shown_ = 0;
  const float height = button_height(view.narrow);
  Rect row = rest.cut_top(height);
  for (std::size_t i = 0; i < texts::kCurves.size(); ++i) {
    if (plain && i != 0 && i != kClasses) continue;  // its loss is the reconstruction, and there is no KL
    const float width = painter.text_width(TextSize::small, texts::kCurves[i]) + 2.5f * kUnit;
    if (button(painter, text("train curve ", i).c_str(), row.cut_left(width), texts::kCurves[i], i == shown_))
      shown_ = i;
    row.cut_left(kUnit / 2);
  }
  rest.cut_top(kUnit / 2);
  if (shown_ == kClasses)
    heading(painter, rest, texts::kCurvesHeading[kClasses]);
  else if (!run.training.total.empty())
    heading(painter, rest, texts::curve_heading(plain ? texts::kPlainLoss : texts::kCurvesHeading[shown_], run.unit));
  const bool coming = shown_ != kClasses && run.training.total.empty();
  if (coming) {
    words(painter, rest, texts::kFiguresComing);
  } else {
    const Chart chart = shown_ == kClasses ? class_chart(run) : loss_chart(view.session, shown_);
    draw_chart(painter, rest.cut_top(view.narrow ? 92 : 124), chart, run.epochs);
    if (shown_ == kClasses)
      draw_class_facts(view, rest);
    else
      draw_loss_facts(view, rest, shown_);
  }
  rest.cut_top(kUnit / 2);
  if (!run.kl_per_dimension.empty() && shown_ != kClasses) draw_kl_bars(painter, rest, run.kl_per_dimension);
}

}  // namespace loom
