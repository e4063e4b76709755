// The page's explorer and its window, for the files that export functions to the page.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "explorer/app/access/speech.h"
#include "explorer/app/explorer.h"
#include "explorer/layout/layout.h"
#include "explorer/platform/platform.h"
#include "explorer/platform/vector_frame.h"

// The attribute `used` keeps and exports a function.
#define LOOM_EXPORT extern "C" __attribute__((used))

namespace loom {

// What a picture of another size changes for a moment.
struct BeforePicture {
  ExplorerState state;
  std::optional<Message> message;
  bool welcome = false;
};

struct Page {
  PlatformWindow session;
  bool scheduled = false;  // an animation frame has been requested
  bool has_graphics = true;  // false while the graphics context is lost
  bool waiting = false;    // for the walk of an idle page
  bool paused = false;  // by the page: no frames are drawn
  std::string link, spoken, accessibility;  // last told to the page
  Rect controls;  // and the place for its button
  std::string lists, found, missing;  // own the results of loom_accessibility_lists, loom_find, loom_missing_in_link
  std::optional<BeforePicture> before_picture;
  VectorFrame vectors;  // owns the results of loom_svg
  Announcer announcer;
  bool dark = false;
};

// Global, because calls from the browser carry no context pointer, and a page has only one explorer. It is the only
// global of the project.
Page& page();
Explorer& page_explorer();

// Where the parts of the window are; nowhere before the first frame.
// A rectangle in points, in CSS pixels.
Rect in_page(const PlatformWindow& session, Rect r);
Layout layout_now(const PlatformWindow& session);
// Where the page's own button may be; empty while something lies over its place.
Rect controls_place(PlatformWindow& session);

// Requests frames; call it after every change.
void redraw_page();
// Does the work of a frame except drawing, so that the state can be read right after it was set, even while paused.
void take_effect();

// In the order of TrainAsk, as web/train_here.js knows them. The last two asks need nothing of the page.
inline constexpr std::array<std::string_view, 16> kTrainAsks{
    "start",       "startEpoch", "pause",       "goOn",      "resume", "forget",       "epoch",     "beta",
    "saveWeights", "saveCard",   "saveCommand", "startStep", "step",   "learningRate", "startFrom", "reset"};
static_assert(kTrainAsks.size() == static_cast<std::size_t>(TrainAsk::fork));

// What the page passes as an address and a length.
inline std::string_view view(const char* text, int length) { return {text, static_cast<std::size_t>(length)}; }
inline std::span<const std::byte> bytes(const void* data, int length) {
  return {static_cast<const std::byte*>(data), static_cast<std::size_t>(length)};
}

}  // namespace loom
