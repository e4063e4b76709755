#include "core/text.h"

#include <algorithm>
#include <cmath>

#include "core/decimal.h"

namespace loom {
namespace {

// Appends what printf writes for infinity and NaN; returns false for finite numbers.
bool append_infinite(std::string& out, double value) {
  if (std::isfinite(value)) return false;
  out += std::isnan(value) ? "nan" : "inf";
  return true;
}

// As printf's %.*f: at least one digit before the point and `decimals` after it.
void append_plain(std::string& out, DecimalDigits number, int decimals) {
  number.round_to(number.exponent + decimals);
  const auto whole = static_cast<std::size_t>(std::max(number.exponent, 0));
  std::string& digits = number.digits;
  if (digits.empty()) number.exponent = 0;
  if (number.exponent < 0) digits.insert(0, static_cast<std::size_t>(-number.exponent), '0');
  digits.resize((number.exponent > 0 ? whole : 0) + static_cast<std::size_t>(decimals), '0');
  if (number.exponent <= 0) out += '0';
  out += digits;
  if (decimals > 0) out.insert(out.size() - static_cast<std::size_t>(decimals), 1, '.');
}

// As printf's %.*e, with all digits of the number.
void append_scientific(std::string& out, const DecimalDigits& number) {
  const int exponent = number.exponent - 1, size = std::abs(exponent);
  out += number.digits[0];
  if (number.digits.size() > 1) append_text(out, '.'), out.append(number.digits, 1);
  out += exponent < 0 ? "e-" : "e+";
  if (size < 10) out += '0';
  append_text(out, size);
}

// Tries increasing numbers of digits; the first that reads back to the same value is the shortest. Then writes plain or
// scientific notation, whichever is shorter, and plain notation in a tie.
void append_shortest(std::string& out, double value, BinaryFormat format) {
  if (std::signbit(value)) out += '-';
  if (append_infinite(out, value)) return;
  const DecimalDigits exact = decimal_digits(value);
  if (exact.digits.empty()) {
    out += '0';
    return;
  }
  DecimalDigits number;
  int count = 0;
  do {
    number = exact;
    number.round_to(++count);
    number.digits.resize(static_cast<std::size_t>(count), '0');  // a carry adds a digit: 9.99 rounded to 1 digit is 10
  } while (nearest_number(number, format) != std::fabs(value));
  std::string scientific, plain;
  append_scientific(scientific, number);
  append_plain(plain, exact, std::max(count - number.exponent, 0));
  out += plain.size() <= scientific.size() ? plain : scientific;
}

}  // namespace

void append_text(std::string& out, double part) { append_shortest(out, part, kDoubleFormat); }
void append_text(std::string& out, float part) { append_shortest(out, double{part}, kFloatFormat); }

std::string shape_text(const Shape& shape) {
  std::string out = "(";
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (i > 0) out += ", ";
    append_text(out, shape[i]);
  }
  return out + ")";
}

std::string fixed_text(double value, int decimals) {
  std::string out = std::signbit(value) ? "-" : "";
  if (!append_infinite(out, value)) append_plain(out, decimal_digits(value), decimals);
  return out;
}

std::string short_text(double value, int decimals) {
  std::string digits = fixed_text(value, decimals);
  if (digits.find('.') == std::string::npos) return digits == "-0" ? "0" : digits;
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.back() == '.') digits.pop_back();
  return digits == "-0" ? "0" : digits;
}

std::string number_text(double value, int decimals) {
  std::string digits = fixed_text(std::fabs(value), decimals);
  const bool zero = digits.find_first_not_of("0.") == std::string::npos;
  return value < 0 && !zero ? "\u2212" + digits : digits;
}

std::string count_text(Index value) {
  std::string digits = text(value);
  for (auto at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

}  // namespace loom
