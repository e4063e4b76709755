// Tools: what one can do besides moving z. One tool is one file and one row of the table in tools.cpp; the chooser, the
// panel's head, the explanation and the link follow from the row.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "explorer/draw/plane_canvas.h"
#include "explorer/session/session.h"
#include "explorer/state/deadline.h"

namespace loom {

// What a tool draws with.
struct ToolView {
  const Painter& painter;
  const Session& session;
  Textures& textures;
  Actions& actions;  // what was pressed
  bool narrow = false;  // a phone: leave out what can be left out
  float room = 0;  // height that is seen without scrolling
};

// What a tool computes with.
struct ToolContext {
  const Session& session;
  Fields& fields;  // of the model that is shown
  Actions& actions;  // what it asks for, applied after its slice
  const Deadline& deadline;
};

// A tool while it is open; what it computes lives here and goes with it.
class ToolLayer {
 public:
  virtual ~ToolLayer() = default;

  // Works until the deadline; true while there is more to do.
  virtual bool work(const ToolContext&) { return false; }

  // Draws into `r` from its top; returns the height that it takes, which may be more than r has: then it scrolls.
  virtual float panel(const ToolView& view, Rect r) = 0;

  // Draws on the plane, above the marks.
  virtual void on_plane(const ToolView&, const PlaneCanvas&) const {}
};

struct Tool {
  std::string_view key;  // in links
  std::string_view name;  // for people
  std::string_view what;  // what it does and what to try, in one or two plain sentences
  std::string_view why;  // the formula and what it means
  std::string_view source;
  // Why it cannot be used now, for people; empty: it can.
  std::string_view (*refusal)(const Session&);
  std::unique_ptr<ToolLayer> (*make)();
  bool pins = false;  // shows A and B on the plane, which can be dragged
  bool hides_marks = false;  // draws marks of its own
  bool splits = false;  // shows two planes
  bool subject = false;  // looks at a picture (subject.h)
};

// Row 0 is "nothing".
std::span<const Tool> tools();
std::size_t find_tool(std::string_view key);  // 0 for an unknown one

// Rows of tools(), each in its own file.
std::unique_ptr<ToolLayer> make_image_tool();
std::unique_ptr<ToolLayer> make_path_tool();
std::unique_ptr<ToolLayer> make_merge_tool();
std::unique_ptr<ToolLayer> make_noise_tool();
std::unique_ptr<ToolLayer> make_anomaly_tool();
std::unique_ptr<ToolLayer> make_neighbours_tool();
std::unique_ptr<ToolLayer> make_sample_tool();
std::unique_ptr<ToolLayer> make_border_tool();
std::unique_ptr<ToolLayer> make_compare_tool();
std::unique_ptr<ToolLayer> make_replay_tool();
std::unique_ptr<ToolLayer> make_plane_tool();
std::unique_ptr<ToolLayer> make_model_tool();

}  // namespace loom
