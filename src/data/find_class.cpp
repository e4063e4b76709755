#include <algorithm>

#include "core/error.h"
#include "data/dataset.h"

namespace loom {
namespace {

bool same_word(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::ranges::equal(a, b, [&](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

int find_class(const std::vector<std::string>& names, std::string_view name, std::string_view where) {
  std::string known;
  for (std::size_t label = 0; label < names.size(); ++label) {
    if (same_word(names[label], name) || text(label) == name) return static_cast<int>(label);
    known += text(label > 0 ? ", " : "", names[label]);
  }
  fail(where, ": there is no class '", name, "'; there are: ", known);
}

}  // namespace loom
