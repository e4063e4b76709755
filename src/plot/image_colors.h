// Grey images and differences of images as colours.
#pragma once

#include <string>

#include "core/image.h"
#include "plot/canvas.h"
#include "plot/theme.h"

namespace loom {

// 0 becomes the theme's paper and 1 its pencil, so that an image is drawn dark on a light page. Values are clamped to
// [0, 1].
ImageItem grey_image(const Scalar* pixels, const ImageShape&, Index scale, Position at, const PictureTheme&,
                     std::string description = {});

// The difference a - b: towards the colour `more` where a is larger and towards `less` where it is smaller, with the
// full colour at a difference of 1.
ImageItem difference_image(const Scalar* a, const Scalar* b, const ImageShape&, Index scale, Position at,
                           const PictureTheme&, std::string description = {});

// All images of x (N, P) in one picture without gaps, `columns` per row, from the upper left. The item's size is that
// of the whole picture.
ImageItem image_mosaic(const Matrix& x, const ImageShape&, Index columns, Index scale, Position at, const PictureTheme&,
                       std::string description = {});

}  // namespace loom
