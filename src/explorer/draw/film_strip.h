// Pictures decoded from codes in slices, drawn as rows of stamps.
#pragma once

#include <vector>

#include "explorer/draw/widgets.h"
#include "explorer/model/loaded_model.h"
#include "explorer/state/deadline.h"

namespace loom {

inline constexpr float kOneRow = 300;  // a narrower panel has its stamps in more rows, to be large enough

class FilmStrip {
 public:
  // Other codes (N, D) from now on; what was decoded is forgotten, but shown until the new pictures are there.
  void show(const Matrix& codes);

  // Decodes until the deadline; true while there is more to do.
  bool work(const LoadedModel& model, const Deadline& deadline);

  Index size() const { return codes_.rows(); }
  bool complete() const { return decoded_ == codes_.rows(); }
  const std::vector<Picture>& pictures() const { return pictures_; }
  const Matrix& codes() const { return codes_; }

  // Root mean square difference of neighbours; complete() only.
  std::vector<float> steps() const;

  // Draws every `each`th picture in rows of squares of `side`; cuts them off `rest`. Returns the picture that was
  // clicked, or -1.
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
