// UTF-8 (RFC 3629): validation, and encoding of single code points.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace loom {

// Length in bytes of the longest well-formed prefix; text.size() if and only if the whole text is UTF-8. Overlong
// forms, surrogates and code points above U+10FFFF are not well-formed.
std::size_t utf8_valid_length(std::string_view text);

// Appends one code point, which must be a Unicode scalar value.
void append_utf8(std::string& out, char32_t code_point);

}  // namespace loom
