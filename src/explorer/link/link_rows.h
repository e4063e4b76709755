// The fields of a link, one row each: how a value of the state is written, how it is read from untrusted text, and
// which lock keeps it.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "explorer/state/state.h"

namespace loom {

struct LinkField {
  void (*write)(const ExplorerState&, std::string&);  // appends nothing for the default
  void (*read)(std::string_view, ExplorerState&);     // leaves the state as it is if the text is malformed
  void (*keep)(const ExplorerState& before, ExplorerState& after);  // copies the members that the row writes
  bool ExplorerState::* flag = nullptr;  // the member, if it is one that is on or off
};

struct LinkRow {
  std::string_view key;
  std::string_view example;  // a value other than the default, as it is written; the tests use it
  NameSet lock;              // what keeps the visitor from changing it
  LinkField field;           // link_fields.h makes the usual ones
};

// Of the rows that say what is hidden and locked, which no action changes.
inline constexpr NameSet kNoLock = 0;

// In the order in which links are written.
std::span<const LinkRow> link_rows();

}  // namespace loom
