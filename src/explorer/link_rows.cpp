#include "explorer/link_rows.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "core/text.h"
#include "data/corruption.h"
#include "explorer/overlay.h"
#include "explorer/tool.h"
#include "explorer/tour.h"

namespace loom {
namespace {

constexpr float kLargest = 1e4f;        // of a coordinate
constexpr float kSmallestHalf = 1e-4f;  // of a view
constexpr int kDigits = 5;              // after the point
constexpr std::size_t kMaxIdLength = 64;
constexpr std::uint8_t kLargestAxis = 127;
constexpr std::int32_t kLargestImage = 1 << 24;

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

bool is_model_id(std::string_view text) {
  if (text.empty() || text.size() > kMaxIdLength) return false;
  for (const char c : text)
    if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '-' && c != '_' &&
        c != '.')
      return false;
  return true;
}

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

// One of a table's or an enumeration's names; false for others.
template <class Names>
bool read_name(std::string_view text, const Names& names, std::size_t& index) {
  for (std::size_t i = 0; i < std::size(names); ++i)
    if (names[i] == text) return index = i, true;
  return false;
}

constexpr std::array<std::string_view, 3> kPaths{"straight", "spherical", "geodesic"};
constexpr std::array<std::string_view, 3> kSources{"prior", "aggregate", "class"};
constexpr std::array<std::string_view, 2> kCursors{"image", "latent"};

template <class Integer>
bool read_integer(std::string_view text, Integer low, Integer high, Integer& value) {
  Integer read{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), read);
  if (error != std::errc() || end != text.data() + text.size() || read < low || read > high) return false;
  value = read;
  return true;
}

void write_marks(const ExplorerState& state, std::string& out) {
  if (!state.marks) out += '0';
}
void read_marks(std::string_view text, ExplorerState& state) {
  if (text == "0" || text == "1") state.marks = text == "1";
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
  std::uint8_t x = 0, y = 0;
  if (!read_integer<std::uint8_t>(text.substr(0, comma), 0, kLargestAxis, x) ||
      !read_integer<std::uint8_t>(text.substr(comma + 1), 0, kLargestAxis, y) || x == y)
    return;
  state.plane.principal = principal;
  state.plane.axes = {x, y};
}

void write_others(const ExplorerState& state, std::string& out) {
  for (const float value : state.plane.others) {
    if (!out.empty()) out += ',';
    append_number(out, value);
  }
}
void read_others(std::string_view text, ExplorerState& state) {
  std::vector<float> values;
  bool sound = true;
  split(text, ',', [&](std::string_view part) {
    std::array<float, 1> value;
    if (values.size() < kLargestAxis && read_numbers(part, value))
      values.push_back(value[0]);
    else
      sound = false;
  });
  if (sound) state.plane.others = std::move(values);
}

void write_overlay(const ExplorerState& state, std::string& out) { out += overlays()[state.overlay].key; }
void read_overlay(std::string_view text, ExplorerState& state) { state.overlay = find_overlay(text); }
void write_tool(const ExplorerState& state, std::string& out) { out += tools()[state.tool].key; }
void read_tool(std::string_view text, ExplorerState& state) { state.tool = find_tool(text); }

template <std::size_t Which>
void write_pin(const ExplorerState& state, std::string& out) {
  if (const std::optional<Point>& pin = state.pins[Which]) append_numbers(out, {pin->x, pin->y});
}
template <std::size_t Which>
void read_pin(std::string_view text, ExplorerState& state) {
  std::array<float, 2> z;
  if (read_numbers(text, z)) state.pins[Which] = Point{z[0], z[1]};
}

void write_path(const ExplorerState& state, std::string& out) {
  if (state.path != PathKind{}) out += kPaths[static_cast<std::size_t>(state.path)];
}
void read_path(std::string_view text, ExplorerState& state) {
  if (std::size_t i = 0; read_name(text, kPaths, i)) state.path = static_cast<PathKind>(i);
}

void write_image(const ExplorerState& state, std::string& out) {
  if (state.image >= 0) append_text(out, state.image);
}
void read_image(std::string_view text, ExplorerState& state) {
  read_integer<std::int32_t>(text, 0, kLargestImage, state.image);
}

// "gaussian,0.3"
void write_noise(const ExplorerState& state, std::string& out) {
  if (state.noise == 0 && state.noise_kind == 0) return;
  out += text(corruptions()[state.noise_kind].name, ',');
  append_number(out, state.noise);
}
void read_noise(std::string_view text, ExplorerState& state) {
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos) return;
  std::array<float, 1> level;
  if (!read_numbers(text.substr(comma + 1), level)) return;
  for (std::size_t i = 0; i < corruptions().size(); ++i)
    if (corruptions()[i].name == text.substr(0, comma)) {
      state.noise_kind = i;
      state.noise = std::clamp(level[0], 0.0f, kLargestNoise);
    }
}

// "prior", "aggregate", "class:3"
void write_source(const ExplorerState& state, std::string& out) {
  if (state.source == SampleSource::prior) return;
  out += kSources[static_cast<std::size_t>(state.source)];
  if (state.source == SampleSource::one_class) out += text(':', int{state.source_class});
}
void read_source(std::string_view text, ExplorerState& state) {
  const std::size_t colon = std::min(text.find(':'), text.size());
  std::size_t i = 0;
  if (!read_name(text.substr(0, colon), kSources, i)) return;
  std::uint8_t of_class = 0;
  const bool one_class = static_cast<SampleSource>(i) == SampleSource::one_class;
  if (one_class != (colon < text.size())) return;
  if (one_class && !read_integer<std::uint8_t>(text.substr(colon + 1), 0, 255, of_class)) return;
  state.source = static_cast<SampleSource>(i);
  state.source_class = of_class;
}

void write_draw(const ExplorerState& state, std::string& out) {
  if (state.draw != 1) append_text(out, state.draw);
}
void read_draw(std::string_view text, ExplorerState& state) {
  read_integer<std::uint32_t>(text, 0, 0xffffffffu, state.draw);
}
void write_bernoulli(const ExplorerState& state, std::string& out) {
  if (state.bernoulli) out += '1';
}
void read_bernoulli(std::string_view text, ExplorerState& state) {
  if (text == "0" || text == "1") state.bernoulli = text == "1";
}

void write_pair(const ExplorerState& state, std::string& out) {
  if (state.pair != ExplorerState{}.pair) out += text(int{state.pair[0]}, ',', int{state.pair[1]});
}
void read_pair(std::string_view text, ExplorerState& state) {
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos) return;
  std::uint8_t a = 0, b = 0;
  if (read_integer<std::uint8_t>(text.substr(0, comma), 0, 255, a) &&
      read_integer<std::uint8_t>(text.substr(comma + 1), 0, 255, b) && a != b)
    state.pair = {a, b};
}

void write_other(const ExplorerState& state, std::string& out) { out += state.other; }
void read_other(std::string_view text, ExplorerState& state) {
  if (is_model_id(text)) state.other = text;
}
void write_cursor(const ExplorerState& state, std::string& out) {
  if (state.cursor != SharedCursor{}) out += kCursors[static_cast<std::size_t>(state.cursor)];
}
void read_cursor(std::string_view text, ExplorerState& state) {
  if (std::size_t i = 0; read_name(text, kCursors, i)) state.cursor = static_cast<SharedCursor>(i);
}

void write_frame(const ExplorerState& state, std::string& out) {
  if (state.frame >= 0) append_text(out, state.frame);
}
void read_frame(std::string_view text, ExplorerState& state) {
  read_integer<std::int32_t>(text, 0, kLargestImage, state.frame);
}
void write_tour(const ExplorerState& state, std::string& out) {
  if (state.tour != 0) append_text(out, state.tour);
}
void read_tour(std::string_view text, ExplorerState& state) {
  read_integer<std::size_t>(text, 0, tour().size(), state.tour);
}

void write_hidden(const ExplorerState& state, std::string& out) { out += part_names(state.hidden); }
void read_hidden(std::string_view text, ExplorerState& state) { state.hidden = read_parts(text); }
void write_locked(const ExplorerState& state, std::string& out) { out += lock_names(state.locked); }
void read_locked(std::string_view text, ExplorerState& state) { state.locked = read_locks(text); }

constexpr std::array<LinkRow, 26> kRows{{
    {"m", write_model, read_model},      // model: id in the catalogue
    {"z", write_z, read_z},              // the place decoded
    {"v", write_view, read_view},        // view: centre and half extent
    {"plane", write_plane, read_plane},  // which plane of the latent space
    {"w", write_others, read_others},    // coordinates along the other directions
    {"overlay", write_overlay, read_overlay},
    {"tool", write_tool, read_tool},
    {"a", write_pin<0>, read_pin<0>},    // pins
    {"b", write_pin<1>, read_pin<1>},
    {"path", write_path, read_path},
    {"x", write_image, read_image},      // the encoded test image that the tools look at
    {"noise", write_noise, read_noise},
    {"from", write_source, read_source},  // of samples
    {"draw", write_draw, read_draw},
    {"dots", write_bernoulli, read_bernoulli},  // pixels drawn instead of averaged
    {"pair", write_pair, read_pair},     // classes whose border is walked
    {"with", write_other, read_other},   // the model to compare with
    {"cursor", write_cursor, read_cursor},
    {"frame", write_frame, read_frame},  // of the training replay
    {"tour", write_tour, read_tour},
    {"c", write_classes, read_classes},  // classes isolated
    {"marks", write_marks, read_marks},  // the encoded test set on the plane
    {"names", write_names, read_names},  // class names on the plane
    {"theme", write_theme, read_theme},
    {"hide", write_hidden, read_hidden},  // names of parts.cpp
    {"lock", write_locked, read_locked},
}};

}  // namespace

std::span<const LinkRow> link_rows() { return kRows; }

}  // namespace loom
