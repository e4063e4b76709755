// Floating point to decimal digits and back, exactly. strtod and printf use long doubles, which
// WebAssembly has to emulate: the two were a tenth of the module loom-core.
#pragma once

#include <string>
#include <string_view>

namespace loom {

// The decimal expansion 0.d1 d2 d3 ... * 10^exponent, not negative; no digits: 0. d1 is not 0.
struct DecimalDigits {
  std::string digits;
  int exponent = 0;

  // Keeps `count` digits (none below 1) and rounds exactly, half to even. The result may have a zero at its end.
  void round_to(int count);
};

// Every digit of a finite number; the sign is left out.
DecimalDigits decimal_digits(double value);

// Sizes of a binary floating point type: of its significand in bits, and of its smallest step as a power of two.
struct BinaryFormat {
  int bits, least_exponent;
};
inline constexpr BinaryFormat kDoubleFormat{53, -1074}, kFloatFormat{24, -149};

// The nearest number of the format, ties to even; infinity beyond double.
double nearest_number(const DecimalDigits&, BinaryFormat);

// A number as JSON writes it, already checked: -1.25e-3.
double parse_decimal(std::string_view number);

}  // namespace loom
