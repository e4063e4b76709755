// A frame as SVG (draw/svg/vector_picture.h), with the images that it names.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "explorer/panels/ui.h"
#include "raster/pixels.h"

namespace loom {

inline constexpr std::string_view kAllButMap = "all,-plane";  // what is hidden (hide= in links) in such a frame

struct VectorFrame {
  std::string svg;  // with "texture:NAME" in the place of the data of images
  std::vector<std::pair<std::string, Pixels>> images;
};

// Calls draw(), which must draw one frame of this size in points, and writes it down. Call it when nothing changes any
// more. Nothing is seen of the frame in the window.
VectorFrame vector_frame(Ui& ui, float width, float height, Color background, const std::function<void()>& draw);

}  // namespace loom
