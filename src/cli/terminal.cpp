#include "cli/terminal.h"

#include <array>
#include <cstdint>
#include <cstdio>

#include "core/error.h"
#include "core/utf8.h"

namespace loom {
namespace {

struct Range {
  std::uint32_t first, last;
};

// Control characters, soft hyphen, marks of direction and of invisible things, line separators, tags.
constexpr std::array kEscaped{Range{0, 0x1f},        Range{0x7f, 0x9f},      Range{0xad, 0xad},
                              Range{0x61c, 0x61c},   Range{0x180e, 0x180e},  Range{0x200b, 0x200f},
                              Range{0x2028, 0x202e}, Range{0x2060, 0x206f},  Range{0xfeff, 0xfeff},
                              Range{0xfff9, 0xfffb}, Range{0xe0000, 0xe007f}};

bool is_escaped(std::uint32_t code) {
  for (const Range& range : kEscaped)
    if (code >= range.first && code <= range.last) return true;
  return false;
}

void append_escape(std::string& out, std::uint32_t code) {
  if (code > 0xffff) {  // two escapes, as in JSON
    append_escape(out, 0xd800 + ((code - 0x10000) >> 10));
    return append_escape(out, 0xdc00 + ((code - 0x10000) & 0x3ff));
  }
  constexpr char kDigits[] = "0123456789abcdef";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += kDigits[code >> shift & 15];
}

// The code point that a character of well-formed UTF-8 encodes.
std::uint32_t code_of(std::string_view character) {
  const auto first = static_cast<unsigned char>(character[0]);
  std::uint32_t code = character.size() == 1 ? first : first & (0x7fu >> character.size());
  for (const char c : character.substr(1)) code = code << 6 | (static_cast<unsigned char>(c) & 0x3f);
  return code;
}

std::size_t bytes_of(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

void write_error(std::string_view kind, std::string_view sentence) {
  std::fprintf(stderr, "loom: %s%s\n", std::string(kind).c_str(), printable(sentence).c_str());
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::string_view valid = text.substr(0, utf8_valid_length(text));
    for (std::size_t i = 0; i < valid.size();) {
      const std::string_view character = valid.substr(i, bytes_of(valid[i]));
      if (const std::uint32_t code = code_of(character); is_escaped(code))
        append_escape(out, code);
      else
        out += character;
      i += character.size();
    }
    text.remove_prefix(valid.size());
    if (text.empty()) break;
    append_escape(out, 0xdc00 + static_cast<unsigned char>(text[0]));
    text.remove_prefix(1);
  }
  return out;
}

void print(std::string_view line) {
  const std::string safe = printable(line);
  std::fwrite(safe.data(), 1, safe.size(), stdout);
  std::fputc('\n', stdout);
  if (std::fflush(stdout) != 0) fail("cannot write to standard output");
}

void print_note(std::string_view sentence) { write_error("note: ", sentence); }
void print_warning(std::string_view sentence) { write_error("warning: ", sentence); }
void print_error(std::string_view sentence) { write_error("", sentence); }

}  // namespace loom
