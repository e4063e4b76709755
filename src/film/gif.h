// Animated GIF, for slides and pages. giflib writes the format; here the colours of each frame are reduced to 255.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "core/color.h"

namespace loom {

// Frames of width x height opaque colours, which repeat for ever. Of each frame only what has changed is stored.
class GifWriter {
 public:
  // Throws Error unless both sides are 1 to 65535.
  GifWriter(int width, int height);
  ~GifWriter();
  GifWriter(const GifWriter&) = delete;
  GifWriter& operator=(const GifWriter&) = delete;

  // `centiseconds`: how long it is shown. A frame equal to the one before makes that one longer.
  void add(std::span<const Color> pixels, int centiseconds);

  // The file. Throws Error without frames; call it once, at the end.
  std::vector<std::byte> finish();

 private:
  struct File;
  void write_held();

  int width_, height_;
  std::vector<Color> held_, shown_;  // the next frame to write, and the one before it
  int held_time_ = 0;
  std::unique_ptr<File> file_;
};

// At most `most` colours that stand for `colors`, and for each of these the index of the one that stands for it.
struct ReducedColors {
  std::vector<Color> palette;
  std::vector<std::uint8_t> indices;
};
ReducedColors reduce_colors(std::span<const Color> colors, std::size_t most);

}  // namespace loom
