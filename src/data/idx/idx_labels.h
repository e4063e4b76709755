// Reads labels from IDX files as data sets have them: bytes, or larger whole numbers, in one column or several
// (QMNIST has eight, the class first).
#pragma once

#include <filesystem>
#include <span>

#include "data/idx.h"

namespace loom {

// Whether the first four bytes are those of an IDX file of whole numbers with one or two dimensions.
bool starts_as_idx_labels(std::span<const std::byte> bytes);

// The labels, plain or gzip, and the hash of the IDX file of bytes that would hold them. Throws Error as read_idx does,
// and for labels outside 0 to 255.
IdxFile read_idx_labels(const std::filesystem::path& path);

}  // namespace loom
