// Some test images in rows: their originals or, until all of them have arrived, the images decoded from their codes.
#pragma once

#include <string_view>
#include <vector>

#include "explorer/draw/film_strip.h"
#include "explorer/tools/tool.h"

namespace loom {

class TestImageStrip {
 public:
  // Sets the images: indices in the test set of the model that is shown.
  void show(const LoadedModel& model, std::vector<std::int64_t> images);

  // Decodes until the deadline, and requests the originals that are missing. Returns true while there is more to
  // decode.
  bool work(const ToolContext& context);

  const std::vector<std::int64_t>& images() const { return images_; }
  // Whether the originals of all images are there; not for no images.
  bool has_originals() const { return !originals_.empty() && missing_ == 0; }
  // The picture of the i-th image; without pixels while it is being decoded.
  const Picture& picture(std::size_t i) const;

  // Draws the images from `begin` to before `end` in rows of `columns` squares of `side` points, and cuts the rows off
  // `rest`. A press selects the image and moves the ring to its code. `name`: begins the ids of the squares.
  void draw(const ToolView& view, Rect& rest, std::string_view name, std::size_t columns, float side, std::size_t begin,
            std::size_t end) const;

 private:
  const TestImages* source_ = nullptr;
  std::vector<std::int64_t> images_;
  std::vector<Picture> originals_;
  std::size_t missing_ = 0;
  // Of the last original made. Textures are loaded again when the serial differs, so it must be none of decoded_'s.
  std::uint64_t serial_ = std::uint64_t{1} << 62;
  FilmStrip decoded_;
};

}  // namespace loom
