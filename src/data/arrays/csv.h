// Reads a table with an image a row: its pixels, and its label before or after them, as Kaggle's files of MNIST and
// Fashion-MNIST have them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/types.h"

namespace loom {

struct CsvImages {
  Index side = 0;                     // images are square
  std::vector<std::uint8_t> pixels;   // (rows, side * side)
  std::vector<std::uint8_t> labels;   // empty without
};

// `where` (the path) starts every error message. Commas, semicolons or tabs separate the values, which may be in
// quotes. A first row that is not all numbers names the columns; the one called "label" or "class" is the label, else
// the first one if without it the number of columns is a square. Throws Error naming row and column for values that are
// no whole numbers of 0 to 255, and rows of other lengths.
CsvImages parse_csv_images(std::string_view table, const std::string& where);

// Reads the file, plain or gzip. Also throws Error if it cannot be read.
CsvImages read_csv_images(const std::filesystem::path& path);

}  // namespace loom
