#include "explorer/link/link_rows.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/text.h"
#include "data/corruption.h"
#include "explorer/link/link_place.h"
#include "explorer/link/link_values.h"
#include "explorer/overlays/overlay.h"
#include "explorer/state/tour.h"
#include "explorer/tools/tool.h"

namespace loom {
namespace {

constexpr std::int32_t kLargestImage = 1 << 24;

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

void write_names(const ExplorerState& state, std::string& out) {
  if (!state.class_names) out += '0';
}
void read_names(std::string_view text, ExplorerState& state) {
  if (text == "0" || text == "1") state.class_names = text == "1";
}

// Looks up a name of a table or an enumeration. Returns false for an unknown name.
template <class Names>
bool read_name(std::string_view text, const Names& names, std::size_t& index) {
  for (std::size_t i = 0; i < std::size(names); ++i)
    if (names[i] == text) return index = i, true;
  return false;
}

constexpr std::array<std::string_view, 3> kPaths{"straight", "spherical", "geodesic"};
constexpr std::array<std::string_view, 3> kSources{"prior", "aggregate", "class"};
constexpr std::array<std::string_view, 2> kCursors{"image", "latent"};

void write_marks(const ExplorerState& state, std::string& out) {
  if (!state.marks) out += '0';
}
void read_marks(std::string_view text, ExplorerState& state) {
  if (text == "0" || text == "1") state.marks = text == "1";
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

constexpr std::array<LinkRow, 26> kRows{{
    kModelRow,
    kZRow,
    kViewRow,
    kPlaneRow,
    {"overlay", write_overlay, read_overlay},
    {"tool", write_tool, read_tool},
    {"a", write_pin<0>, read_pin<0>},    // pins
    {"b", write_pin<1>, read_pin<1>},
    {"path", write_path, read_path},
    {"x", write_image, read_image},      // the test image that is the input image
    {"noise", write_noise, read_noise},
    {"from", write_source, read_source},  // of samples
    {"draw", write_draw, read_draw},
    {"dots", write_bernoulli, read_bernoulli},  // pixels drawn instead of averaged
    {"pair", write_pair, read_pair},     // classes of the border tool
    {"with", write_other, read_other},   // the model to compare with
    {"cursor", write_cursor, read_cursor},
    {"frame", write_frame, read_frame},  // of the training replay
    {"tour", write_tour, read_tour},
    {"c", write_classes, read_classes},  // classes isolated
    {"marks", write_marks, read_marks},  // the encoded test set on the plane
    {"names", write_names, read_names},  // class names on the plane
    kThemeRow,
    kHiddenRow,
    kLockedRow,
    kOthersRow,  // last, because it is the only field that can be long: truncation affects no other field
}};

}  // namespace

std::span<const LinkRow> link_rows() { return kRows; }

}  // namespace loom
