// Opens a data set given by its path, and detects its kind.
#pragma once

#include "data/dataset.h"

namespace loom {

// Reads the training or the test set at source.path (or the test set at source.test_path, if that is given), which may
// be
//   a folder with MNIST's four files: {train,t10k}-images-idx3-ubyte and -labels-idx1-ubyte, plain or .gz, with '-' or
//     '.' before idx;
//   a folder with one IDX file of images and at most one of labels, under any names, or the file of images itself;
//   a folder of PNG or JPEG pictures, with a subfolder per class or without (data/folder/image_folder.h);
//   tables with an image a row, and NumPy arrays: CSV, .npy, .npz (data/arrays/array_dataset.h);
//   a data pack (data/pack/pack_file.h), which holds one of the two sets and never returns the other.
// For IDX files and folders without a test set, one image in ten is held out as the test set (data/hold_out.h). Throws
// Error for a missing or invalid file (data/idx.h, data/images/image_file.h, data/pack/pack_file.h); different numbers
// of images and labels; a label that is no class of a known data set; images of one known data set with labels of
// another; known training data under the name of test data or the reverse, also in packs; a set without images; resize
// or skip_broken for IDX files and packs.
Dataset load_dataset(const DataSource& source, Split split);

}  // namespace loom
