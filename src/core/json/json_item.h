// Reads a JSON document item by item and keeps track of the path, so that every error says where it occurred:
// "a.safetensors: arch: encoder[2].stride: found string, expected integer".
#pragma once

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/json/json.h"

namespace loom {

class JsonItem {
 public:
  // `context` names the document in errors. The Json must outlive the item and all items reached from it.
  JsonItem(const Json& value, std::string_view context) : value_(&value), context_(context) {}
  JsonItem(Json&&, std::string_view) = delete;

  // Members of an object. Throw Error if this is not an object; at() also if the member is missing.
  JsonItem at(std::string_view key) const;
  std::optional<JsonItem> find(std::string_view key) const;
  std::vector<std::pair<std::string_view, JsonItem>> members() const;

  // Elements of an array. Throw Error if this is not an array; at() also if the element is missing.
  JsonItem at(std::size_t index) const;
  std::size_t size() const;
  std::vector<JsonItem> elements() const;

  // Throws Error for a member that is not in the list: a misspelt or unknown option must not be ignored.
  void allow_only(std::initializer_list<std::string_view> keys) const;

  // The value. Throw Error if it is of another kind or, for integers, outside [low, high].
  bool boolean() const;
  std::int64_t integer(std::int64_t low = std::numeric_limits<std::int64_t>::min(),
                       std::int64_t high = std::numeric_limits<std::int64_t>::max()) const;
  double number() const;
  float float_number() const;  // rounded to float; throws Error beyond its range as well
  const std::string& string() const;

  const Json& json() const { return *value_; }

  // Throws "<context>: <path>: found <found>, expected <wanted>", for checks that the caller makes itself.
  [[noreturn]] void refuse(std::string_view found, std::string_view wanted) const;

 private:
  JsonItem(const Json& value, std::string_view context, std::string path)
      : value_(&value), context_(context), path_(std::move(path)) {}
  const Json::Object& object() const;
  const Json::Array& array() const;
  std::string where() const;  // "<context>: <path>: "

  const Json* value_;
  std::string context_;
  std::string path_;  // "encoder[2].stride"; empty for the whole document
};

}  // namespace loom
