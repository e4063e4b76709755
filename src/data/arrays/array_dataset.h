// Data sets in tables and arrays: CSV with an image a row, NumPy's .npy and .npz.
#pragma once

#include "data/dataset.h"

namespace loom {

// Whether the path is such a file, or a folder that holds such files.
bool is_array_data(const std::filesystem::path& path);

// Reads the set. Images are arrays (N, H, W), also with a dimension of one colour, or (N, H * W) of square images;
// labels are (N) or (N, 1). Names say which belong together and to which set: x_train and y_train, train_images and
// train_labels, fashion-mnist_train.csv and fashion-mnist_test.csv. Without names of sets about one image in ten is
// held out (data/hold_out.h). Throws Error for arrays that are neither, several that could be meant, different numbers
// of images and labels, and what data/arrays/csv.h and npy.h refuse.
Dataset load_array_data(const DataSource& source, Split split);

}  // namespace loom
