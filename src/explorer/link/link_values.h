// Numbers and lists of links, written as short as they can be and read from a stranger's text.
#pragma once

#include <charconv>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace loom {

// Five digits after the point, without zeros at the end.
void append_number(std::string& out, float value);
// The same for several, with commas.
void append_numbers(std::string& out, std::initializer_list<float> values);

// Calls take(part) for the parts between separators.
template <class Take>
void split(std::string_view text, char separator, Take&& take) {
  while (true) {
    const std::size_t end = text.find(separator);
    take(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

// All numbers of "1,2.5", clamped; false if there are more or fewer than wanted, or one is malformed.
bool read_numbers(std::string_view text, std::span<float> values);

// A whole number within [low, high]; false and `value` as it was for anything else.
template <class Integer>
bool read_integer(std::string_view text, Integer low, Integer high, Integer& value) {
  Integer read{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), read);
  if (error != std::errc() || end != text.data() + text.size() || read < low || read > high) return false;
  value = read;
  return true;
}

// What can be the id of a model.
bool is_model_id(std::string_view text);

}  // namespace loom
