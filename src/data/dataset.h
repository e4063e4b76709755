// Grey images with their classes, from IDX files, folders of images or data packs (data/load reads them). Published
// data sets are recognised by the SHA-256 of the unpacked files, never by folder or file names.
#pragma once

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/image.h"
#include "core/types.h"

namespace loom {

enum class Split { train, test };

inline constexpr std::string_view kCustomDataset = "custom";

inline constexpr int kGreyLevels = 256;  // of a pixel

inline constexpr const char* kDataRemedy = "tools/fetch-data downloads the known data sets";

struct PictureSize {
  Index height = 0, width = 0;
};

// The path of a data set, and options for reading image files.
struct DataSource {
  std::filesystem::path path;         // a folder, one IDX file of images, or a data pack
  std::filesystem::path test_path;    // the same for the test set, if it is elsewhere; otherwise empty
  std::optional<PictureSize> resize;  // resize all images to this size (data/images/image_file.h, resize_by_area)
  bool transpose = false;             // swap rows and columns, as EMNIST's files need
  bool invert = false;                // black on white becomes white on black; transparent parts count as white
  bool skip_broken = false;           // leave out images that cannot be read instead of refusing the folder

  DataSource() = default;
  template <std::convertible_to<std::filesystem::path> Path>
  DataSource(Path&& from) : path(std::forward<Path>(from)) {}
};

// The data set that a data pack was made from; the pack holds its first images.
struct DataOrigin {
  std::string name{kCustomDataset};          // as in known_datasets(), else "custom"
  std::string title;                         // for texts: "Fashion-MNIST"
  std::string licence, source;               // of the images; empty if unknown
  Index images = 0;                          // how many there are, not only those in the pack
  std::string images_sha256, labels_sha256;  // of their IDX files; the latter is empty without classes
};

struct PackInfo {
  DataOrigin origin;
  int levels = kGreyLevels;  // grey levels that were kept
  std::string sha256;  // of the pack
};

struct Dataset {
  std::string name{kCustomDataset};  // as in known_datasets(), else "custom"
  Split split = Split::train;
  ImageShape shape;
  std::vector<std::uint8_t> pixels;  // (N, shape.size()), 0 black to 255 white
  std::vector<std::uint8_t> labels;  // (N); all 0 where the data have no classes
  std::vector<std::string> class_names;  // of the labels; empty if unknown
  // SHA-256 of the unpacked IDX files; for image files and held-out parts, of the IDX files that would hold them.
  // labels_sha256 is empty without classes.
  std::string images_sha256, labels_sha256;
  std::string images_path, labels_path;  // for messages
  std::vector<std::string> skipped;      // why each picture that was left out could not be read
  std::vector<std::string> notes;        // what else was left out or passed over, a sentence each
  std::optional<PackInfo> pack;          // of images from a data pack (data/pack/pack_header.h)

  Index size() const { return static_cast<Index>(labels.size()); }
};

// Returns the name for display: "Fashion-MNIST"; for an unknown data set the title in its pack or the name of its
// folder, without /train or /test.
std::string dataset_title(const Dataset& dataset);

// The label of the class with this name (in upper or lower case) or number. If there is none, throws Error "<where>:
// there is no class '<name>'; there are: <names>".
int find_class(const std::vector<std::string>& names, std::string_view name, std::string_view where);

// Throws Error, stating what was found instead, unless images and labels are those of the known data set `expected`
// ("fashion-mnist").
void require_identity(const Dataset& dataset, std::string_view expected);

// Writes image indices[i] to row i of `out` (indices.size(), shape.size()), scaled to [0, 1]: pixel / 255.
// Throws Error for an index outside the data set or an `out` of another shape.
void fill_images(const Dataset& dataset, std::span<const Index> indices, MatrixMap out);

}  // namespace loom
