#include "explorer/link.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <span>

#include "core/text.h"

namespace loom {
namespace {

constexpr float kLargest = 1e4f;        // of a coordinate
constexpr float kSmallestHalf = 1e-4f;  // of a view
constexpr int kDigits = 5;              // after the point
constexpr std::size_t kMaxIdLength = 64;

void append_number(std::string& out, float value) {
  std::string digits = fixed_text(value, kDigits);
  while (digits.back() == '0') digits.pop_back();
  if (digits.back() == '.') digits.pop_back();
  out += digits == "-0" ? "0" : digits;
}

void append_numbers(std::string& out, std::initializer_list<float> values) {
  for (const float value : values) {
    if (!out.empty()) out += ',';
    append_number(out, value);
  }
}

// Calls take(part) for the parts between separators.
template <class Take>
void split(std::string_view text, char separator, Take&& take) {
  while (true) {
    const std::size_t end = text.find(separator);
    take(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

// All numbers of "1,2.5", clamped; false if there are more or fewer than wanted, or one is malformed.
bool read_numbers(std::string_view text, std::span<float> values) {
  std::size_t count = 0;
  bool sound = true;
  split(text, ',', [&](std::string_view part) {
    const std::string digits(part);
    char* end = nullptr;
    // strtof, because libc++ before 20 has no from_chars for float. It also takes blanks, hex, "inf" and "nan".
    const float value = std::strtof(digits.c_str(), &end);
    const bool plain = !digits.empty() && digits.find_first_not_of("0123456789+-.eE") == std::string::npos;
    if (!plain || *end != 0 || !std::isfinite(value) || count == values.size())
      sound = false;
    else
      values[count++] = std::clamp(value, -kLargest, kLargest);
  });
  return sound && count == values.size();
}

struct Row {
  std::string_view key;
  void (*write)(const ExplorerState&, std::string&);  // appends nothing for the default
  void (*read)(std::string_view, ExplorerState&);
};

void write_model(const ExplorerState& state, std::string& out) { out += state.model; }
void read_model(std::string_view text, ExplorerState& state) {
  if (text.empty() || text.size() > kMaxIdLength) return;
  for (const char c : text)
    if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '-' && c != '_' &&
        c != '.')
      return;
  state.model = text;
}

void write_z(const ExplorerState& state, std::string& out) {
  if (state.z != Point{}) append_numbers(out, {state.z.x, state.z.y});
}
void read_z(std::string_view text, ExplorerState& state) {
  std::array<float, 2> z;
  if (read_numbers(text, z)) state.z = {z[0], z[1]};
}

void write_view(const ExplorerState& state, std::string& out) {
  if (state.view) append_numbers(out, {state.view->center.x, state.view->center.y, state.view->half});
}
void read_view(std::string_view text, ExplorerState& state) {
  std::array<float, 3> v;
  if (read_numbers(text, v)) state.view = View{{v[0], v[1]}, std::max(v[2], kSmallestHalf)};
}

void write_classes(const ExplorerState& state, std::string& out) {
  for (std::size_t c = 0; c < kMaxIsolated; ++c)
    if (state.isolated >> c & 1) out += text(out.empty() ? "" : ",", c);
}
void read_classes(std::string_view text, ExplorerState& state) {
  split(text, ',', [&](std::string_view part) {
    std::size_t c = kMaxIsolated;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), c);
    if (error == std::errc() && end == part.data() + part.size() && c < kMaxIsolated) state.isolated |= 1u << c;
  });
}

void write_theme(const ExplorerState& state, std::string& out) {
  if (state.theme != Theme::automatic) out += state.theme == Theme::dark ? "dark" : "light";
}
void read_theme(std::string_view text, ExplorerState& state) {
  if (text == "dark" || text == "light") state.theme = text == "dark" ? Theme::dark : Theme::light;
}

void write_names(const ExplorerState& state, std::string& out) {
  if (!state.class_names) out += '0';
}
void read_names(std::string_view text, ExplorerState& state) {
  if (text == "0" || text == "1") state.class_names = text == "1";
}

constexpr std::array<Row, 6> kRows{{
    {"m", write_model, read_model},      // model: id in the catalogue
    {"z", write_z, read_z},              // the place decoded
    {"v", write_view, read_view},        // view: centre and half extent
    {"c", write_classes, read_classes},  // classes isolated
    {"names", write_names, read_names},  // class names on the plane
    {"theme", write_theme, read_theme},
}};

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
  for (const Row& row : kRows) {
    std::string value;
    row.write(state, value);
    if (!value.empty()) link += text(link.empty() ? "" : "&", row.key, '=', value);
  }
  return link;
}

ExplorerState read_link(std::string_view link) {
  ExplorerState state;
  if (link.starts_with('#')) link.remove_prefix(1);
  split(link.substr(0, kMaxLinkLength), '&', [&](std::string_view field) {
    const std::size_t equals = field.find('=');
    if (equals == std::string_view::npos) return;
    for (const Row& row : kRows)
      if (row.key == field.substr(0, equals)) row.read(percent_decoded(field.substr(equals + 1)), state);
  });
  return state;
}

}  // namespace loom
