// Images decoded from codes, a few per frame, and drawn as rows of thumbnails.
#pragma once

#include <vector>

#include "explorer/draw/widgets.h"
#include "explorer/model/loaded_model.h"
#include "explorer/state/deadline.h"

namespace loom {

inline constexpr float kOneRow =
    460;  // points; in a narrower panel the thumbnails need more rows to be large enough for a finger

class FilmStrip {
 public:
  // Sets the codes (N, D). The old images are shown until the new ones are decoded.
  void show(const Matrix& codes);

  // Decodes until the deadline. Returns true while there is more to do.
  bool work(const LoadedModel& model, const Deadline& deadline);

  Index size() const { return codes_.rows(); }
  bool complete() const { return decoded_ == codes_.rows(); }
  const std::vector<Picture>& pictures() const { return pictures_; }
  const Matrix& codes() const { return codes_; }

  // Root mean square difference of neighbouring images. Needs complete().
  std::vector<float> steps() const;

  // Draws every `each`-th image in rows of squares of `side` points at the top of `rest`, and cuts the rows off `rest`.
  // Returns the index of the image that was clicked, or -1.
  Index draw(const Painter& painter, Rect& rest, const ImageShape& shape, std::string_view name, float side, float gap,
             Index each, Textures& textures) const;

 private:
  Matrix codes_;
  std::vector<Picture> pictures_;
  Index decoded_ = 0;
  Matrix row_, picture_;
  Workspace workspace_;
};

}  // namespace loom
