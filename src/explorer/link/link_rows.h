// The fields of a link, one row each: how a value of the state is written, and how it is read from untrusted text.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "explorer/state/state.h"

namespace loom {

struct LinkRow {
  std::string_view key;
  void (*write)(const ExplorerState&, std::string&);  // appends nothing for the default
  void (*read)(std::string_view, ExplorerState&);     // leaves the state as it is if the text is malformed
};

// In the order in which links are written.
std::span<const LinkRow> link_rows();

}  // namespace loom
