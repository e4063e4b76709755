#include "explorer/layout/wrap.h"

#include <algorithm>

namespace loom {
namespace {

// No line begins with "%" or "=" or ends with "=".
bool may_break(std::string_view words, std::size_t space) {
  const bool sign_follows = space + 1 < words.size() && (words[space + 1] == '%' || words[space + 1] == '=');
  const bool equals_before = space > 0 && words[space - 1] == '=';
  return !sign_follows && !equals_before;
}

// Where the first part of the words ends that cannot be broken: at a space, a line break or the end.
std::size_t end_of_part(std::string_view words, std::size_t from) {
  for (std::size_t i = from; i < words.size(); ++i)
    if (words[i] == '\n' || (words[i] == ' ' && may_break(words, i))) return i;
  return words.size();
}

// The number of bytes of the most letters that fit, at least one letter.
std::size_t letters_that_fit(std::string_view part, float width,
                             const std::function<float(std::string_view)>& width_of) {
  const auto is_continuation = [&](std::size_t i) { return i < part.size() && (part[i] & 0xc0) == 0x80; };
  std::size_t fitting = 0;
  for (std::size_t i = 1; i <= part.size(); ++i) {
    if (is_continuation(i)) continue;
    if (fitting > 0 && width_of(part.substr(0, i)) > width) break;
    fitting = i;
  }
  return fitting;
}

}  // namespace

std::string wrapped(std::string_view words, float width, const std::function<float(std::string_view)>& width_of) {
  std::string out;
  std::size_t line = 0;  // where the current line begins in `out`
  const auto new_line = [&] {
    out += '\n';
    line = out.size();
  };
  for (std::size_t from = 0;;) {
    const std::size_t end = end_of_part(words, from);
    std::string_view part = words.substr(from, end - from);
    const std::size_t before = out.size();
    if (before > line) {
      out += ' ';
      out += part;
      if (width_of(std::string_view(out).substr(line)) <= width) {
        part = {};
      } else {
        out.resize(before);
        new_line();
      }
    }
    while (!part.empty() && width_of(part) > width) {  // a file name or a hash
      const std::size_t fitting = letters_that_fit(part, width, width_of);
      if (fitting == part.size()) break;
      out += part.substr(0, fitting);
      part.remove_prefix(fitting);
      new_line();
    }
    out += part;
    if (end == words.size()) return out;
    if (words[end] == '\n') new_line();
    from = end + 1;
  }
}

std::string abbreviated(std::string_view name, float width, const std::function<float(std::string_view)>& width_of) {
  constexpr std::size_t kShort = 6, kKept = 4;  // letters
  std::string out(name);
  while (width_of(out) > width) {
    std::size_t longest = 0, length = 0;
    for (std::size_t i = 0; i < out.size();) {
      const std::size_t end = std::min(out.find(' ', i), out.size());
      if (end - i > length) longest = i, length = end - i;
      i = end + 1;
    }
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    if (length <= kShort || !std::ranges::all_of(out.substr(longest, length), is_letter)) break;
    out.replace(longest, length, out.substr(longest, kKept) + ".");
  }
  return out;
}

}  // namespace loom
