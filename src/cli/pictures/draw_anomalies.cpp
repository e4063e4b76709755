#include <algorithm>

#include "analysis/bound/anomaly.h"
#include "analysis/metric/picture_change.h"
#include "cli/pictures/draw_uses.h"
#include "core/text.h"
#include "plot/axes.h"
#include "plot/font.h"

namespace loom {
namespace {

constexpr double kPanelWidth = 400, kPanelHeight = 200, kPanelGap = 30;
constexpr std::size_t kBins = 48;
constexpr double kTail = 0.003;  // share of the scores beyond either end of an axis

// A histogram as a filled outline; heights are shares of all values.
void draw_bins(Canvas& canvas, const PlotPlane& plane, const std::vector<double>& scores, Color color) {
  const Histogram h = histogram(scores, plane.x.low, plane.x.high, kBins);
  PolygonItem area{{{plane.box.left, plane.box.bottom()}}, with_alpha(color, 0.28f)};
  LineItem outline{{}, 1.5, color};
  for (std::size_t bin = 0; bin < h.bins.size(); ++bin) {
    const double share = static_cast<double>(h.bins[bin]) / static_cast<double>(scores.size());
    const double width = plane.box.width / static_cast<double>(kBins),
                 left = plane.box.left + width * static_cast<double>(bin);
    for (const double x : {left, left + width}) {
      area.points.push_back({x, plane.down(share)});
      outline.points.push_back({x, plane.down(share)});
    }
  }
  area.points.push_back({plane.box.right(), plane.box.bottom()});
  canvas.add(std::move(area));
  canvas.add(std::move(outline));
}

std::size_t fullest(const Histogram& h) { return *std::ranges::max_element(h.bins); }

void draw_measure(PicturePage& page, const Anomalies& a, std::size_t m, Box box) {
  const PictureTheme& theme = *page.theme;
  Canvas& canvas = page.canvas;
  const std::vector<double>& inliers = a.inlier_scores[m].scores;
  const bool compared = !a.outlier_scores.empty();
  canvas.text({box.left, box.top + kTextSize}, shortened(a.inlier_scores[m].title, kTextSize, box.width), kTextSize,
              theme.ink);
  if (compared)
    canvas.text({box.left, box.top + kTextSize + 1.5 * kSmallSize}, text("AUROC ", number_text(a.auroc_of(m), 3)),
                kSmallSize + 1, theme.muted);
  if (a.marked)
    canvas.text({box.right(), box.top + kTextSize + 1.5 * kSmallSize},
                text("this image: higher than ", number_text(100 * a.percentile_of_marked(m), 1), " %"), kSmallSize + 1,
                theme.ink, TextAlign::right);

  std::vector<double> pooled = inliers;
  if (compared) pooled.insert(pooled.end(), a.outlier_scores[m].scores.begin(), a.outlier_scores[m].scores.end());
  if (a.marked) pooled.push_back((*a.marked)[m]);
  double low = quantile(pooled, kTail), high = quantile(pooled, 1 - kTail);
  if (a.marked) low = std::min(low, (*a.marked)[m]), high = std::max(high, (*a.marked)[m]);
  if (!(high > low)) high = low + 1;
  double most =
      static_cast<double>(fullest(histogram(inliers, low, high, kBins))) / static_cast<double>(inliers.size());
  if (compared)
    most = std::max(most, static_cast<double>(fullest(histogram(a.outlier_scores[m].scores, low, high, kBins))) /
                              static_cast<double>(a.outlier_scores[m].scores.size()));
  const double head = kTextSize + 2.2 * kSmallSize;
  const PlotPlane plane =
      draw_axes(canvas, theme, {box.left, box.top + head, box.width, box.height - head},
                {a.inlier_scores[m].unit, low, high}, {m % 2 == 0 ? "share of images" : "", 0, most * 1.08});
  draw_bins(canvas, plane, inliers, theme.accent);
  if (compared) draw_bins(canvas, plane, a.outlier_scores[m].scores, theme.more);
  if (a.marked) {
    const double at = plane.across((*a.marked)[m]);
    canvas.line({at, plane.box.top}, {at, plane.box.bottom()}, 2, theme.ink);
  }
}

}  // namespace

std::string_view anomaly_lesson() {
  return "The loss alone mostly says how many grey pixels an image has, because each of them costs nats however well "
         "it is predicted. This part is the image's own entropy. Excess, the loss without it, is what the model "
         "fails to explain.";
}

Canvas draw_anomalies(const Anomalies& a, const PictureStyle& style) {
  const PictureTheme& theme = *style.theme;
  const bool compared = !a.outlier_scores.empty();
  const double width = 2 * kPanelWidth + kPanelGap + 2 * kMargin;
  PicturePage page = begin_page(
      style, width, compared ? text("Telling ", a.outliers, " from ", a.inliers) : "How unusual is this image?",
      compared ? "The further right, the more unusual an image is to the model. AUROC is the probability that an "
                 "anomaly scores higher than a normal image: 1 is perfect, 0.5 is chance."
               : "The further right, the more unusual an image is to the model.");
  // The legend: words in the colours that they explain.
  double left = kMargin;
  const auto key = [&](const std::string& words, Color color) {
    page.canvas.rectangle({left, page.top + 1, 14, 11}, with_alpha(color, 0.35f));
    page.canvas.frame({left, page.top + 1, 14, 11}, color, 1.5);
    page.canvas.text({left + 20, page.top + kTextSize - 2}, words, kTextSize, color);
    left += 20 + text_width(words, kTextSize) + 24;
  };
  key(text(a.inliers, ", ", count_text(static_cast<Index>(a.inlier_scores.front().scores.size())), " images"),
      theme.accent);
  if (compared)
    key(text(a.outliers, ", ", count_text(static_cast<Index>(a.outlier_scores.front().scores.size())), " images"),
        theme.more);
  if (a.marked) key(a.marked_words, theme.ink);
  page.top += 30;
  for (std::size_t m = 0; m < a.inlier_scores.size(); ++m) {
    const Box box{kMargin + (m % 2 == 0 ? 0 : kPanelWidth + kPanelGap), page.top, kPanelWidth, kPanelHeight};
    draw_measure(page, a, m, box);
    if (m % 2 == 1 || m + 1 == a.inlier_scores.size()) page.top += kPanelHeight + 16;
  }
  if (compared && style.titled) page.note(anomaly_lesson());
  return page.finish();
}

}  // namespace loom
