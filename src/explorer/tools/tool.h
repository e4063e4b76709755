// Tools: what the visitor can do besides moving z. A tool is one file, its texts in texts/explanations.h, and one row
// of the table in tools.cpp. The list of tools, the panel's title, the explanation and the link use that row.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "explorer/draw/plane_canvas.h"
#include "explorer/session/session.h"
#include "explorer/state/deadline.h"
#include "explorer/texts/explanations.h"

namespace loom {

// What a tool needs to draw.
struct ToolView {
  const Painter& painter;
  const Session& session;
  Textures& textures;
  Actions& actions;     // the panel appends the actions of pressed controls
  bool narrow = false;  // a phone: leave out what is not essential
  float room = 0;       // height in points that is visible without scrolling
};

// What a tool needs to compute.
struct ToolContext {
  const Session& session;
  Fields& fields;    // of the model that is shown
  Actions& actions;  // appended actions are applied after this call
  const Deadline& deadline;
};

// An open tool. It holds what the tool computes and is deleted when the tool is closed.
class ToolLayer {
 public:
  virtual ~ToolLayer() = default;

  // Computes until the deadline. Returns true while there is more to do.
  virtual bool work(const ToolContext&) { return false; }

  // Draws into `r` from its top. Returns the height that it needs, in points; if that is more than r has, the panel
  // scrolls.
  virtual float panel(const ToolView& view, Rect r) = 0;

  // Draws on the plane, above the marks.
  virtual void on_plane(const ToolView&, const PlaneCanvas&) const {}

  // The way that Play takes the ring; empty: it has none, or not yet.
  virtual Walk walk(const Session&) const { return {}; }
};

struct ToolRow {
  std::string_view key;    // in links
  std::string_view group;  // its heading in the list; those of a group stand together
  // Why it cannot be used now, as a sentence; empty: it can.
  std::string_view (*refusal)(const Session&);
  std::unique_ptr<ToolLayer> (*make)();
  bool pins = false;         // shows pins A and B on the plane, which can be dragged
  bool shape = false;        // a free shape can be drawn on the plane
  bool hides_marks = false;  // draws marks of its own
  bool splits = false;       // shows two planes
  bool uses_input = false;      // uses the input image (input_image.h)
};

// A tool: its texts (texts/explanations.h) and its row.
struct Tool : texts::Explanation, ToolRow {};

// Row 0 is "no tool".
std::span<const Tool> tools();
std::size_t find_tool(std::string_view key);  // 0 for an unknown one

}  // namespace loom
