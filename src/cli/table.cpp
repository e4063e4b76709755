#include "cli/table.h"

#include <algorithm>

#include "cli/common.h"

namespace loom {
namespace {

// The width of a text in characters, which all have the same width in our tables. Counting bytes would count "µ"
// twice.
std::size_t columns_of(const std::string& text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xc0) != 0x80; }));
}

}  // namespace

std::vector<std::string> TextTable::lines() const {
  std::vector<std::size_t> widths(rows_.front().size());
  for (const auto& row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columns_of(row[i]));
  std::vector<std::string> out;
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string space(widths[i] - columns_of(row[i]), ' ');
      line += i == 0 ? row[i] + space : "  " + space + row[i];
    }
    out.push_back(line.substr(0, line.find_last_not_of(' ') + 1));
  }
  return out;
}

void TextTable::print() const {
  for (const std::string& line : lines()) loom::print(line);
}

}  // namespace loom
