// Image shapes and the identities of the known data sets. No other file contains their image size or class names.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "core/types.h"

namespace loom {

// Channels x height x width of one image; a row of a Matrix is the image flattened in this order (NCHW).
struct ImageShape {
  Index channels = 1;
  Index height = 0;
  Index width = 0;

  Index size() const { return channels * height * width; }
  bool operator==(const ImageShape&) const = default;
};

std::string image_shape_text(const ImageShape& shape);  // "1x28x28"

// Largest image side and channel count accepted anywhere (own data, weight files).
inline constexpr Index kMaxImageSide = 64;
inline constexpr Index kMaxImageChannels = 1;

// Largest number of classes that a model may name, and largest length of a class name in bytes.
inline constexpr std::size_t kMaxClasses = 64, kMaxClassName = 40;

// A published data set: shape, classes, licence, and the SHA-256 of its four decompressed IDX payloads. The hash of the
// payload is the identity, because mirrors recompress the gz files, and caches have served MNIST under the
// Fashion-MNIST name (zalandoresearch/fashion-mnist issues 107, 131).
struct DatasetIdentity {
  std::string_view name;  // "fashion-mnist"
  std::string_view title;  // "Fashion-MNIST"
  ImageShape shape;
  std::array<std::string_view, 10> class_names;
  std::string_view licence, source;  // of the images: "MIT", and their owner
  std::string_view train_images_sha256, train_labels_sha256, test_images_sha256, test_labels_sha256;
};

std::span<const DatasetIdentity> known_datasets();
const DatasetIdentity* find_dataset(std::string_view name);  // nullptr if unknown

}  // namespace loom
