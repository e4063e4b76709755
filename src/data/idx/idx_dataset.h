// Data sets in IDX files: four files with MNIST's names, or one pair of files with any names.
#pragma once

#include "data/dataset.h"

namespace loom {

// Whether a file has one of MNIST's four names, and whether a folder contains such a file.
bool has_mnist_name(const std::filesystem::path& file);
bool has_mnist_files(const std::filesystem::path& folder);

// Loads {train,t10k}-images-idx3-ubyte and -labels-idx1-ubyte from a folder, plain or .gz, with '-' or '.' before idx,
// or inside folders of these names. Throws Error as load_dataset says.
Dataset load_mnist_files(const std::filesystem::path& folder, Split split);

// Loads one IDX file of images, changed as `source` asks, and the labels beside it (data/idx/idx_names.h), also labels
// of other whole numbers (data/idx/idx_labels.h). If there is a file of the other set beside it, each set has its own;
// otherwise the test set is held out of these images (data/hold_out.h), unless the file is a published training or test
// set.
Dataset load_idx_pair(const std::filesystem::path& images, const DataSource& source, Split split);

}  // namespace loom
