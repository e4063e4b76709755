// Joins strings and numbers without iostreams, whose locale machinery would double the size of the wasm module.
#pragma once

#include <charconv>
#include <concepts>
#include <string>
#include <string_view>

#include "core/types.h"

namespace loom {

inline void append_text(std::string& out, std::string_view part) { out += part; }
inline void append_text(std::string& out, char part) { out += part; }

// A template, because a plain bool parameter would also accept every pointer, including string literals.
template <std::same_as<bool> Bool>
void append_text(std::string& out, Bool part) {
  out += part ? "true" : "false";
}

// A floating-point number in the shortest correctly rounded form that reads back to the same value. The output is
// nearly that of std::to_chars, whose tables would make each wasm module 100 kB larger.
void append_text(std::string& out, double part);
void append_text(std::string& out, float part);

// Integers in decimal.
template <class Number>
  requires(std::integral<Number> && !std::same_as<Number, bool>)
void append_text(std::string& out, Number part) {
  char buffer[32];
  out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, part).ptr);
}

// The parts joined: text("found ", 3) is "found 3".
template <class... Parts>
std::string text(const Parts&... parts) {
  std::string out;
  (append_text(out, parts), ...);
  return out;
}

// "(784, 400)"
std::string shape_text(const Shape& shape);

// A number with a fixed number of decimals: fixed_text(2.5, 3) is "2.500".
std::string fixed_text(double value, int decimals);

// The same without trailing zeros and never "-0": short_text(2.5, 3) is "2.5".
std::string short_text(double value, int decimals);

// For display, with U+2212 as the minus sign, never "-0.00": "−0.25".
std::string number_text(double value, int decimals);

// A count, at least 0, with thousands separators: "12,345".
std::string count_text(Index value);

}  // namespace loom
