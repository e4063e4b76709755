// Numbers and lists in links: written as short as possible, read from untrusted text.
#pragma once

#include <charconv>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace loom {

// Five decimals at most, without trailing zeros.
void append_number(std::string& out, float value);
// The same for several numbers, separated by commas.
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

// Reads "1,2.5" and clamps the numbers. Returns false unless there are values.size() numbers, all well-formed.
bool read_numbers(std::string_view text, std::span<float> values);

// Reads an integer in [low, high]. For anything else returns false and leaves `value` as it is.
template <class Integer>
bool read_integer(std::string_view text, Integer low, Integer high, Integer& value) {
  Integer read{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), read);
  if (error != std::errc() || end != text.data() + text.size() || read < low || read > high) return false;
  value = read;
  return true;
}

// Whether the text can be the id of a model.
bool is_model_id(std::string_view text);

}  // namespace loom
