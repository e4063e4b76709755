#include "core/json/json.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/bytes.h"
#include "core/error.h"
#include "core/utf8.h"

namespace loom {
namespace {

void append_quoted(std::string& out, std::string_view text) {
  constexpr std::string_view kSpecial = "\"\\\b\f\n\r\t", kLetter = "\"\\bfnrt";
  out += '"';
  for (const char c : text) {
    const std::size_t special = kSpecial.find(c);
    if (special != std::string_view::npos) {
      out += '\\';
      out += kLetter[special];
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += "\\u00";
      append_hex(out, static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  out += '"';
}

void append_string(std::string& out, std::string_view text) {
  const std::size_t valid = utf8_valid_length(text);
  if (valid != text.size()) fail("Json: byte ", valid, " of ", quoted_name(text), " is not UTF-8");
  append_quoted(out, text);
}

template <class Items, class AppendItem>
void append_list(std::string& out, char open, char close, const Items& items, AppendItem append_item) {
  out += open;
  for (const auto& item : items) {
    if (&item != &items.front()) out += ',';
    append_item(item);
  }
  out += close;
}

}  // namespace

Json::Json(double value) : value_(value) {
  if (!std::isfinite(value)) fail("Json: found ", value, ", expected a finite number");
  const bool negative_zero = value == 0.0 && std::signbit(value);
  if (value >= -0x1p63 && value < 0x1p63 && value == std::trunc(value) && !negative_zero) {
    value_ = static_cast<std::int64_t>(value);
  }
}

void Json::fail_integer(std::uint64_t value) {
  fail("Json: found ", value, ", expected at most ", std::numeric_limits<std::int64_t>::max());
}

std::string_view Json::kind() const {
  constexpr std::string_view kKinds[] = {"null", "boolean", "integer", "number", "string", "array", "object"};
  static_assert(std::size(kKinds) == std::variant_size_v<decltype(value_)>);
  return kKinds[value_.index()];
}

std::optional<double> Json::as_number() const {
  if (const auto* integer = std::get_if<std::int64_t>(&value_)) return static_cast<double>(*integer);
  if (const auto* number = std::get_if<double>(&value_)) return *number;
  return std::nullopt;
}

Json& Json::push(Json value) {
  if (is_null()) value_ = Array();
  auto* array = std::get_if<Array>(&value_);
  if (array == nullptr) fail("Json::push: found ", kind(), ", expected array");
  array->push_back(std::move(value));
  return *this;
}

Json& Json::set(std::string_view key, Json value) {
  if (is_null()) value_ = Object();
  auto* object = std::get_if<Object>(&value_);
  if (object == nullptr) fail("Json::set: found ", kind(), ", expected object");
  const auto at = std::find_if(object->begin(), object->end(), [&](const auto& member) { return member.first == key; });
  if (at != object->end()) {
    at->second = std::move(value);
  } else {
    object->emplace_back(key, std::move(value));
  }
  return *this;
}

void Json::append_to(std::string& out) const {
  if (is_null()) out += "null";
  if (const auto* boolean = as_boolean()) append_text(out, *boolean);
  if (const auto* integer = as_integer()) append_text(out, *integer);
  if (const auto* number = std::get_if<double>(&value_)) append_text(out, *number);
  if (const auto* string = as_string()) append_string(out, *string);
  if (const auto* array = as_array()) {
    append_list(out, '[', ']', *array, [&](const Json& item) { item.append_to(out); });
  }
  if (const auto* object = as_object()) {
    append_list(out, '{', '}', *object, [&](const auto& member) {
      append_string(out, member.first);
      out += ':';
      member.second.append_to(out);
    });
  }
}

std::string Json::dump() const {
  std::string out;
  append_to(out);
  return out;
}

std::string quoted_name(std::string_view text) {
  constexpr std::size_t kLongest = 96;
  std::string shown;
  bool cut = false;
  while (!text.empty() && !cut) {
    const std::size_t valid = utf8_valid_length(text.substr(0, kLongest - shown.size()));
    shown += text.substr(0, valid);
    text.remove_prefix(valid);
    cut = !text.empty() && shown.size() + 4 > kLongest;  // a longer UTF-8 sequence may not fit, which is no error
    if (!text.empty() && !cut) {
      shown += '?';
      text.remove_prefix(1);
    }
  }
  std::string out;
  append_quoted(out, shown);
  return cut ? out + "..." : out;
}

}  // namespace loom
