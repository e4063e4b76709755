#include <doctest/doctest.h>

#include "explorer/layout/wrap.h"

namespace loom {
namespace {

// Every letter is one wide.
std::string letters(std::string_view words, float width) {
  return wrapped(words, width, [](std::string_view line) {
    float count = 0;
    for (const char c : line) count += (c & 0xc0) != 0x80;
    return count;
  });
}

TEST_CASE("wrap: lines break at spaces, as late as possible") {
  CHECK(letters("one two three", 7) == "one two\nthree");
  CHECK(letters("one two three", 13) == "one two three");
  CHECK(letters("one two three", 3) == "one\ntwo\nthr\nee");
  CHECK(letters("", 5).empty());
  CHECK(letters("a\nb c", 1) == "a\nb\nc");
  CHECK(letters("a\n\nb", 9) == "a\n\nb");
}

TEST_CASE("wrap: numbers stay whole, with their percent sign and their name") {
  CHECK(letters("a hole: <0.01x", 11) == "a hole:\n<0.01x");
  CHECK(letters("right for 76 % of all", 12) == "right for\n76 % of all");
  CHECK(letters("images (N = 10000)", 11) == "images\n(N = 10000)");
}

TEST_CASE("wrap: a word wider than the line breaks between letters, not within one") {
  CHECK(letters("\u00e9\u00e9\u00e9\u00e9\u00e9", 2) == "\u00e9\u00e9\n\u00e9\u00e9\n\u00e9");
  CHECK(letters("ab 0123456789", 4) == "ab\n0123\n4567\n89");
  CHECK(letters("abc", 0) == "a\nb\nc");
}

}  // namespace
}  // namespace loom
