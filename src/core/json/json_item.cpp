#include "core/json/json_item.h"

#include <algorithm>

#include "core/error.h"

namespace loom {
namespace {

// Appends a key to a path: ".stride", or "stride" if the path is empty; keys that are not plain words are quoted.
std::string member_path(const std::string& path, std::string_view key) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  if (key.empty() || key.size() > 96 || !std::all_of(key.begin(), key.end(), plain)) {
    return text(path, '[', quoted_name(key), ']');
  }
  return path.empty() ? std::string(key) : text(path, '.', key);
}

}  // namespace

std::string JsonItem::where() const {
  std::string out;
  if (!context_.empty()) out += context_ + ": ";
  if (!path_.empty()) out += path_ + ": ";
  return out;
}

void JsonItem::refuse(std::string_view found, std::string_view wanted) const {
  fail(where(), "found ", found, ", expected ", wanted);
}

const Json::Object& JsonItem::object() const {
  if (value_->as_object() == nullptr) refuse(value_->kind(), "object");
  return *value_->as_object();
}

const Json::Array& JsonItem::array() const {
  if (value_->as_array() == nullptr) refuse(value_->kind(), "array");
  return *value_->as_array();
}

std::optional<JsonItem> JsonItem::find(std::string_view key) const {
  for (const auto& [name, value] : object()) {
    if (name == key) return JsonItem(value, context_, member_path(path_, name));
  }
  return std::nullopt;
}

JsonItem JsonItem::at(std::string_view key) const {
  if (auto item = find(key)) return *std::move(item);
  fail(where(), "found no ", quoted_name(key), ", which is required");
}

std::vector<std::pair<std::string_view, JsonItem>> JsonItem::members() const {
  std::vector<std::pair<std::string_view, JsonItem>> items;
  for (const auto& [name, value] : object()) {
    items.emplace_back(name, JsonItem(value, context_, member_path(path_, name)));
  }
  return items;
}

std::size_t JsonItem::size() const { return array().size(); }

JsonItem JsonItem::at(std::size_t index) const {
  if (index >= size()) refuse(text(size(), " elements"), text("more than ", index));
  return JsonItem(array()[index], context_, text(path_, '[', index, ']'));
}

std::vector<JsonItem> JsonItem::elements() const {
  std::vector<JsonItem> items;
  for (std::size_t i = 0; i < size(); ++i) items.push_back(at(i));
  return items;
}

void JsonItem::allow_only(std::initializer_list<std::string_view> allowed) const {
  for (const auto& [key, value] : object()) {
    if (std::find(allowed.begin(), allowed.end(), key) != allowed.end()) continue;
    std::string wanted = "only";
    for (const std::string_view name : allowed) wanted += text(' ', quoted_name(name));
    refuse(text("key ", quoted_name(key)), wanted);
  }
}

bool JsonItem::boolean() const {
  if (value_->as_boolean() == nullptr) refuse(value_->kind(), "boolean");
  return *value_->as_boolean();
}

std::int64_t JsonItem::integer(std::int64_t low, std::int64_t high) const {
  const std::int64_t* integer = value_->as_integer();
  if (integer != nullptr && *integer >= low && *integer <= high) return *integer;
  std::string wanted = "integer";
  if (low != std::numeric_limits<std::int64_t>::min()) wanted += text(" from ", low);
  if (high != std::numeric_limits<std::int64_t>::max()) wanted += text(" up to ", high);
  refuse(value_->as_number() ? value_->dump() : std::string(value_->kind()), wanted);
}

double JsonItem::number() const {
  const std::optional<double> number = value_->as_number();
  if (!number) refuse(value_->kind(), "number");
  return *number;
}

float JsonItem::float_number() const {
  constexpr double kLargest = double{std::numeric_limits<float>::max()};
  const double value = number();  // converting a larger one would be undefined
  if (!(value >= -kLargest && value <= kLargest)) refuse(value_->dump(), "a number in the range of float");
  return static_cast<float>(value);
}

const std::string& JsonItem::string() const {
  if (value_->as_string() == nullptr) refuse(value_->kind(), "string");
  return *value_->as_string();
}

}  // namespace loom
