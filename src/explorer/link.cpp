#include "explorer/link.h"

#include <algorithm>

#include "core/text.h"
#include "explorer/link_rows.h"

namespace loom {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// Messengers write commas as %2C.
std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
    if (low < 0) {
      out += text[i];
    } else {
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return out;
}

}  // namespace

std::string write_link(const ExplorerState& state) {
  std::string link;
  for (const LinkRow& row : link_rows()) {
    std::string value;
    row.write(state, value);
    if (!value.empty()) link += text(link.empty() ? "" : "&", row.key, '=', value);
  }
  return link;
}

ExplorerState read_link(std::string_view link) {
  ExplorerState state;
  if (link.starts_with('#')) link.remove_prefix(1);
  link = link.substr(0, kMaxLinkLength);
  while (!link.empty()) {
    const std::string_view field = link.substr(0, link.find('&'));
    link.remove_prefix(std::min(link.size(), field.size() + 1));
    const std::size_t equals = field.find('=');
    if (equals == std::string_view::npos) continue;
    for (const LinkRow& row : link_rows())
      if (row.key == field.substr(0, equals)) row.read(percent_decoded(field.substr(equals + 1)), state);
  }
  return state;
}

}  // namespace loom
