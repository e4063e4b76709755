#include "explorer/link/link_values.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "core/text.h"

namespace loom {
namespace {

constexpr float kLargest = 1e4f;  // of a coordinate
constexpr int kDigits = 5;        // after the point
constexpr std::size_t kMaxIdLength = 64;

}  // namespace

void append_number(std::string& out, float value) {
  std::string digits = fixed_text(value, kDigits);
  while (digits.back() == '0') digits.pop_back();
  if (digits.back() == '.') digits.pop_back();
  out += digits == "-0" ? "0" : digits;
}

void append_numbers(std::string& out, std::initializer_list<float> values) {
  for (const float value : values) {
    if (!out.empty()) out += ',';
    append_number(out, value);
  }
}

bool read_numbers(std::string_view text, std::span<float> values) {
  std::size_t count = 0;
  bool sound = true;
  split(text, ',', [&](std::string_view part) {
    const std::string digits(part);
    char* end = nullptr;
    // strtof, because libc++ before 20 has no from_chars for float. It also takes blanks, hex, "inf" and "nan".
    const float value = std::strtof(digits.c_str(), &end);
    const bool plain = !digits.empty() && digits.find_first_not_of("0123456789+-.eE") == std::string::npos;
    if (!plain || *end != 0 || !std::isfinite(value) || count == values.size())
      sound = false;
    else
      values[count++] = std::clamp(value, -kLargest, kLargest);
  });
  return sound && count == values.size();
}

bool is_model_id(std::string_view text) {
  if (text.empty() || text.size() > kMaxIdLength) return false;
  for (const char c : text)
    if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '-' && c != '_' &&
        c != '.')
      return false;
  return true;
}

}  // namespace loom
