// Grey images with their classes, from IDX files or from folders of images. Published data sets are recognised by the
// SHA-256 of the unpacked files, never by folder or file names.
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

inline constexpr const char* kDataRemedy = "tools/fetch-data downloads the known data sets";

struct PictureSize {
  Index height = 0, width = 0;
};

// Where data come from, and options for reading image files.
struct DataSource {
  std::filesystem::path path;         // a folder, or one IDX file of images
  std::optional<PictureSize> resize;  // resize all images to this size (data/image_file.h, resize_by_area)
  bool skip_broken = false;           // leave out images that cannot be read instead of refusing the folder

  DataSource() = default;
  template <std::convertible_to<std::filesystem::path> Path>
  DataSource(Path&& from) : path(std::forward<Path>(from)) {}
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

  Index size() const { return static_cast<Index>(labels.size()); }
};

// Returns the name for texts: "Fashion-MNIST"; for an unknown data set the name of its folder, without /train or /test.
std::string dataset_title(const Dataset& dataset);

// Reads the training or the test set at source.path, which may be
//   a folder with MNIST's four files: {train,t10k}-images-idx3-ubyte and -labels-idx1-ubyte, plain or .gz, with '-' or
//     '.' before idx;
//   a folder with one IDX file of images and at most one of labels, under any names, or the file of images itself;
//   a folder of PNG or JPEG pictures, with a subfolder per class or without (data/image_folder.h).
// From data without a test set of their own, one image in ten is held out as the test set (data/hold_out.h).
// Throws Error for a missing or invalid file (data/idx.h, data/image_file.h); different numbers of images and labels;
// a label that is no class of a known data set; images of one known data set with labels of another; known training
// data under the name of test data or the reverse; a set without images; resize or skip_broken for IDX files.
Dataset load_dataset(const DataSource& source, Split split);

// Throws Error, stating what was found instead, unless images and labels are those of the known data set `expected`
// ("fashion-mnist").
void require_identity(const Dataset& dataset, std::string_view expected);

// Writes image indices[i] to row i of `out` (indices.size(), shape.size()), scaled to [0, 1]: pixel / 255.
// Throws Error for an index outside the data set or an `out` of another shape.
void fill_images(const Dataset& dataset, std::span<const Index> indices, MatrixMap out);

}  // namespace loom
