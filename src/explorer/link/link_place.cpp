#include "explorer/link/link_place.h"

#include <algorithm>
#include <array>

#include "core/text.h"
#include "explorer/link/link.h"
#include "explorer/link/link_values.h"

namespace loom {
namespace {

constexpr float kSmallestHalf = 1e-4f;  // of a view
constexpr std::uint16_t kMostDirections = 1024;  // of a latent space (model/spec_json.cpp)

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// Messaging apps write commas as %2C.
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

void write_model(const ExplorerState& state, std::string& out) { out += state.model; }
void read_model(std::string_view text, ExplorerState& state) {
  if (is_model_id(text)) state.model = text;
}

void write_z(const ExplorerState& state, std::string& out) {
  if (state.placed || state.z != Point{}) append_numbers(out, {state.z.x, state.z.y});
}
void read_z(std::string_view text, ExplorerState& state) {
  std::array<float, 2> z;
  if (!read_numbers(text, z)) return;
  state.z = {z[0], z[1]};
  state.placed = true;
}

void write_view(const ExplorerState& state, std::string& out) {
  if (state.view) append_numbers(out, {state.view->center.x, state.view->center.y, state.view->half});
}
void read_view(std::string_view text, ExplorerState& state) {
  std::array<float, 3> v;
  if (read_numbers(text, v)) state.view = View{{v[0], v[1]}, std::max(v[2], kSmallestHalf)};
}

// "0,3" for two axes, "pc0,1" for two principal directions.
void write_plane(const ExplorerState& state, std::string& out) {
  const PlaneChoice& plane = state.plane;
  if (plane.principal || plane.axes != PlaneChoice{}.axes)
    out += text(plane.principal ? "pc" : "", int{plane.axes[0]}, ',', int{plane.axes[1]});
}
void read_plane(std::string_view text, ExplorerState& state) {
  const bool principal = text.starts_with("pc");
  if (principal) text.remove_prefix(2);
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos) return;
  const auto x = parse_integer<std::uint16_t>(text.substr(0, comma));
  const auto y = parse_integer<std::uint16_t>(text.substr(comma + 1));
  if (!x || !y || *x >= kMostDirections || *y >= kMostDirections || *x == *y) return;
  state.plane.principal = principal;
  state.plane.axes = {*x, *y};
}

void write_others(const ExplorerState& state, std::string& out) {
  for (const float value : state.plane.others) {
    if (!out.empty()) out += ',';
    append_number(out, value);
  }
}
void read_others(std::string_view text, ExplorerState& state) {
  std::vector<float> values;
  for (const std::string_view part : split(text, ',')) {
    std::array<float, 1> value;
    if (values.size() == kMostDirections || !read_numbers(part, value)) return;
    values.push_back(value[0]);
  }
  state.plane.others = std::move(values);
}

void write_hidden(const ExplorerState& state, std::string& out) { out += part_names(state.hidden); }
void read_hidden(std::string_view text, ExplorerState& state) { state.hidden = read_parts(text); }

ExplorerState read_fields(std::string_view link, std::span<const LinkRow> rows) {
  ExplorerState state;
  if (link.starts_with('#')) link.remove_prefix(1);
  link = link.substr(0, kMaxLinkLength);
  while (!link.empty()) {
    const std::string_view field = link.substr(0, link.find('&'));
    link.remove_prefix(std::min(link.size(), field.size() + 1));
    const std::size_t equals = field.find('=');
    if (equals == std::string_view::npos) continue;
    for (const LinkRow& row : rows)
      if (row.key == field.substr(0, equals)) row.field.read(percent_decoded(field.substr(equals + 1)), state);
  }
  return state;
}

}  // namespace loom
