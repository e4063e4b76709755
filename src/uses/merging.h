// Merges two images into one in three ways: the mean of their codes, a step from one class to the other, and the mean
// of their pixels.
#pragma once

#include <string>

#include "model/checkpoint.h"
#include "uses/latent_place.h"

namespace loom {

struct MergedCodes {
  Matrix z;       // (4, D): a, b, (a + b) / 2, a + class step
  Matrix images;  // (4, P): what they decode to
};

// `step` is the mean code of b's class minus that of a's class (Larsen et al. 2016, section 4.2): class_step(), or 0
// where one of the classes is not known.
MergedCodes merge_codes(const Model&, const RowVector& a, const RowVector& b, const RowVector& step, Workspace&);
RowVector class_step(const EncodedSet&, std::size_t classes, std::size_t from, std::size_t to);

// (1, P): the average of the rows (1, P) of two images.
Matrix merge_pixels(const Matrix& a, const Matrix& b);

struct Merging {
  LatentPlace a, b;
  std::string class_a, class_b;  // empty without classes; the class step is then 0 and shows nothing
  MergedCodes codes;
  Matrix originals;  // (2, P): images a and b
  Matrix pixels;     // (1, P): their average
};

// Merges two images of the data set. `set` is the encoded data set, for the mean codes of the classes.
Merging merge_images(const Model&, const Dataset&, const EncodedSet& set, const LatentPlace& a, const LatentPlace& b);

}  // namespace loom
