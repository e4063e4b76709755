#include <algorithm>

#include "cli/pictures/draw_uses.h"
#include "core/text.h"
#include "plot/image_colors.h"

namespace loom {
namespace {

constexpr Index kSamplesAcross = 10;
constexpr double kSampleGap = 6;
constexpr Index kSampleSide = 56;  // pixels of a picture, about

}  // namespace

Canvas draw_sample_sheet(const Samples& samples, const SampleRequest& request, std::string_view words,
                         const ImageShape& shape, const PictureStyle& style) {
  const Index scale = std::max<Index>(1, (kSampleSide + shape.width / 2) / shape.width), count = samples.images.rows();
  const double width = static_cast<double>(shape.width * scale), height = static_cast<double>(shape.height * scale);
  const Index across = std::min(kSamplesAcross, count);
  PicturePage page = begin_page(
      style, 2 * kMargin + static_cast<double>(across) * (width + kSampleGap) - kSampleGap, "New images",
      text("Each image is decoded from a code of its own; ", words, ". ",
           request.bernoulli ? "Every pixel is drawn as black or white with the probability that the decoder gives."
                             : "Shown are the decoder's means."));
  for (Index i = 0; i < count; ++i)
    page.canvas.add(grey_image(samples.images.row(i).data(), shape, scale,
                               {kMargin + static_cast<double>(i % across) * (width + kSampleGap),
                                page.top + static_cast<double>(i / across) * (height + kSampleGap)},
                               *style.theme));
  page.top += static_cast<double>((count + across - 1) / across) * (height + kSampleGap) - kSampleGap;
  return page.finish();
}

}  // namespace loom
