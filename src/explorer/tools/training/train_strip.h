// Ten images of the run, one of each class, with what the model makes of them now: the original above, the
// reconstruction below. They stay the same from update to update.
#pragma once

#include <vector>

#include "explorer/draw/film_strip.h"
#include "explorer/tools/tool.h"

namespace loom {

// The first mark of each class, or the first marks where that gives fewer than two; at most ten.
std::vector<Index> fixed_images(const EncodedSet& set);

class TrainStrip {
 public:
  // Decodes until the deadline. Returns true while there is more to do.
  bool work(const ToolContext& context);

  // Cuts the rows off `rest`; nothing before the first model. A press moves the ring to the image's code.
  void draw(const ToolView&, Rect& rest) const;

 private:
  std::vector<Index> images_;
  std::vector<Picture> originals_, reconstructions_;  // reconstructions_: of the last model that was decoded completely
  std::uint64_t model_ = 0;  // the projection_serial of the model in decoded_
  bool taken_ = false;  // reconstructions_ are its
  FilmStrip decoded_;
};

}  // namespace loom
