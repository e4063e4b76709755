// The originals of some test images, as pictures to draw.
#pragma once

#include <vector>

#include "explorer/session/session.h"

namespace loom {

class OriginalPictures {
 public:
  // Makes pictures of the originals that are there. For the others appends an action that requests them. `images`:
  // indices in the test set of the model that is shown.
  void work(const Session& session, const std::vector<std::int64_t>& images, Actions& actions);

  // Whether the originals of all images are there; not for no images.
  bool complete() const { return !pictures_.empty() && missing_ == 0; }
  // One per image; without pixels while it is missing.
  const std::vector<Picture>& pictures() const { return pictures_; }

 private:
  const TestImages* source_ = nullptr;
  std::vector<std::int64_t> images_;
  std::vector<Picture> pictures_;
  std::size_t missing_ = 0;
  std::uint64_t serial_ = 0;  // of the last picture made, so that no two of them share one
};

}  // namespace loom
