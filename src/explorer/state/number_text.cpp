#include "explorer/state/number_text.h"

#include "core/text.h"

namespace loom {

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
