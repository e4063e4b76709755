#include "core/text.h"

#include <cmath>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace loom {
namespace {

// Fewer digits first: the first form that reads back is the shortest. Of the plain and the scientific way to write it
// the shorter one wins, and the plain one a tie.
template <class Number>
void append_shortest(std::string& out, Number value, int most_digits, Number (*read)(const char*, char**)) {
  char scientific[40], plain[400];
  const double wide = value;
  int decimals = 0;  // of the scientific form
  do std::snprintf(scientific, sizeof scientific, "%.*e", decimals, wide);
  while (++decimals < most_digits && read(scientific, nullptr) != value);
  const char* exponent = std::strchr(scientific, 'e');
  if (!exponent) {  // infinity or NaN
    out += scientific;
    return;
  }
  const int places = decimals - 1 - std::atoi(exponent + 1);
  std::snprintf(plain, sizeof plain, "%.*f", places > 0 ? places : 0, wide);
  out += std::strlen(plain) <= std::strlen(scientific) ? plain : scientific;
}

}  // namespace

void append_text(std::string& out, double part) { append_shortest(out, part, 17, std::strtod); }
void append_text(std::string& out, float part) { append_shortest(out, part, 9, std::strtof); }

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

std::string number_text(double value, int decimals) {
  std::string digits = fixed_text(std::fabs(value), decimals);
  const bool zero = digits.find_first_not_of("0.") == std::string::npos;
  return value < 0 && !zero ? "\u2212" + digits : digits;
}

}  // namespace loom
