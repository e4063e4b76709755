// Decimal digits against the C library's, which is exact in glibc and musl.
#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>

#include "core/decimal.h"
#include "core/rng.h"
#include "core/text.h"

using namespace loom;

namespace {

std::string printed(const char* format, int decimals, double value) {
  char buffer[1500];
  return {buffer, static_cast<std::size_t>(std::snprintf(buffer, sizeof buffer, format, decimals, value))};
}

// Any finite double: every exponent and sign is as likely as any other.
double random_double(Rng& rng) {
  for (;;) {
    const auto value = std::bit_cast<double>((std::uint64_t{rng.below(1u << 31)} << 33) ^
                                             (std::uint64_t{rng.below(1u << 31)} << 16) ^ rng.below(1u << 16));
    if (std::isfinite(value)) return value;
  }
}

void check_reading(const std::string& number) {
  CAPTURE(number);
  CHECK(std::bit_cast<std::uint64_t>(parse_decimal(number)) ==
        std::bit_cast<std::uint64_t>(std::strtod(number.c_str(), nullptr)));
}

}  // namespace

TEST_CASE("decimal: numbers are read as strtod reads them") {
  for (const char* number : {"0",
                             "-0",
                             "0.000",
                             "1",
                             "-1.5",
                             "0.1",
                             "1e22",
                             "1e23",
                             "123456789012345678901234567890",
                             "9007199254740993",
                             "9007199254740992.999999999999999999",
                             "1.7976931348623157e308",
                             "1.7976931348623158e308",
                             "1.8e308",
                             "1e400",
                             "4.9e-324",
                             "2.4703282292062327e-324",
                             "2.4703282292062328e-324",
                             "2.2250738585072011e-308",
                             "1e-400",
                             "0.0000000000000000000000000000000000000000001",
                             "1E+2",
                             "1e-99999999999999999999",
                             "0e999999999"})
    check_reading(number);
  // Halves between two doubles, and a digit far behind that decides.
  for (const double low : {1.0, 3.0, 0x1p-1074, 0x1.fffffffffffffp-1023, 0x1p970}) {
    const double above = std::nextafter(low, INFINITY);
    const std::string exact = printed("%.*e", 1100, low);
    check_reading(exact);
    check_reading(printed("%.*e", 1100, above));
  }
  const std::string half = "9007199254740993";  // 2^53 + 1
  check_reading(half + "." + std::string(900, '0'));
  check_reading(half + "." + std::string(900, '0') + "1");
  Rng rng(1, Stream::test);
  for (int i = 0; i < 2000; ++i) {
    const double value = random_double(rng);
    for (const int decimals : {0, 5, 15, 16, 17, 30}) check_reading(printed("%.*e", decimals, value));
  }
}

TEST_CASE("decimal: numbers are written as printf writes them") {
  Rng rng(2, Stream::test);
  for (int i = 0; i < 500; ++i) {
    const double value = i < 100 ? random_double(rng) : (rng.uniform() - 0.5) * std::pow(10.0, i % 24 - 8);
    for (const int decimals : {0, 1, 2, 3, 6, 17}) {
      CAPTURE(value);
      CHECK(fixed_text(value, decimals) == printed("%.*f", decimals, value));
    }
  }
  for (const double value :
       {0.0, -0.0, 0.5, 1.5, 2.5, 0.25, 0.05, 9.995, 9.5, 99.95, 999.5, 0.04, 0.06, 1e-300, 1e22, 1e300})
    for (const int decimals : {0, 1, 2}) CHECK(fixed_text(value, decimals) == printed("%.*f", decimals, value));
  for (const auto& [value, wanted] :
       {std::pair{2.5, "2.5"}, {-0.25, "-0.25"}, {3.0, "3"}, {-0.0001, "0"}, {100.0, "100"}})
    CHECK(short_text(value, 3) == wanted);
  CHECK(short_text(100, 0) == "100");
  CHECK(fixed_text(INFINITY, 2) == "inf");
  CHECK(fixed_text(-INFINITY, 2) == "-inf");
}

TEST_CASE("decimal: the shortest text that reads back") {
  CHECK(text(0.1) == "0.1");
  CHECK(text(0.1f) == "0.1");
  CHECK(text(-0.0) == "-0");
  CHECK(text(1e22) == "1e+22");
  CHECK(text(1e4) == "10000");
  CHECK(text(1e5) == "1e+05");
  CHECK(text(0.0001) == "1e-04");
  CHECK(text(1.0 / 3) == "0.3333333333333333");
  CHECK(text(5e-324) == "5e-324");
  CHECK(text(std::numeric_limits<double>::max()) == "1.7976931348623157e+308");
  CHECK(text(9.999999999999999e22) == "1e+23");  // the same double
  CHECK(text(std::numeric_limits<double>::infinity()) == "inf");
  Rng rng(3, Stream::test);
  for (int i = 0; i < 2000; ++i) {
    const double value = random_double(rng);
    const std::string written = text(value);
    CAPTURE(written);
    CHECK(std::strtod(written.c_str(), nullptr) == value);
    // One digit fewer does not read back: digits before the exponent, without sign and point.
    const std::size_t mantissa = written.find('e');
    if (mantissa != std::string::npos && written.find('.') != std::string::npos)
      CHECK(std::strtod(printed("%.*e", static_cast<int>(mantissa) - (written[0] == '-') - 3, value).c_str(),
                        nullptr) != value);
    const auto narrow = static_cast<float>(rng.uniform() * std::pow(10.0, i % 60 - 30));
    CHECK(std::strtof(text(narrow).c_str(), nullptr) == narrow);
  }
}
