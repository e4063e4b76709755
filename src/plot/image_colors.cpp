#include "plot/image_colors.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace loom {
namespace {

Color grey(Scalar value, const PictureTheme& theme) {
  return mixed(theme.paper, theme.pencil, std::clamp(static_cast<float>(value), 0.0f, 1.0f));
}

ImageItem blank(Index width, Index height, Index scale, Position at, Color color, std::string description) {
  return {at,
          width,
          height,
          scale,
          std::vector<Color>(static_cast<std::size_t>(width * height), color),
          std::move(description)};
}

}  // namespace

ImageItem grey_image(const Scalar* pixels, const ImageShape& shape, Index scale, Position at, const PictureTheme& theme,
                     std::string description) {
  ImageItem image = blank(shape.width, shape.height, scale, at, theme.paper, std::move(description));
  for (std::size_t i = 0; i < image.pixels.size(); ++i) image.pixels[i] = grey(pixels[i], theme);
  return image;
}

ImageItem difference_image(const Scalar* a, const Scalar* b, const ImageShape& shape, Index scale, Position at,
                           const PictureTheme& theme, std::string description) {
  ImageItem image = blank(shape.width, shape.height, scale, at, theme.paper, std::move(description));
  for (std::size_t i = 0; i < image.pixels.size(); ++i) {
    const float difference = std::clamp(static_cast<float>(a[i] - b[i]), -1.0f, 1.0f);
    image.pixels[i] = mixed(theme.paper, difference > 0 ? theme.more : theme.less, std::fabs(difference));
  }
  return image;
}

ImageItem image_mosaic(const Matrix& x, const ImageShape& shape, Index columns, Index scale, Position at,
                       const PictureTheme& theme, std::string description) {
  const Index rows = (x.rows() + columns - 1) / columns;
  ImageItem image = blank(columns * shape.width, rows * shape.height, scale, at, theme.paper, std::move(description));
  for (Index n = 0; n < x.rows(); ++n)
    for (Index y = 0; y < shape.height; ++y)
      for (Index column = 0; column < shape.width; ++column) {
        const Index row = n / columns * shape.height + y;
        image.pixels[static_cast<std::size_t>(row * image.width + n % columns * shape.width + column)] =
            grey(x(n, y * shape.width + column), theme);
      }
  return image;
}

}  // namespace loom
