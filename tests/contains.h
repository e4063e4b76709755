// Whether a text contains another, for tests of messages and of written files.
#pragma once

#include <string_view>

namespace loom {

inline bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace loom
