#include "explorer/link/link_file.h"

#include <algorithm>

#include "core/utf8.h"
#include "explorer/state/drawing_text.h"

namespace loom {
namespace {

constexpr std::size_t kLongestName = 100;  // bytes

bool is_between(char c, char low, char high) { return c >= low && c <= high; }
bool is_alphanumeric(char c) { return is_between(c, 'a', 'z') || is_between(c, 'A', 'Z') || is_between(c, '0', '9'); }
bool is_one_of(char c, std::string_view signs) { return signs.find(c) != std::string_view::npos; }
bool is_forbidden(char c) { return is_between(c, '\0', '\x1f') || is_one_of(c, "<>:\"/\\|?*\x7f"); }

}  // namespace

std::string linked_file_name(std::string_view name) {
  name.remove_prefix(std::min(name.size(), name.find_last_of("/\\") + 1));
  name = name.substr(0, kLongestName);
  std::string out(name.substr(0, utf8_valid_length(name)));
  std::ranges::replace_if(out, is_forbidden, '_');
  return out;
}

void write_file(const ExplorerState& state, std::string& out) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (const char c : state.file) {
    if (is_alphanumeric(c) || is_one_of(c, "-_.,")) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%', out += kDigits[byte >> 4], out += kDigits[byte & 15];
    }
  }
}
void read_file(std::string_view text, ExplorerState& state) {
  if (!text.empty() && linked_file_name(text) == text) state.file = text;
}

void write_drawing(const ExplorerState& state, std::string& out) {
  if (state.drawing.size() <= kMostDrawingText) out += state.drawing;
}
void read_drawing(std::string_view text, ExplorerState& state) {
  if (text.size() <= kMostDrawingText && loom::read_drawing(text)) state.drawing = text;
}

}  // namespace loom
