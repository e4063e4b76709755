#include "explorer/number_text.h"

#include <cmath>

#include "core/text.h"

namespace loom {

std::string number_text(double value, int decimals) {
  std::string digits = fixed_text(std::fabs(value), decimals);
  const bool zero = digits.find_first_not_of("0.") == std::string::npos;
  return value < 0 && !zero ? "\u2212" + digits : digits;
}

std::string pair_text(double x, double y, int decimals) {
  return text('(', number_text(x, decimals), ", ", number_text(y, decimals), ')');
}

std::string percent_text(double share) {
  const double percent = 100 * share;
  return percent > 0 && percent < 0.5 ? "<1 %" : text(fixed_text(percent, 0), " %");
}

std::string ratio_text(double ratio) {
  if (ratio < 0.005) return "<0.01";
  return number_text(ratio, ratio < 0.995 ? 2 : ratio < 9.95 ? 1 : 0);
}

}  // namespace loom
