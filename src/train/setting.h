// One setting of a training run or of a recipe: a row in the tables of train/config.h and train/recipes.h. Command
// line, JSON, range check and documentation all use that row. To add a setting, add a member to the struct and a row.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json/json_item.h"
#include "core/types.h"

namespace loom {

// Range of a number, both ends included unless excluded below. An infinite end means the end of the type's range;
// integers are at most 2^63 - 1, the largest that a file can hold.
struct Limits {
  double low = -std::numeric_limits<double>::infinity(), high = std::numeric_limits<double>::infinity();
  bool above_low = false, below_high = false;  // the end itself is excluded
};

struct Setting {
  std::string_view name;  // in JSON; on the command line with dashes: --batch-size
  std::string_view help;
  Limits limits = {};                                    // of a number, and of every number in a list
  std::vector<std::string_view> (*words)() = nullptr;    // allowed words; null: any word
};

// A setting with the type of its value. Types: int, Index, std::uint64_t, double, std::optional<double> (nullopt means
// the default of the code that uses it), bool, std::string, std::vector<Index>.
template <class Value>
struct SettingOf : Setting {
  // To JSON. A missing optional is -1, as in all weight files so far.
  static Json to_json(const Value&);

  // From JSON. Throws Error naming file and item for a value of another type or out of range.
  void read(const JsonItem&, Value&) const;

  // From the command line: "12", "true", "512,256,128". Throws Error naming the setting, what was found and expected.
  void parse(std::string_view given, Value&) const;

  // Throws Error naming the setting unless the value is allowed.
  void check(const Value&) const;

  // What is allowed, for messages: "1 to 100000", "adam, adamw, rmsprop, sgd", "true or false".
  std::string allowed() const;
};

extern template struct SettingOf<int>;
extern template struct SettingOf<Index>;
extern template struct SettingOf<std::uint64_t>;
extern template struct SettingOf<double>;
extern template struct SettingOf<std::optional<double>>;
extern template struct SettingOf<bool>;
extern template struct SettingOf<std::string>;
extern template struct SettingOf<std::vector<Index>>;

// The names of a table's rows, for Setting::words.
template <class Table>
std::vector<std::string_view> row_names(const Table& table) {
  std::vector<std::string_view> names;
  for (const auto& row : table) names.push_back(row.name);
  return names;
}

}  // namespace loom
