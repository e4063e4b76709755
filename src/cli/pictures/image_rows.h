// A sheet of images in rows that are compared column by column: one row per method, with its name at the left.
#pragma once

#include <string>
#include <vector>

#include "core/image.h"
#include "plot/page.h"

namespace loom {

struct ImageRow {
  std::string name;                // "original"
  std::vector<std::string> lines;  // numbers, in small type below the name
  Matrix images;                   // (columns, P); rows may be of different lengths
};

struct ImageSheet {
  std::string title, lead, note;
  std::vector<std::string> heads;  // above the columns; may be empty
  std::vector<ImageRow> rows;
};

Canvas draw_image_rows(const ImageSheet&, const ImageShape&, const PictureStyle&);

// The same, but unfinished, so that more can be drawn below.
PicturePage begin_image_rows(const ImageSheet&, const ImageShape&, const PictureStyle&);

}  // namespace loom
