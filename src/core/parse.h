// Parses numbers and lists that a user typed. Nothing here depends on the locale.
#pragma once

#include <charconv>
#include <concepts>
#include <optional>
#include <string_view>
#include <vector>

namespace loom {

// The whole text as a decimal integer, with an optional leading '-'. Returns nullopt for anything else and for values
// beyond the range of the type.
template <std::integral Integer>
std::optional<Integer> parse_integer(std::string_view text) {
  Integer value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

// The whole text as a finite number such as 12, -0.5, .5 or 1e-3, rounded to the nearest double. Returns nullopt for
// anything else. std::from_chars for floating point would add 100 kB to each wasm module.
std::optional<double> parse_number(std::string_view text);

// The pieces between separators: "a,,b" has three, and the empty text has one, which is empty.
std::vector<std::string_view> split(std::string_view text, char separator);

}  // namespace loom
