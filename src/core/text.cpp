#include "core/text.h"

#include <cstdio>

namespace loom {

std::string shape_text(const Shape& shape) {
  std::string out = "(";
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (i > 0) out += ", ";
    append_text(out, shape[i]);
  }
  return out + ")";
}

std::string fixed_text(double value, int decimals) {
  char buffer[400];
  const int length = std::snprintf(buffer, sizeof buffer, "%.*f", decimals, value);
  return {buffer, static_cast<std::size_t>(length)};
}

}  // namespace loom
