// What plays: the frames of the training replay, or the ring on its way over the plane. Not in the link, which has the
// frame and the place of the ring.
#pragma once

#include <cstdint>

#include "explorer/model/walk.h"
#include "explorer/state/state.h"

namespace loom {

enum class Player : std::uint8_t { none, tool, watch };  // watch: the walk through the classes of an idle page

struct Playback {
  Player player = Player::none;
  float speed = 1;
  bool loop = false;
  double seconds = 0;  // since the beginning, at speed 1
  Walk walk;           // the way of the ring; empty: the frames of the replay
  // The marks of the replay on their way: the share of it from this frame to the next.
  std::int32_t frame = -1;
  float between = 0;
  bool stopping = false;  // the marks still go on to the next frame
  ExplorerState left;     // the state after its last step; any other change of what matters ends it

  bool playing() const { return player != Player::none && !stopping; }
};

}  // namespace loom
