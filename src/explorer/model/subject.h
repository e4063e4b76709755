// The picture that overlays and tools look at: one that somebody drew or brought, one of the encoded test set, or, if
// there is none, the garment under the ring. And what the model says about it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/image.h"
#include "explorer/model/loaded_model.h"
#include "explorer/model/readout.h"
#include "explorer/state/state.h"

namespace loom {

enum class Origin : std::uint8_t { garment, encoded, own };

// A picture of somebody's own; it never leaves the machine.
struct OwnPicture {
  std::string name;          // "your drawing", or a file's
  Matrix pixels;             // (1, P) in [0, 1]; empty: there is none
  std::uint64_t serial = 0;  // grows with every change
};

// Pictures of a data set that somebody brought as an IDX file, to go with the encoded test set.
struct OwnSet {
  std::string name;
  ImageShape shape;
  std::vector<std::uint8_t> values;  // N * P
  std::uint64_t serial = 0;

  Index size() const { return shape.size() > 0 ? static_cast<Index>(values.size()) / shape.size() : 0; }
  Matrix picture(Index n) const;  // (1, P)
};

struct Subject {
  Origin origin = Origin::garment;
  std::string name;         // for people
  std::int64_t image = -1;  // of the test set
  Matrix x;                 // (1, P); empty for an encoded picture whose original is not here
  Posterior posterior;      // of x, or the file's own
  Point mu, sigma;          // on the plane; sigma is 0 for a plain autoencoder
  std::uint64_t serial = 0;  // grows with every change
};

// Keeps the subject up to date.
class SubjectKeeper {
 public:
  // garment: decoded at z.
  void look(const LoadedModel& model, const ExplorerState& state, const Picture& garment, const OwnPicture& own,
            const OwnSet& set);
  const Subject& subject() const { return subject_; }

 private:
  struct Key {
    const LoadedModel* model = nullptr;
    std::uint64_t plane = 0, own = 0, set = 0, garment = 0;
    std::int32_t image = -1;
    bool operator==(const Key&) const = default;
  };
  Key key_;
  Subject subject_;
  Workspace workspace_;
};

// The number of the test image after this one, of `count`, in an order that looks random but is always the same.
std::int32_t next_test_image(Index count, std::int32_t image);

// A grey picture of any size (rows from the top, 0 black, 255 white) as a model wants it: light on dark, as large as
// its images with the same margin on all sides, areas averaged. A picture whose rim is bright is turned round first.
// Throws Error naming `name` for sizes of 0 or beyond 4096.
Matrix fitted_picture(std::span<const std::uint8_t> grey, Index width, Index height, const ImageShape& shape,
                      std::string_view name);

// Throws Error naming `name` unless the bytes are an IDX file of images (unpacked: browsers and gunzip do that).
OwnSet read_own_set(std::span<const std::byte> bytes, std::string_view name);
bool is_own_set(std::span<const std::byte> bytes);

}  // namespace loom
