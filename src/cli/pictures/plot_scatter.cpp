#include <algorithm>
#include <cmath>

#include "analysis/density/prior.h"
#include "analysis/metric/picture_change.h"
#include "analysis/plane/latent_plane.h"
#include "cli/pictures/plots.h"
#include "core/error.h"
#include "core/rng.h"
#include "plot/axes.h"
#include "plot/font.h"
#include "raster/marker_shapes.h"

namespace loom {
namespace {

constexpr double kPanelSide = 560, kHalfSide = 430;  // of a panel: alone, and of two side by side
constexpr double kDotRadius = 3;                   // of a dot
constexpr double kKept = 0.995;                 // share of the points that lie within the axes, per side
constexpr std::uint64_t kOrderSeed = 1;

struct Panel {
  std::string title;
  std::vector<Point> points;
  std::span<const std::uint8_t> labels;
  bool prior;  // whether its circles are drawn
};

std::vector<double> coordinates(const std::vector<Point>& points, float Point::* axis) {
  std::vector<double> out;
  for (const Point& p : points) out.push_back(double{p.*axis});
  return out;
}

// A square range that holds nearly all points, so that a length is the same along both axes.
std::pair<Axis, Axis> axes_around(const Panel& panel, const std::string& x_title, const std::string& y_title) {
  const std::vector<double> x = coordinates(panel.points, &Point::x), y = coordinates(panel.points, &Point::y);
  const double left = quantile(x, 1 - kKept), right = quantile(x, kKept);
  const double bottom = quantile(y, 1 - kKept), top = quantile(y, kKept);
  const double half = std::max({right - left, top - bottom, 1e-6}) * 0.56;
  const double cx = (left + right) / 2, cy = (bottom + top) / 2;
  return {{x_title, cx - half, cx + half}, {y_title, cy - half, cy + half}};
}

struct Label {
  std::size_t label;
  std::string words;
  Position at;
  double width;
};

// Labels that overlap are pushed apart, a little at a time, along the axis on which they overlap less.
void push_apart(std::vector<Label>& labels, const Box& box) {
  constexpr double kLabelHeight = kTextSize + 5;
  for (int round = 0; round < 200; ++round) {
    for (std::size_t i = 0; i < labels.size(); ++i)
      for (std::size_t k = i + 1; k < labels.size(); ++k) {
        Label &a = labels[i], &b = labels[k];
        const double over_x = (a.width + b.width) / 2 + 10 - std::fabs(a.at.x - b.at.x);
        const double over_y = kLabelHeight - std::fabs(a.at.y - b.at.y);
        if (over_x <= 0 || over_y <= 0) continue;
        const double push = 0.26 * over_y * (a.at.y <= b.at.y ? -1 : 1);
        a.at.y += push;
        b.at.y -= push;
      }
    for (Label& label : labels) {
      label.at.x = std::clamp(label.at.x, box.left + label.width / 2 + 4, box.right() - label.width / 2 - 4);
      label.at.y = std::clamp(label.at.y, box.top + kLabelHeight, box.bottom() - 6);
    }
  }
}

void draw_labels(Canvas& canvas, const PictureTheme& theme, const PlotPlane& plane, const Panel& panel,
                 const ModelSpec& spec) {
  std::vector<Label> labels;
  for (std::size_t c = 0; c < 256; ++c) {
    std::vector<Point> members;
    for (std::size_t n = 0; n < panel.points.size(); ++n)
      if (panel.labels[n] == c) members.push_back(panel.points[n]);
    if (members.empty()) continue;
    const std::string words = c < spec.class_names.size() ? spec.class_names[c] : text(c);
    labels.push_back(
        {c, words,
         plane.at(quantile(coordinates(members, &Point::x), 0.5), quantile(coordinates(members, &Point::y), 0.5)),
         text_width(words, kTextSize) + 16});
  }
  if (labels.size() < 2) return;
  push_apart(labels, plane.box);
  for (const Label& label : labels) {
    const double left = label.at.x - label.width / 2;
    canvas.rectangle({left - 4, label.at.y - kTextSize, label.width + 8, kTextSize + 5}, with_alpha(theme.page, 0.82f));
    canvas.add(MarkerItem{{left + 4, label.at.y - 4.5}, 5.5, marker_of_class(label.label), class_color(label.label)});
    canvas.text({left + 14, label.at.y}, label.words, kTextSize, theme.ink);
  }
}

void draw_prior_circles(Canvas& canvas, const PictureTheme& theme, const PlotPlane& plane) {
  for (const double mass : {0.5, 0.9, 0.99}) {
    const double radius = prior_radius(mass);
    LineItem circle{{}, 1.2, theme.muted, 4};
    for (int i = 0; i <= 180; ++i) {
      const double angle = i * 3.14159265358979 / 90;
      const double x = radius * std::cos(angle), y = radius * std::sin(angle);
      if (plane.holds(x, y)) {
        circle.points.push_back(plane.at(x, y));
      } else if (!circle.points.empty()) {
        canvas.add(circle);
        circle.points.clear();
      }
    }
    if (circle.points.size() > 1) canvas.add(circle);
  }
}

void draw_panel(Canvas& canvas, const PictureTheme& theme, const ModelSpec& spec, const Panel& panel, Box box,
                std::size_t limit) {
  const bool whole = spec.latent_dim == 2;
  const auto [x, y] = axes_around(panel, whole ? "z1" : "first direction", whole ? "z2" : "second direction");
  if (!panel.title.empty()) {
    canvas.text({box.left, box.top + kTextSize}, panel.title, kTextSize + 1, theme.ink);
    box.top += 24, box.height -= 24;
  }
  const PlotPlane plane = draw_axes(canvas, theme, box, x, y);
  if (panel.prior) draw_prior_circles(canvas, theme, plane);
  std::size_t drawn = 0;
  for (const Index n : random_permutation(static_cast<Index>(panel.points.size()), Rng(kOrderSeed, Stream::shuffle))) {
    if (drawn++ == limit) break;
    const Point p = panel.points[static_cast<std::size_t>(n)];
    const double px = double{p.x}, py = double{p.y};
    const std::size_t label = panel.labels[static_cast<std::size_t>(n)];
    if (plane.holds(px, py))
      canvas.add(
          MarkerItem{plane.at(px, py), kDotRadius, marker_of_class(label), with_alpha(class_color(label), 0.75f)});
  }
  draw_labels(canvas, theme, plane, panel, spec);
}

std::vector<Point> on_plane_all(const LatentPlane& plane, const Matrix& codes) {
  std::vector<Point> out;
  for (Index n = 0; n < codes.rows(); ++n) out.push_back(on_plane(plane, codes.row(n).data()));
  return out;
}

LatentPlane plane_of(const Matrix& codes) {
  if (codes.cols() < 2) fail("a scatter needs at least two latent dimensions, the model has ", codes.cols());
  return codes.cols() == 2 ? first_axes_plane(2) : principal_plane(codes);
}

}  // namespace

Canvas draw_scatter(const ModelFile& file, const ReplayFile* replay, Index points, const PictureStyle& style) {
  const ModelSpec& spec = file.model.spec;
  if (replay && replay->codes.front().cols() != spec.latent_dim)
    fail("the replay has ", replay->codes.front().cols(), " latent dimensions, the model ", spec.latent_dim);
  if (!replay && file.test.size() == 0) fail("the weight file holds no encoded images to draw");
  const Matrix& codes = replay ? replay->codes.back() : file.test.mu;
  const LatentPlane plane = plane_of(codes);
  const auto limit = static_cast<std::size_t>(points);
  const Index shown = std::min<Index>(points, codes.rows());
  std::string lead = text("Each mark is one image that the model was not trained on, where the encoder puts it; ",
                          count_text(shown), " images.");
  if (spec.latent_dim > 2)
    lead += text(" The plane shown is the one of largest variance; it holds ",
                 number_text(100 * variance_in_plane(plane, codes), 0), " % of the variance in ", spec.latent_dim,
                 " dimensions.");
  const bool circles = spec.variational && spec.latent_dim == 2;
  if (circles) lead += " Dashed: circles that hold 50, 90 and 99 % of the prior.";
  if (!replay) {
    PicturePage page = begin_page(style, kPanelSide + 2 * kMargin, "The test images in latent space", lead);
    draw_panel(page.canvas, *style.theme, spec, {"", on_plane_all(plane, codes), file.test.labels, circles},
               {kMargin, page.top, kPanelSide, kPanelSide - 10}, limit);
    page.top += kPanelSide - 10;
    return page.finish();
  }
  lead += " The two panels have different scales.";
  PicturePage page = begin_page(style, 2 * kHalfSide + 20 + 2 * kMargin,
                                "The test images in latent space, before and after training", lead);
  const auto title = [&](double epoch) {
    return epoch == 0 ? std::string("before training")
                      : text("after ", number_text(epoch, 0), epoch == 1 ? " epoch" : " epochs");
  };
  const Panel before{title(replay->epochs.front()), on_plane_all(plane, replay->codes.front()), replay->labels,
                     circles};
  const Panel after{title(replay->epochs.back()), on_plane_all(plane, codes), replay->labels, circles};
  draw_panel(page.canvas, *style.theme, spec, before, {kMargin, page.top, kHalfSide, kHalfSide + 14}, limit);
  draw_panel(page.canvas, *style.theme, spec, after, {kMargin + kHalfSide + 20, page.top, kHalfSide, kHalfSide + 14},
             limit);
  page.top += kHalfSide + 14;
  return page.finish();
}

}  // namespace loom
