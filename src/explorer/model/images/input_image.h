// The input image of overlays and tools, and its encoding: an image that the visitor drew or opened, an encoded test
// image, or, if there is neither, the image decoded at the ring.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/image.h"
#include "explorer/model/images/test_images.h"
#include "explorer/model/loaded_model.h"
#include "explorer/model/readout.h"
#include "explorer/state/state.h"

namespace loom {

enum class Origin : std::uint8_t { ring, encoded, visitor };

// An image of the visitor. Only what was drawn by hand is in the link; an opened file never leaves the machine.
struct VisitorImage {
  std::string name;          // "your drawing", or the file's name
  Matrix pixels;             // (1, P) in [0, 1]; empty: there is none
  std::uint64_t serial = 0;  // grows with every change
  std::optional<ImageShape> paper = std::nullopt;  // the shape of what was drawn by hand; none: it was opened
};

struct InputImage {
  Origin origin = Origin::ring;
  std::string name;         // as it is called in sentences: "test image 7"
  std::int64_t image = -1;  // index in the test set; -1: not a test image
  Matrix x;                 // (1, P); empty for a test image whose original is not available
  Posterior posterior;      // of x, or as stored in the weight file
  Point mu, sigma;          // on the plane; sigma is 0 for a plain autoencoder
  std::uint64_t serial = 0;  // grows with every change
};

// Keeps the input image up to date.
class InputImageTracker {
 public:
  // Chooses the input image and encodes it if it has changed. `decoded`: the image at z. `originals`: of the model's
  // test set; null if there are none.
  void update(const LoadedModel& model, const ExplorerState& state, const Picture& decoded, const VisitorImage& own,
              const TestImages* originals);
  const InputImage& current() const { return current_; }

 private:
  struct Key {
    const LoadedModel* model = nullptr;
    std::uint64_t plane = 0, own = 0, decoded = 0;
    std::int32_t image = -1;
    const TestImages* original = nullptr;  // null while it is not there
    bool operator==(const Key&) const = default;
  };
  Key key_;
  InputImage current_;
  Workspace workspace_;
};

// The index of the test image after `image`, of `count`, in a fixed shuffled order.
std::int32_t next_test_image(Index count, std::int32_t image);

// Fits a greyscale image of any size (rows from the top, 0 black, 255 white) to the model: light on dark, centred, with
// a margin, resampled by averaging areas. An image with a bright border is inverted first. Throws Error with `name` if
// a side is 0 or longer than 4096 pixels.
Matrix fitted_image(std::span<const std::uint8_t> grey, Index width, Index height, const ImageShape& shape,
                    std::string_view name);

// Reads an uncompressed IDX file of images. Throws Error with `name` for anything else.
TestImages read_visitor_images(std::span<const std::byte> bytes, std::string_view name);
// Whether a file begins like an uncompressed IDX file of images.
bool is_idx_of_images(std::span<const std::byte> bytes);

}  // namespace loom
