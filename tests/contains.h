// Whether a text holds a part, for tests of messages and of what is written.
#pragma once

#include <string_view>

namespace loom {

inline bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace loom
