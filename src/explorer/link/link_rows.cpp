#include "explorer/link/link_rows.h"

#include <algorithm>
#include <array>

#include "core/parse.h"
#include "core/text.h"
#include "data/images/corruption.h"
#include "explorer/link/link_file.h"
#include "explorer/link/link_place.h"
#include "explorer/link/link_train.h"
#include "explorer/link/link_values.h"
#include "explorer/overlays/overlay.h"
#include "explorer/state/tour.h"
#include "explorer/tools/tool.h"

namespace loom {
namespace {

using State = ExplorerState;

constexpr std::int32_t kLargestImage = 1 << 24;
constexpr int kLongestWatch = 3600;  // seconds

void write_classes(const ExplorerState& state, std::string& out) {
  for (std::size_t c = 0; c < kMaxIsolated; ++c)
    if (state.isolated >> c & 1) out += text(out.empty() ? "" : ",", c);
}
void read_classes(std::string_view text, ExplorerState& state) {
  for (const std::string_view part : split(text, ','))
    if (const auto c = parse_integer<std::size_t>(part); c && *c < kMaxIsolated) state.isolated |= 1u << *c;
}

constexpr std::array<std::string_view, 3> kPaths{"straight", "spherical", "geodesic"};
constexpr std::array<std::string_view, 3> kSources{"prior", "aggregate", "class"};
constexpr std::array<std::string_view, 2> kCursors{"image", "latent"};
constexpr std::array<std::string_view, 2> kNetworks{"decoder", "encoder"};

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

// "0.5,1,-1,0.25": two places
void write_places(const ExplorerState& state, std::string& out) {
  for (const Point& place : state.places) append_numbers(out, {place.x, place.y});
}
void read_places(std::string_view text, ExplorerState& state) {
  const std::vector<std::string_view> parts = split(text, ',');
  if (parts.size() % 2 != 0 || parts.size() > 2 * kMostPlaces) return;
  std::vector<Point> places;
  for (std::size_t i = 0; i < parts.size(); i += 2) {
    std::array<float, 1> x, y;
    if (!read_numbers(parts[i], x) || !read_numbers(parts[i + 1], y)) return;
    places.push_back({x[0], y[0]});
  }
  state.places = std::move(places);
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
  const auto name = std::ranges::find(kSources, text.substr(0, colon));
  if (name == kSources.end()) return;
  const auto source = static_cast<SampleSource>(name - kSources.begin());
  std::optional<std::uint8_t> of_class = 0;
  if ((source == SampleSource::one_class) != (colon < text.size())) return;
  if (source == SampleSource::one_class) of_class = parse_integer<std::uint8_t>(text.substr(colon + 1));
  if (!of_class) return;
  state.source = source;
  state.source_class = *of_class;
}

void write_pair(const ExplorerState& state, std::string& out) {
  if (state.pair != ExplorerState{}.pair) out += text(int{state.pair[0]}, ',', int{state.pair[1]});
}
void read_pair(std::string_view text, ExplorerState& state) {
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos) return;
  const auto a = parse_integer<std::uint8_t>(text.substr(0, comma));
  const auto b = parse_integer<std::uint8_t>(text.substr(comma + 1));
  if (a && b && *a != *b) state.pair = {*a, *b};
}

void write_other(const ExplorerState& state, std::string& out) { out += state.other; }
void read_other(std::string_view text, ExplorerState& state) {
  if (is_model_id(text)) state.other = text;
}
// "encoder,3,18": the 18th unit of the encoder's third layer
void write_unit(const ExplorerState& state, std::string& out) {
  const UnitChoice& chosen = state.unit;
  if (chosen == UnitChoice{}) return;
  out += text(kNetworks[static_cast<std::size_t>(chosen.network)], ',', chosen.layer + 1, ',', chosen.unit + 1);
}
void read_unit(std::string_view text, ExplorerState& state) {
  const std::vector<std::string_view> words = split(text, ',');
  if (words.size() != 3) return;
  const auto network = std::ranges::find(kNetworks, words[0]);
  const auto layer = parse_integer<std::int32_t>(words[1]), unit = parse_integer<std::int32_t>(words[2]);
  if (network == kNetworks.end() || !layer || !unit) return;
  if (*layer < 1 || *unit < 1 || *layer > kLargestUnit || *unit > kLargestUnit) return;
  state.unit = {static_cast<Network>(network - kNetworks.begin()), *layer - 1, *unit - 1};
}
void write_tour(const ExplorerState& state, std::string& out) {
  if (state.tour != 0) append_text(out, state.tour);
}
void read_tour(std::string_view text, ExplorerState& state) {
  if (const auto step = parse_integer<std::size_t>(text); step && *step <= tour().size()) state.tour = *step;
}

void write_locked(const ExplorerState& state, std::string& out) { out += lock_names(state.locked); }
void read_locked(std::string_view text, ExplorerState& state) { state.locked = read_locks(text); }

// clang-format off
constexpr std::array kRows{
    kModelRow,
    LinkRow{"file", "mine.safetensors", bit(Lock::model), {write_file, read_file, keep_members<&State::file>}},
    kZRow,
    kViewRow,
    kPlaneRow,
    LinkRow{"overlay", "holes", bit(Lock::overlay), {write_overlay, read_overlay, keep_members<&State::overlay>}},
    LinkRow{"tool", "path", bit(Lock::tool), {write_tool, read_tool, keep_members<&State::tool>}},
    LinkRow{"a", "1,2", bit(Lock::pins), {write_pin<0>, read_pin<0>, keep_members<&State::pins>}},
    LinkRow{"b", "-3,0.25", bit(Lock::pins), {write_pin<1>, read_pin<1>, keep_members<&State::pins>}},
    LinkRow{"places", "0.5,1,-1,0.25", bit(Lock::places), {write_places, read_places, keep_members<&State::places>}},
    LinkRow{"path", "geodesic", bit(Lock::path), one_of<&State::path, kPaths>},
    LinkRow{"x", "4711", bit(Lock::image), integer_in<&State::image, 0, kLargestImage>},
    LinkRow{"drawing", "28x28,vvvvvvvvvvI_vvvvvvvvvvvvvV", bit(Lock::image),
            {write_drawing, read_drawing, keep_members<&State::drawing>}},
    LinkRow{"noise", "masking,0.25", bit(Lock::noise),
            {write_noise, read_noise, keep_members<&State::noise_kind, &State::noise>}},
    LinkRow{"from", "class:7", bit(Lock::samples),
            {write_source, read_source, keep_members<&State::source, &State::source_class>}},
    LinkRow{"draw", "12", bit(Lock::samples), integer_in<&State::draw, 0u, 0xffffffffu>},
    LinkRow{"dots", "1", bit(Lock::samples), on_or_off<&State::bernoulli>},
    LinkRow{"pair", "2,4", bit(Lock::pair), {write_pair, read_pair, keep_members<&State::pair>}},
    LinkRow{"with", "fashion-dense-vae-2d", bit(Lock::other), {write_other, read_other, keep_members<&State::other>}},
    LinkRow{"cursor", "latent", bit(Lock::other), one_of<&State::cursor, kCursors>},
    LinkRow{"frame", "3", bit(Lock::frame), integer_in<&State::frame, 0, kLargestImage>},
    LinkRow{"watch", "30", bit(Lock::z), integer_in<&State::watch, 1, kLongestWatch>},
    LinkRow{"unit", "encoder,3,18", bit(Lock::inside), {write_unit, read_unit, keep_members<&State::unit>}},
    LinkRow{"eps", "7", bit(Lock::inside), integer_in<&State::epsilon, 0u, 0xffffffffu>},
    LinkRow{"train", "digits,small,3,vae,b0.5,e12,s7,x8,r0.002,m32,n5000,sgd,relu,masking:0.2", bit(Lock::train),
            {write_train, read_train, keep_members<&State::train>}},
    LinkRow{"tour", "2", bit(Lock::tour), {write_tour, read_tour, keep_members<&State::tour>}},
    LinkRow{"c", "5,7,31", bit(Lock::classes), {write_classes, read_classes, keep_members<&State::isolated>}},
    LinkRow{"marks", "0", bit(Lock::marks), on_or_off<&State::marks>},
    LinkRow{"names", "0", bit(Lock::names), on_or_off<&State::class_names>},
    kThemeRow,
    kDisplayRow,
    kHiddenRow,
    LinkRow{"lock", "model,z", kNoLock, {write_locked, read_locked, keep_members<&State::locked>}},
    kOthersRow,  // last, because it is the only field that can be long: truncation affects no other field
};
// clang-format on

}  // namespace

std::span<const LinkRow> link_rows() { return kRows; }

}  // namespace loom
