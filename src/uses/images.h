// Chooses images of a data set, names their classes, and processes all of them in batches.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/parallel.h"
#include "data/dataset.h"
#include "model/autoencoder.h"
#include "uses/on_progress.h"

namespace loom {

// The images as rows (indices.size(), P), values in [0, 1]. Throws Error for an index outside the data set.
Matrix images_at(const Dataset&, std::span<const Index> indices);
Matrix image_at(const Dataset&, Index index);

// The numbers of `count` images, taking one of every class in turn, each class in the data set's order. Throws Error
// unless 1 <= count <= size.
std::vector<Index> some_of_each_class(const Dataset&, Index count);

// Whether anything says of which classes the images are: names, or more than one label.
bool has_classes(const Model&, const Dataset&);
// The data set's name of a class, else the model's, else for example "class 3"; "image" without classes.
std::string class_name(const Model&, const Dataset&, int label);
// Number of classes: one more than the largest label, and at least as many as there are names.
int class_count(const Model&, const Dataset&);
// find_class (data/dataset.h) among the names class_name of all labels.
int find_class(const Model&, const Dataset&, std::string_view name, std::string_view where);

// Calls work(index of the first image, images) for groups of images, on all threads. The groups are always the same,
// so that sums over them do not depend on the number of threads.
using BatchWork = std::function<void(Index first, const Matrix& x)>;
void for_each_batch(const Dataset&, ThreadPool&, const OnProgress&, const BatchWork& work);

}  // namespace loom
