// Play and pause. Session::playback holds what plays; app/update.cpp sets the state to what these return. `tool`: the
// open one, null if there is none.
#pragma once

#include <optional>

#include "explorer/session/session.h"
#include "explorer/tools/tool.h"

namespace loom {

// What a moment of what plays sets in the state.
struct PlayedMoment {
  std::optional<Point> z;
  std::optional<std::int32_t> frame;
};

// How long the tool plays, in seconds at speed 1; 0: it has nothing to play, or the author locked what would move.
double play_seconds(const Session& session, const ToolLayer* tool);

// How long a film of it is: in a loop, a way that is not closed also leads back.
double film_seconds(const Session& session, const ToolLayer* tool);

// Begins or ends it. After the end, or elsewhere than where it was left, it begins anew.
void toggle_play(Session& session, const ToolLayer* tool);

// Ends what plays at a moment of it, for a film.
PlayedMoment seek(Session& session, const ToolLayer* tool, double seconds);

// What the visitor has done since the last frame.
struct PlayedFrame {
  float seconds = 0;     // since then
  float idle = 0;        // since the last input
  bool touched = false;  // a control or the plane
};

// Goes on by the time of the frame. Ends when the visitor has changed what matters to it. Begins the walk of an idle
// page that asked for it (state.watch).
PlayedMoment play_on(Session& session, const PlayedFrame& frame);

// Call when the state is complete for this frame.
void remember_played(Session& session);

}  // namespace loom
