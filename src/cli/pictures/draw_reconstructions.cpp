#include <algorithm>
#include <cmath>

#include "cli/pictures/draw_uses.h"
#include "core/text.h"
#include "plot/font.h"
#include "plot/image_colors.h"
#include "uses/images.h"

namespace loom {
namespace {

constexpr double kSide = 84, kGap = 12, kLabels = 84;  // of a picture; between two; of the words at the left
constexpr Index kAcross = 8;                           // pictures in a row
constexpr Index kNumbers = 4;                          // codes with more dimensions are drawn as bars

double sigma(const Posterior& code, Index n, Index d) { return std::exp(static_cast<double>(code.logvar(n, d)) / 2); }

// The code as numbers, one dimension a line, or as bars around zero, all images to one scale.
void draw_code(Canvas& canvas, const PictureTheme& theme, const Posterior& code, Index n, Box box) {
  const bool variational = code.logvar.size() > 0;
  if (code.mu.cols() <= kNumbers) {
    double baseline = box.top + kSmallSize;
    for (Index d = 0; d < code.mu.cols(); ++d, baseline += 1.4 * kSmallSize) {
      const std::string mu = number_text(static_cast<double>(code.mu(n, d)), 2);
      canvas.text({box.left, baseline}, text("z", d + 1), kSmallSize, theme.muted);
      canvas.text({box.left + 48, baseline}, mu, kSmallSize, theme.ink, TextAlign::right);
      if (variational)
        canvas.text({box.left + 51, baseline}, text("± ", number_text(sigma(code, n, d), 2)), kSmallSize, theme.muted);
    }
    return;
  }
  const double largest = std::max(1e-6, static_cast<double>(code.mu.cwiseAbs().maxCoeff()));
  const double step = box.width / static_cast<double>(code.mu.cols()), middle = box.top + box.height / 2;
  for (Index d = 0; d < code.mu.cols(); ++d) {
    const double height = static_cast<double>(code.mu(n, d)) / largest * box.height / 2;
    canvas.rectangle({box.left + static_cast<double>(d) * step, height > 0 ? middle - height : middle,
                      std::max(0.5, step - (step > 3 ? 1.0 : 0.0)), std::fabs(height)},
                     height > 0 ? theme.more : theme.less);
  }
  canvas.line({box.left, middle}, {box.right(), middle}, 1, theme.line);
}

double code_height(const Posterior& code) {
  return code.mu.cols() <= kNumbers ? 1.4 * kSmallSize * static_cast<double>(code.mu.cols()) : 44;
}

}  // namespace

Canvas draw_reconstructions(const Reconstructions& r, const Model& model, const Dataset& data,
                            const PictureStyle& style) {
  const PictureTheme& theme = *style.theme;
  const ImageShape& shape = data.shape;
  const Index scale = std::max<Index>(1, std::lround(kSide / static_cast<double>(std::max(shape.width, shape.height))));
  const double width = std::max(kSide, static_cast<double>(shape.width * scale));
  const double height = static_cast<double>(shape.height * scale);
  const auto count = static_cast<Index>(r.images.size());
  const double across = static_cast<double>(std::min(kAcross, count));
  PicturePage page = begin_page(style, 2 * kMargin + kLabels + across * (width + kGap) - kGap, "Reconstructions",
                                text("Each column is one image: the original, the ", model.spec.latent_dim,
                                     model.spec.latent_dim == 1 ? " number" : " numbers",
                                     " that it is reduced to, what they decode to, and the difference."));
  Canvas& canvas = page.canvas;
  for (Index first = 0; first < count; first += kAcross) {
    const double head = page.top + 2 * 1.35 * kSmallSize, code_top = head + height + kGap;
    const double decoded_top = code_top + code_height(r.code) + kGap, difference_top = decoded_top + height + kGap;
    const double figures_top = difference_top + height + 6;
    const auto label = [&](double top, std::string_view name, std::string_view detail) {
      canvas.text({kMargin, top + kTextSize}, name, kTextSize, theme.ink);
      canvas.text({kMargin, top + kTextSize + 1.4 * kSmallSize}, detail, kSmallSize, theme.muted);
    };
    label(head, "original", "");
    label(code_top - 2, "code", r.code.mu.cols() > kNumbers ? "mean" : r.code.logvar.size() > 0 ? "mean ± σ" : "");
    label(decoded_top, "decoded", "");
    label(difference_top, "difference", "decoded −");
    canvas.text({kMargin, difference_top + kTextSize + 2.7 * kSmallSize}, "original", kSmallSize, theme.muted);
    canvas.text({kMargin, figures_top + kSmallSize}, r.images.front().bce ? "excess, nats" : "", kSmallSize,
                theme.muted);
    canvas.text({kMargin, figures_top + 2.4 * kSmallSize}, "MSE", kSmallSize, theme.muted);
    canvas.text({kMargin, figures_top + 3.8 * kSmallSize}, "SSIM", kSmallSize, theme.muted);
    for (Index n = first; n < std::min(count, first + kAcross); ++n) {
      const ReconstructedImage& image = r.images[static_cast<std::size_t>(n)];
      const double left = kMargin + kLabels + static_cast<double>(n - first) * (width + kGap);
      const std::string name = class_name(model, data, image.label);
      canvas.text({left, page.top + kSmallSize}, shortened(name, kSmallSize, width), kSmallSize, theme.ink);
      canvas.text({left, page.top + 2.35 * kSmallSize}, text("no. ", image.index), kSmallSize, theme.muted);
      const Scalar *x = r.original.row(n).data(), *y = r.decoded.row(n).data();
      canvas.add(grey_image(x, shape, scale, {left, head}, theme, text("original, ", name)));
      draw_code(canvas, theme, r.code, n, {left, code_top, width, code_height(r.code)});
      canvas.add(grey_image(y, shape, scale, {left, decoded_top}, theme, text("decoded, ", name)));
      canvas.add(difference_image(y, x, shape, scale, {left, difference_top}, theme, "difference"));
      if (image.bce)
        canvas.text({left, figures_top + kSmallSize}, number_text(*image.excess(), 1), kSmallSize, theme.ink);
      canvas.text({left, figures_top + 2.4 * kSmallSize}, number_text(image.mse, 4), kSmallSize, theme.ink);
      canvas.text({left, figures_top + 3.8 * kSmallSize}, number_text(image.ssim, 3), kSmallSize, theme.ink);
    }
    page.top = figures_top + 4.2 * kSmallSize + (first + kAcross < count ? 2.5 * kGap : kGap);
  }
  page.note(text("Difference: orange where the decoded value is larger, blue where it is smaller.",
                 r.images.front().bce ? " Excess: cross-entropy above the least possible for these grey pixels." : ""));
  return page.finish();
}

}  // namespace loom
