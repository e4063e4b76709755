// JSON values (RFC 8259), read strictly and written reproducibly: model descriptions, the header of a weight file,
// messages of the page. Small and without iostreams or locales, because it is part of the wasm modules.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace loom {

// Limits for text from strangers: the first protects the stack (each level is a function call), the second protects
// memory (a value takes some 40 bytes, so text with two bytes per value would grow twentyfold).
inline constexpr int kMaxJsonDepth = 32;
inline constexpr std::size_t kMaxJsonValues = 65536;

class Json {
 public:
  using Array = std::vector<Json>;
  using Object = std::vector<std::pair<std::string, Json>>;  // in order of insertion; keys are unique

  Json() = default;  // null
  Json(std::nullptr_t) {}
  template <std::same_as<bool> Bool>
  Json(Bool value) : value_(value) {}
  template <std::integral Integer>
    requires(!std::same_as<Integer, bool>)
  Json(Integer value) {  // throws Error for an unsigned value beyond int64
    if (!std::in_range<std::int64_t>(value)) fail_integer(static_cast<std::uint64_t>(value));
    value_ = static_cast<std::int64_t>(value);
  }
  Json(double value);  // throws Error for infinity and NaN, which JSON cannot express
  Json(const char* value) : value_(std::string(value)) {}
  Json(std::string_view value) : value_(std::string(value)) {}
  Json(std::string value) : value_(std::move(value)) {}
  Json(Array value) : value_(std::move(value)) {}
  Json(Object value) : value_(std::move(value)) {}

  // "null", "boolean", "integer", "number", "string", "array" or "object"; for messages.
  std::string_view kind() const;

  // The content, or null if it is of another kind. Every number that is a whole int64 is an integer, however it was
  // written (1e2 too, -0 not); as_number gives integers as well, rounded beyond 2^53.
  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  const bool* as_boolean() const { return std::get_if<bool>(&value_); }
  const std::int64_t* as_integer() const { return std::get_if<std::int64_t>(&value_); }
  std::optional<double> as_number() const;
  const std::string* as_string() const { return std::get_if<std::string>(&value_); }
  const Array* as_array() const { return std::get_if<Array>(&value_); }
  const Object* as_object() const { return std::get_if<Object>(&value_); }

  // Adds to an array or object; null becomes one first. set replaces the value of a key that is there, in its place.
  // Throws Error for other kinds. Return *this, for chains.
  Json& push(Json value);
  Json& set(std::string_view key, Json value);

  // Compact text: equal values give equal bytes, numbers are the shortest that read back the same, non-ASCII
  // characters stand as they are. Throws Error for a string that is not UTF-8.
  std::string dump() const;

  bool operator==(const Json& other) const { return value_ == other.value_; }

 private:
  [[noreturn]] static void fail_integer(std::uint64_t value);
  void append_to(std::string& out) const;

  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> value_;
};

// Throws Error with context, byte offset, what was found and what was expected: for anything but one well-formed
// value in UTF-8 between white space, for duplicate keys, numbers beyond double and the limits above.
Json parse_json(std::string_view text, std::string_view context);

// The text as a JSON string, cut after 96 bytes: foreign names in messages. Bytes that are not UTF-8 become "?".
std::string quoted_name(std::string_view text);

}  // namespace loom
