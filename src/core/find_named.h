// Look-up in tables whose rows have a `name`: activations, likelihoods, optimizers, recipes and so on, with one error
// message for unknown names.
#pragma once

#include <ranges>
#include <string>
#include <string_view>

#include "core/error.h"

namespace loom {

// The names of all rows, in the table's order: "adam, adamw, rmsprop, sgd".
template <std::ranges::range Table>
std::string names_of(const Table& table) {
  std::string names;
  for (const auto& row : table) names += text(names.empty() ? "" : ", ", row.name);
  return names;
}

// The row called `name`, or nullptr.
template <std::ranges::range Table>
auto find_row(const Table& table, std::string_view name) -> decltype(&*std::ranges::begin(table)) {
  for (const auto& row : table)
    if (row.name == name) return &row;
  return nullptr;
}

// The row called `name`. Throws Error "<what> '<name>' is not known; known are <names>".
template <std::ranges::range Table>
const auto& find_named(const Table& table, std::string_view name, std::string_view what) {
  if (const auto* row = find_row(table, name)) return *row;
  fail(what, " '", name, "' is not known; known are ", names_of(table));
}

}  // namespace loom
