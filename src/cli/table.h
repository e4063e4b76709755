// Tables as aligned text.
#pragma once

#include <string>
#include <vector>

namespace loom {

class TextTable {
 public:
  explicit TextTable(std::vector<std::string> head) : rows_{std::move(head)} {}
  void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

  // Lines without line ends; the first column is left-aligned, the others right-aligned.
  std::vector<std::string> lines() const;
  void print() const;

 private:
  std::vector<std::vector<std::string>> rows_;  // the header first; all have its length
};

}  // namespace loom
