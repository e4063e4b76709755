// Exact conversion of floating-point numbers to decimal digits and back. strtod and printf use long doubles, which
// WebAssembly has to emulate: the two made up a tenth of the module loom-core.
#pragma once

#include <string>
#include <string_view>

namespace loom {

// The decimal expansion 0.d1 d2 d3 ... * 10^exponent of a number >= 0. d1 is not 0; no digits stand for 0.
struct DecimalDigits {
  std::string digits;
  int exponent = 0;

  // Rounds exactly to the first `count` digits (none if count < 1), ties to even. The result may end in zeros.
  void round_to(int count);
};

// All decimal digits of the magnitude of a finite number.
DecimalDigits decimal_digits(double value);

// A binary floating-point type: the number of bits of its significand, and the exponent (of 2) of its smallest step.
struct BinaryFormat {
  int bits, least_exponent;
};
inline constexpr BinaryFormat kDoubleFormat{53, -1074}, kFloatFormat{24, -149};

// The nearest number of the format, ties to even; infinity beyond the range of double.
double nearest_number(const DecimalDigits&, BinaryFormat);

// The value of a number in JSON notation, such as -1.25e-3. The caller must have checked the syntax.
double parse_decimal(std::string_view number);

}  // namespace loom
