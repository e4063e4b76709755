// Finds the published file with a given SHA-256, and the published data set that the images of a pack are from.
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

// The published data set that the images are from, even if a pack holds only a part of it: "fashion-mnist"; otherwise
// "custom".
std::string_view origin_name(const Dataset& dataset);

// The content of a pack, for cards and messages: "10,000 of 60,000 images at 16 grey levels of Fashion-MNIST
// (training), pack SHA-256 0a1b...". Empty for all other data, and for a published set that a pack holds unchanged.
std::string part_text(const Dataset& dataset);

}  // namespace loom
