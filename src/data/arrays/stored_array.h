// Arrays of numbers as other programs store them, before it is known which are images and which are labels.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/types.h"

namespace loom {

struct StoredArray {
  std::string name;   // "x_train", "images"
  std::string where;  // for messages: the path, with the name inside a file of several arrays
  Shape shape;
  // The numbers in row order. Throws Error for a damaged file, and unless all are whole numbers of 0 to 255.
  std::function<std::vector<std::uint8_t>()> read;
};

}  // namespace loom
