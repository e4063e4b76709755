// What the visitor chose: plain values with defaults. All of it except `help` is in the link (link.h). Only
// app/update.cpp changes it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "explorer/state/parts.h"
#include "explorer/state/plane_choice.h"
#include "explorer/state/train_choice.h"
#include "explorer/state/unit_choice.h"
#include "explorer/state/view.h"
#include "uses/choices.h"

namespace loom {

enum class Theme : std::uint8_t { automatic, light, dark };  // automatic: that of the system
enum class DisplaySize : std::uint8_t { usual, large, larger, largest };  // of text and controls
enum class SharedCursor : std::uint8_t { image, latent };  // the rings of two models: same test image, or same z

using Pins = std::array<std::optional<Point>, 2>;  // A and B

struct ExplorerState {
  std::string model;  // id of a catalogue entry; empty: the first
  std::string file;  // name of the visitor's file that holds the model; empty: it is one of the page's own
  Point z;  // the ring: the point of the plane that is decoded
  bool placed = false;  // z was set by a link or the visitor; if not, the first model chooses it
  std::optional<View> view;  // none: the model's home view
  PlaneChoice plane;  // which plane of the latent space
  std::uint32_t isolated = 0;  // bit c: class c is one of those shown; 0 shows all
  Theme theme = Theme::automatic;
  DisplaySize display = DisplaySize::usual;
  bool class_names = true;  // names on the plane
  bool marks = true;  // the encoded test set on the plane

  std::size_t overlay = 0;  // row of overlays(); 0 is none
  std::size_t tool = 0;  // row of tools(); 0 is none

  Pins pins;  // of the tools for interpolating and merging
  std::vector<Point> places;  // that the visitor keeps, drawn as numbered flags; at most kMostPlaces
  PathKind path = PathKind::straight;  // between them
  std::int32_t image = -1;  // index of the test image that is the input image of the tools; -1: none
  std::string drawing;  // the visitor's drawing, as drawing_text.h writes it; empty: none
  std::size_t noise_kind = 0;  // row of data/images/corruption.h
  float noise = 0;  // its level
  SampleSource source = SampleSource::prior;
  std::uint8_t source_class = 0;
  bool bernoulli = false;  // pixels are sampled instead of averaged
  std::uint32_t draw = 1;  // seed of the samples
  std::array<std::uint8_t, 2> pair{0, 0};  // classes of the border tool; equal: the most similar ones
  std::string other;  // model to compare with; empty: none
  SharedCursor cursor = SharedCursor::image;
  std::int32_t frame = -1;  // of the training replay; -1: the last
  std::uint16_t watch = 0;  // seconds without input after which the ring walks through the classes; 0: never
  UnitChoice unit;  // that Look inside shows
  std::uint32_t epsilon = 1;  // seed of the epsilon of the reparameterisation
  TrainChoice train;  // what the visitor trains in the page
  std::size_t tour = 0;  // step of the tour that is open; 0: none

  NameSet hidden = 0;  // parts that are not shown
  NameSet locked = 0;  // what the visitor cannot change

  bool help = false;  // "what am I looking at" is open; not in the link

  bool operator==(const ExplorerState&) const = default;
};

inline constexpr float kLargestNoise = 1;  // of state.noise; more would leave nothing visible of any image
inline constexpr std::size_t kMostPlaces = 9;
inline constexpr std::size_t kMaxIsolated = 32;  // classes in the mask; later ones are always shown

inline bool is_class_shown(const ExplorerState& state, std::size_t c) {
  return state.isolated == 0 || c >= kMaxIsolated || (state.isolated >> c & 1) != 0;
}

}  // namespace loom
