// A test set for data that come without one: every image whose pixels hash to a multiple of ten. This depends on the
// image alone, so adding, renaming or reordering files never moves another image between the training and the test
// set, and copies of an image are always in the same set.
#pragma once

#include <cstdint>
#include <span>

#include "data/dataset.h"

namespace loom {

inline constexpr unsigned kHoldOutEvery = 10;  // one image in ten, on average

// Whether an image belongs to the test set: whether the first 8 bytes of the SHA-256 of its grey pixels, as a
// big-endian number, are divisible by kHoldOutEvery.
bool is_held_out(std::span<const std::uint8_t> pixels);

// Keeps only the images of dataset.split, in unchanged order, and sets the hashes to those of the IDX files that would
// hold them. Throws Error if none are left.
void keep_split(Dataset& dataset);

// Sets images_sha256, and labels_sha256 where there are classes, to the hashes of the IDX files that would hold the
// images and labels as they are.
void set_hashes(Dataset& dataset, bool labelled);

}  // namespace loom
