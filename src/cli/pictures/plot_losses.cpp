#include <algorithm>

#include "cli/pictures/plots.h"
#include "core/error.h"
#include "plot/axes.h"

namespace loom {
namespace {

constexpr double kWidth = 680, kHeight = 250, kCurveLabels = 130;

struct Curve {
  std::string name;
  double (*value)(const EpochLoss&);
  bool validation;
};

void draw_panel(PicturePage& page, const std::vector<EpochLoss>& losses, std::string title, std::vector<Curve> curves,
                bool last) {
  const PictureTheme& theme = *page.theme;
  if (!losses.front().validation_reconstruction)
    std::erase_if(curves, [](const Curve& curve) { return curve.validation; });
  // The first epoch is far above the others and would flatten them: the axis begins at the second where there are many.
  const std::size_t first = losses.size() > 5 ? 1 : 0;
  double low = 1e300, high = -1e300;
  for (std::size_t i = first; i < losses.size(); ++i)
    for (const Curve& curve : curves) {
      low = std::min(low, curve.value(losses[i]));
      high = std::max(high, curve.value(losses[i]));
    }
  Axis x = axis_over(last ? "epoch" : "", losses[first].epoch, losses.back().epoch);
  x.high = losses.back().epoch;
  const PlotPlane plane =
      draw_axes(page.canvas, theme, {kMargin, page.top, kWidth - 2 * kMargin - kCurveLabels, kHeight}, x,
                axis_over(std::move(title), low, high));
  std::vector<double> wishes;
  for (const Curve& curve : curves) {
    LineItem line{{}, 2, curve.validation ? theme.more : theme.accent, curve.validation ? 5.0 : 0.0};
    for (std::size_t i = first; i < losses.size(); ++i)
      line.points.push_back(plane.at(losses[i].epoch, curve.value(losses[i])));
    wishes.push_back(line.points.back().y);
    if (line.points.size() == 1) page.canvas.add(CircleItem{line.points.front(), 4, line.color});
    page.canvas.add(std::move(line));
  }
  const std::vector<double> places = spread(wishes, 1.35 * kTextSize, plane.box.top + 8, plane.box.bottom());
  for (std::size_t i = 0; i < curves.size(); ++i)
    page.canvas.text({plane.box.right() + 8, places[i] + 0.36 * kTextSize},
                     text(curves[i].name, " ", number_text(curves[i].value(losses.back()), 1)), kTextSize,
                     curves[i].validation ? theme.more : theme.accent);
  page.top += kHeight + 12;
}

}  // namespace

Canvas draw_losses(const std::vector<EpochLoss>& losses, const std::string& model, const PictureStyle& style) {
  if (losses.empty()) fail(model, ": the record of its training holds no epoch");
  const bool kl = std::ranges::any_of(losses, [](const EpochLoss& loss) { return loss.kl != 0; });
  PicturePage page = begin_page(
      style, kWidth, text("Training of ", model),
      text("Means over images after each epoch",
           losses.front().validation_reconstruction ? "; the model was not trained on the validation images" : "",
           losses.size() > 5 ? "; the first epoch, far above the others, is left out." : "."));
  draw_panel(page, losses, kl ? "reconstruction, nats" : "reconstruction loss",
             {{"training", [](const EpochLoss& l) { return l.reconstruction; }, false},
              {"validation", [](const EpochLoss& l) { return l.validation_reconstruction.value_or(0); }, true}},
             !kl);
  if (kl)
    draw_panel(page, losses, "KL, nats",
               {{"training", [](const EpochLoss& l) { return l.kl; }, false},
                {"validation", [](const EpochLoss& l) { return l.validation_kl.value_or(0); }, true}},
               true);
  page.top -= 12;
  return page.finish();
}

}  // namespace loom
