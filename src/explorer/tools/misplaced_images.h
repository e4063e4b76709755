// The test images whose codes are farthest from where the decoder draws them best (analysis/bound/gap_search.h), found
// among all images with an original, a few milliseconds at a time.
#pragma once

#include <optional>

#include "analysis/bound/gap_search.h"
#include "explorer/tools/test_image_strip.h"

namespace loom {

class MisplacedImages {
 public:
  static constexpr std::size_t kShown = 6;

  // Whether they can be found for this model: it needs a plane, codes and originals.
  static bool possible(const Session& session);

  // Forgets everything; call when the model has changed.
  void reset();

  // Compares until the deadline, once the visitor has asked for it. Returns true while there is more to do.
  bool work(const ToolContext& context);

  // Draws a button that starts the search; then its progress; then the images in a row, the largest gap first.
  void draw(const ToolView& view, Rect& rest);

  // Draws an arrow for each image, from its code to where the decoder draws it best.
  void on_plane(const PlaneCanvas& canvas, const LoadedModel& model) const;

 private:
  void compare(const LoadedModel& model, const TestImages& originals);
  void finish(const LoadedModel& model);
  double share_done() const;

  bool wanted_ = false, done_ = false;
  std::optional<DecoderTable> table_;
  GapScratch scratch_;
  std::optional<GapSearch> search_;
  TestImageStrip strip_;
};

}  // namespace loom
