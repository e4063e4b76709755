// The test set of data that come without one: every image whose pixels hash to a multiple of ten. It depends on the
// image alone, so adding, renaming or reordering files moves no other image from one half to the other, and copies of
// one image are never in both.
#pragma once

#include <cstdint>
#include <span>

#include "data/dataset.h"

namespace loom {

inline constexpr unsigned kHoldOutEvery = 10;  // one image in so many, on average

// Whether an image belongs to the test set: SHA-256 of its grey pixels, first 8 bytes as a big-endian number, modulo
// kHoldOutEvery, is 0.
bool is_held_out(std::span<const std::uint8_t> pixels);

// Reduces a data set to the half that dataset.split names, in unchanged order, and sets its hashes to those of the IDX
// files that would hold it. Throws Error if that half is empty.
void keep_half(Dataset& dataset);

// Sets images_sha256, and labels_sha256 where there are classes, to the hashes of the IDX files that would hold the
// images and labels as they are.
void set_hashes(Dataset& dataset, bool labelled);

}  // namespace loom
