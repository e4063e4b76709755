#include "explorer/link/link_values.h"

#include <algorithm>
#include <cmath>

#include "core/parse.h"
#include "core/text.h"

namespace loom {
namespace {

constexpr double kLargest = 1e4;  // of a coordinate
constexpr int kDigits = 5;        // after the point
constexpr double kSteps = 1e5;    // in one unit: 10 to the power of kDigits
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
  const std::vector<std::string_view> parts = split(text, ',');
  if (parts.size() != values.size()) return false;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::optional<double> value = parse_number(parts[i]);
    if (!value) return false;
    values[i] = static_cast<float>(std::round(std::clamp(*value, -kLargest, kLargest) * kSteps) / kSteps);
  }
  return true;
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
