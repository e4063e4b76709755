#include <cmath>

#include "analysis/plane/normal_quantile.h"
#include "cli/pictures/plots.h"
#include "core/error.h"
#include "plot/image_colors.h"

namespace loom {
namespace {

constexpr double kSquareSide = 600;       // of the whole square in pixels, about
constexpr double kLabelEvery = 60;  // pixels between numbers on the axes, at least

struct Frame {
  double mean[2] = {0, 0}, sigma[2] = {1, 1};
};

Frame frame_of(const ModelFile& file) {
  Frame frame;
  if (file.model.spec.variational) return frame;
  if (file.test.size() == 0)
    fail("a plain autoencoder has no prior, and the weight file holds no encoded images that show where its codes lie");
  for (Index d = 0; d < 2; ++d) {
    const Eigen::ArrayXd code = file.test.mu.col(d).cast<double>();
    frame.mean[d] = code.mean();
    frame.sigma[d] = std::sqrt((code - code.mean()).square().mean());
  }
  return frame;
}

}  // namespace

Canvas draw_manifold(const ModelFile& file, Index n, const PictureStyle& style) {
  const ModelSpec& spec = file.model.spec;
  if (spec.latent_dim != 2) fail("the manifold is drawn over two latent dimensions, the model has ", spec.latent_dim);
  const Frame frame = frame_of(file);
  const auto coordinate = [&](Index d, Index i) {
    return frame.mean[d] + frame.sigma[d] * normal_quantile((static_cast<double>(i) + 0.5) / static_cast<double>(n));
  };
  Matrix z(n * n, 2), pictures;
  for (Index row = 0; row < n; ++row)
    for (Index column = 0; column < n; ++column) {
      z(row * n + column, 0) = static_cast<Scalar>(coordinate(0, column));
      z(row * n + column, 1) = static_cast<Scalar>(coordinate(1, n - 1 - row));
    }
  Workspace workspace;
  decode(file.model, z, workspace, pictures);

  const PictureTheme& theme = *style.theme;
  const Index largest = std::max(spec.image.width, spec.image.height);
  const Index scale = std::max<Index>(1, std::lround(kSquareSide / static_cast<double>(n * largest)));
  const double step_x = static_cast<double>(spec.image.width * scale);
  const double step_y = static_cast<double>(spec.image.height * scale);
  const double left = kMargin + 48;
  PicturePage page = begin_page(
      style, left + step_x * static_cast<double>(n) + kMargin, "Images over the latent plane",
      text("Images decoded at ", n, " × ", n, " points. The steps between the points grow outwards, so that each ",
           spec.variational ? "image stands for an equal share of the prior N(0, I)."
                            : "image stands for an equal share of a normal distribution fitted to the codes."));
  Canvas& canvas = page.canvas;
  canvas.add(image_mosaic(pictures, spec.image, n, scale, {left, page.top}, theme, "decoded images"));
  const double bottom = page.top + step_y * static_cast<double>(n);
  const auto every = [&](double step) { return std::max<Index>(1, std::lround(std::ceil(kLabelEvery / step))); };
  for (Index i = 0; i < n; i += every(step_x))
    canvas.text({left + (static_cast<double>(i) + 0.5) * step_x, bottom + 6 + kSmallSize},
                number_text(coordinate(0, i), 2), kSmallSize, theme.muted, TextAlign::middle);
  for (Index i = 0; i < n; i += every(step_y))
    canvas.text({left - 6, bottom - (static_cast<double>(i) + 0.5) * step_y + 0.36 * kSmallSize},
                number_text(coordinate(1, i), 2), kSmallSize, theme.muted, TextAlign::right);
  canvas.text({left + step_x * static_cast<double>(n) / 2, bottom + 34}, "z1", kTextSize, theme.ink, TextAlign::middle);
  canvas.add(
      TextItem{{kMargin + 4, page.top + (bottom - page.top) / 2}, "z2", kTextSize, theme.ink, TextAlign::middle, true});
  page.top = bottom + 30;
  return page.finish();
}

}  // namespace loom
