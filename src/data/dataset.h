// Labelled grey images in the layout of MNIST's four IDX files, and which published data set they are: that is told by
// the SHA-256 of the unpacked files, never by folder or file names.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/image.h"
#include "core/types.h"

namespace loom {

enum class Split { train, test };

inline constexpr std::string_view kCustomDataset = "custom";

struct Dataset {
  std::string name{kCustomDataset};  // as in known_datasets(), else "custom"
  Split split = Split::train;
  ImageShape shape;
  std::vector<std::uint8_t> pixels;  // (N, shape.size()), 0 black to 255 white
  std::vector<std::uint8_t> labels;  // (N); all 0 where the data have no classes
  std::vector<std::string> class_names;  // of the labels; empty where nobody has named them
  std::string images_sha256, labels_sha256;
  std::string images_path, labels_path;  // for messages

  Index size() const { return static_cast<Index>(labels.size()); }
};

// Reads {train,t10k}-images-idx3-ubyte and -labels-idx1-ubyte from a folder, plain or .gz, with '-' or '.' before idx.
// Throws Error for a missing or bad file (data/idx.h); counts that disagree; a label that is no class of a known data
// set; images and labels of two known data sets; known training data under the test name or the other way round.
Dataset load_dataset(const std::filesystem::path& folder, Split split);

// Throws Error unless images and labels are those of the known data set `expected` ("fashion-mnist"), saying what was
// found instead.
void require_identity(const Dataset& dataset, std::string_view expected);

// Writes image indices[i] to row i of `out` (indices.size(), shape.size()), scaled to [0, 1]: pixel / 255.
// Throws Error for an index outside the data set or an `out` of another shape.
void fill_images(const Dataset& dataset, std::span<const Index> indices, MatrixMap out);

}  // namespace loom
