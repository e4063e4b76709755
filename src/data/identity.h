// Which published file a SHA-256 belongs to.
#pragma once

#include <optional>
#include <string_view>

#include "core/image.h"
#include "data/dataset.h"
#include "data/idx_header.h"

namespace loom {

// A published file: of which data set, and whether of its training or its test set.
struct KnownFile {
  const DatasetIdentity* dataset;
  Split split;
};

// The SHA-256 of the file of this kind in a known data set.
std::string_view published_sha256(const DatasetIdentity& dataset, Split split, IdxKind kind);
// The published file of this kind with this SHA-256; nullopt if there is none.
std::optional<KnownFile> identify(std::string_view sha256, IdxKind kind);

const char* split_text(Split split);  // "training" or "test"

}  // namespace loom
