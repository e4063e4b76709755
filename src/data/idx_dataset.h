// Data sets in IDX files: under the names of MNIST's four, or one pair of any names.
#pragma once

#include "data/dataset.h"

namespace loom {

// Whether a file carries one of MNIST's four names, and whether a folder holds such a file.
bool has_mnist_name(const std::filesystem::path& file);
bool has_mnist_files(const std::filesystem::path& folder);

// {train,t10k}-images-idx3-ubyte and -labels-idx1-ubyte from a folder, plain or .gz, with '-' or '.' before idx. Throws
// Error as load_dataset says.
Dataset load_mnist_files(const std::filesystem::path& folder, Split split);

// The IDX images file of a folder, found by its content, whatever its name; empty if there is none. Throws Error if
// there are several.
std::filesystem::path find_idx_images(const std::filesystem::path& folder);

// One IDX file of images, with the labels beside it: of the same name with "images" replaced by "labels" and "idx3" by
// "idx1", or else the one IDX file of labels in the folder; without labels if there is none. The test set is held out
// of it (data/hold_out.h), unless the file is a published one, which is already a training or a test set.
Dataset load_idx_pair(const std::filesystem::path& images, Split split);

}  // namespace loom
