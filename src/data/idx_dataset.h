// Data sets in IDX files: four files with MNIST's names, or one pair of files with any names.
#pragma once

#include "data/dataset.h"

namespace loom {

// Whether a file has one of MNIST's four names, and whether a folder contains such a file.
bool has_mnist_name(const std::filesystem::path& file);
bool has_mnist_files(const std::filesystem::path& folder);

// Loads {train,t10k}-images-idx3-ubyte and -labels-idx1-ubyte from a folder, plain or .gz, with '-' or '.' before idx.
// Throws Error as load_dataset says.
Dataset load_mnist_files(const std::filesystem::path& folder, Split split);

// The IDX file of images in a folder, found by its content, whatever its name; an empty path if there is none. Throws
// Error if there are several.
std::filesystem::path find_idx_images(const std::filesystem::path& folder);

// Loads one IDX file of images and the labels beside it: the file of the same name with "images" replaced by "labels"
// and "idx3" by "idx1", or else the only IDX file of labels in the folder; no labels if there is none. The test set is
// held out of these images (data/hold_out.h), unless the file is a published training or test set.
Dataset load_idx_pair(const std::filesystem::path& images, Split split);

}  // namespace loom
