// JSON values (RFC 8259), parsed strictly and written reproducibly: model descriptions, the header of a weight file,
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

// Limits for untrusted text: the first protects the stack (each level of nesting is a function call), the second
// protects memory (a value takes some 40 bytes, so text with two bytes per value would grow twentyfold).
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

  // "null", "boolean", "integer", "number", "string", "array" or "object", for error messages.
  std::string_view kind() const;

  // The value, or null (nullopt) if it is of another kind. Every number that fits int64 without a fraction is an
  // integer, however it was written: 1e2 is one, -0 is not. as_number returns integers too, rounded beyond 2^53.
  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  const bool* as_boolean() const { return std::get_if<bool>(&value_); }
  const std::int64_t* as_integer() const { return std::get_if<std::int64_t>(&value_); }
  std::optional<double> as_number() const;
  const std::string* as_string() const { return std::get_if<std::string>(&value_); }
  const Array* as_array() const { return std::get_if<Array>(&value_); }
  const Object* as_object() const { return std::get_if<Object>(&value_); }

  // push appends to an array, set adds a member to an object or replaces its value without moving it. A null value
  // first becomes an empty array or object; other kinds throw Error. Both return *this, so that calls can be chained.
  Json& push(Json value);
  Json& set(std::string_view key, Json value);

  // Compact text: equal values give equal bytes, numbers have the shortest form that reads back to the same value, and
  // non-ASCII characters are not escaped. Throws Error for a string that is not UTF-8.
  std::string dump() const;

  bool operator==(const Json& other) const { return value_ == other.value_; }

 private:
  [[noreturn]] static void fail_integer(std::uint64_t value);
  void append_to(std::string& out) const;

  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> value_;
};

// Parses one JSON value in UTF-8, which white space may surround. Throws Error with `context`, the byte offset, what
// was found and what was expected: for malformed text, duplicate keys, numbers beyond the range of double, and values
// beyond the limits above.
Json parse_json(std::string_view text, std::string_view context);

// The text as a JSON string, cut after 96 bytes, for quoting untrusted names in error messages. Bytes that are not
// UTF-8 become "?".
std::string quoted_name(std::string_view text);

}  // namespace loom
