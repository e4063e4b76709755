#include "core/parse.h"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <cstdlib>

#include "core/find_named.h"
#include "message_of.h"

namespace loom {

TEST_CASE("parse: integers must fill the whole text and fit into the type") {
  CHECK(parse_integer<int>("-12") == -12);
  CHECK(parse_integer<std::uint64_t>("18446744073709551615") == 18446744073709551615u);
  CHECK(parse_integer<std::int64_t>("9223372036854775807") == 9223372036854775807);
  for (const char* text : {"", "-", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "2147483648", "-2147483649"})
    CHECK_MESSAGE(!parse_integer<int>(text), text);
  CHECK(!parse_integer<std::uint64_t>("-1"));
}

TEST_CASE("parse: numbers as in the C library, but only finite ones") {
  for (const char* text : {"0", "-0.5", ".5", "5.", "1e-3", "1E+3", "0.1", "123456789012345678901234567890", "4.9e-324",
                           "1.7976931348623157e308", "0.30000000000000004"}) {
    CAPTURE(text);
    CHECK(parse_number(text) == std::strtod(text, nullptr));
  }
  for (const char* text :
       {"", ".", "-", "e5", "1e", "1e+", "+1", " 1", "1 ", "1,5", "inf", "nan", "1e999", "0x10", "--1"})
    CHECK_MESSAGE(!parse_number(text), text);
}

TEST_CASE("parse: pieces between separators") {
  using Pieces = std::vector<std::string_view>;
  CHECK(split("a,b", ',') == Pieces{"a", "b"});
  CHECK(split("a,,b,", ',') == Pieces{"a", "", "b", ""});
  CHECK(split("", ',') == Pieces{""});
}

TEST_CASE("find by name: the row, or an error that lists the known names") {
  struct Row {
    std::string_view name;
    int value;
  };
  constexpr std::array<Row, 2> kTable{{{"one", 1}, {"two", 2}}};
  CHECK(find_named(kTable, "two", "number").value == 2);
  CHECK(find_row(kTable, "three") == nullptr);
  CHECK(message_of([&] { find_named(kTable, "three", "number"); }) ==
        "number 'three' is not known; known are one, two");
}

}  // namespace loom
