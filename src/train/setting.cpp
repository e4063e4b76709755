#include "train/setting.h"

#include <algorithm>
#include <cmath>
#include <type_traits>
#include <utility>

#include "core/error.h"
#include "core/parse.h"

namespace loom {
namespace {

template <class Value>
concept Integer = std::is_integral_v<Value> && !std::is_same_v<Value, bool>;

struct IntegerRange {
  std::int64_t low, high;
};

template <Integer Value>
IntegerRange range_of(const Limits& limits) {
  constexpr auto kLargest = std::numeric_limits<std::int64_t>::max();
  IntegerRange range{static_cast<std::int64_t>(std::numeric_limits<Value>::min()), kLargest};
  if constexpr (std::in_range<std::int64_t>(std::numeric_limits<Value>::max()))
    range.high = static_cast<std::int64_t>(std::numeric_limits<Value>::max());
  if (std::isfinite(limits.low)) range.low = static_cast<std::int64_t>(limits.low);
  if (std::isfinite(limits.high)) range.high = static_cast<std::int64_t>(limits.high);
  return range;
}

std::string range_text(const IntegerRange& range) { return text(range.low, " to ", range.high); }

// An end of a range as text: 1000000, not 1e+06.
std::string end_text(double end) {
  constexpr double kWhole = 1e15;
  if (end == std::trunc(end) && std::abs(end) < kWhole) return text(static_cast<std::int64_t>(end));
  return text(end);
}

std::string range_text(const Limits& limits) {
  const std::string low = text(limits.above_low ? "above " : "", end_text(limits.low));
  if (!std::isfinite(limits.high)) return limits.above_low ? low : "at least " + low;
  return text(low, limits.above_low ? ", " : " ",
              limits.below_high  ? "to below "
              : limits.above_low ? "at most "
                                 : "to ",
              end_text(limits.high));
}

bool is_within(double value, const Limits& limits) {
  return std::isfinite(value) && (limits.above_low ? value > limits.low : value >= limits.low) &&
         (limits.below_high ? value < limits.high : value <= limits.high);
}

std::string joined(const std::vector<std::string_view>& words) {
  std::string out;
  for (const std::string_view word : words) out += text(out.empty() ? "" : ", ", word);
  return out;
}

[[noreturn]] void refuse(const Setting& setting, const auto& found, std::string_view wanted) {
  fail(setting.name, " is ", found, ", expected ", wanted);
}

// Represents a missing optional in files and on the command line.
constexpr double kMissing = -1;

// These read a value of each type from JSON; the range of an integer is checked before it is narrowed.
void from_json(const JsonItem& item, const Setting&, std::string& value) { value = item.string(); }
void from_json(const JsonItem& item, const Setting&, bool& value) { value = item.boolean(); }
void from_json(const JsonItem& item, const Setting& setting, double& value) {
  value = item.number();
  if (!is_within(value, setting.limits)) item.refuse(item.json().dump(), range_text(setting.limits));
}
void from_json(const JsonItem& item, const Setting& setting, std::optional<double>& value) {
  value.reset();
  if (item.number() != kMissing) from_json(item, setting, value.emplace());
}
template <Integer Value>
void from_json(const JsonItem& item, const Setting& setting, Value& value) {
  const auto [low, high] = range_of<Value>(setting.limits);
  value = static_cast<Value>(item.integer(low, high));
}
void from_json(const JsonItem& item, const Setting& setting, std::vector<Index>& values) {
  values.clear();
  for (const JsonItem& entry : item.elements()) from_json(entry, setting, values.emplace_back());
}

// These parse a value of each type from the command line and return false if the text is not of that type.
bool from_words(std::string_view words, const Setting&, std::string& value) {
  value = words;
  return true;
}
bool from_words(std::string_view words, const Setting&, bool& value) {
  value = words == "true";
  return value || words == "false";
}
bool from_words(std::string_view words, const Setting&, double& value) {
  const std::optional<double> number = parse_number(words);
  if (number) value = *number;
  return number.has_value();
}
bool from_words(std::string_view words, const Setting& setting, std::optional<double>& value) {
  value.reset();
  double number = 0;
  if (!from_words(words, setting, number)) return false;
  if (number != kMissing) value = number;
  return true;
}
template <Integer Value>
bool from_words(std::string_view words, const Setting& setting, Value& value) {
  const std::optional<std::int64_t> number = parse_integer<std::int64_t>(words);
  if (!number) return false;
  const IntegerRange range = range_of<Value>(setting.limits);
  if (*number < range.low || *number > range.high) refuse(setting, *number, range_text(range));
  value = static_cast<Value>(*number);
  return true;
}
bool from_words(std::string_view words, const Setting& setting, std::vector<Index>& values) {
  values.clear();
  if (words.empty()) return true;
  const std::vector<std::string_view> numbers = split(words, ',');
  return std::ranges::all_of(
      numbers, [&](std::string_view number) { return from_words(number, setting, values.emplace_back()); });
}

void check_value(const Setting&, bool) {}
void check_value(const Setting& setting, const std::string& value) {
  if (!setting.words) return;
  const std::vector<std::string_view> known = setting.words();
  if (std::ranges::find(known, value) == known.end())
    fail(setting.name, " '", value, "' is not known; known are ", joined(known));
}
void check_value(const Setting& setting, double value) {
  if (!is_within(value, setting.limits)) refuse(setting, value, range_text(setting.limits));
}
void check_value(const Setting& setting, const std::optional<double>& value) {
  if (value) check_value(setting, *value);
}
template <Integer Value>
void check_value(const Setting& setting, Value value) {
  const IntegerRange range = range_of<Value>(setting.limits);
  if (std::cmp_less(value, range.low) || std::cmp_greater(value, range.high)) refuse(setting, value, range_text(range));
}
void check_value(const Setting& setting, const std::vector<Index>& values) {
  for (const Index value : values) check_value(setting, value);
}

}  // namespace

template <class Value>
Json SettingOf<Value>::to_json(const Value& value) {
  if constexpr (std::is_same_v<Value, std::optional<double>>) {
    return value.value_or(kMissing);
  } else if constexpr (std::is_same_v<Value, std::vector<Index>>) {
    return Json::Array(value.begin(), value.end());
  } else {
    return value;
  }
}

template <class Value>
void SettingOf<Value>::read(const JsonItem& item, Value& value) const {
  from_json(item, *this, value);
}

template <class Value>
void SettingOf<Value>::parse(std::string_view given, Value& value) const {
  if (!from_words(given, *this, value)) fail(name, " is '", given, "', expected ", allowed());
}

template <class Value>
void SettingOf<Value>::check(const Value& value) const {
  check_value(*this, value);
}

template <class Value>
std::string SettingOf<Value>::allowed() const {
  if constexpr (std::is_same_v<Value, bool>) {
    return "true or false";
  } else if constexpr (std::is_same_v<Value, std::string>) {
    return words ? joined(words()) : "a word";
  } else if constexpr (std::is_same_v<Value, double>) {
    return "a number, " + range_text(limits);
  } else if constexpr (std::is_same_v<Value, std::optional<double>>) {
    return text("a number, ", range_text(limits), ", or ", kMissing, " for the default");
  } else if constexpr (std::is_same_v<Value, std::vector<Index>>) {
    return text("whole numbers separated by commas, ", range_text(range_of<Index>(limits)));
  } else {
    return text("a whole number, ", range_text(range_of<Value>(limits)));
  }
}

template struct SettingOf<int>;
template struct SettingOf<Index>;
template struct SettingOf<std::uint64_t>;
template struct SettingOf<double>;
template struct SettingOf<std::optional<double>>;
template struct SettingOf<bool>;
template struct SettingOf<std::string>;
template struct SettingOf<std::vector<Index>>;

}  // namespace loom
