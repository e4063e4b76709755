#include "explorer/play/playback.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace loom {
namespace {

constexpr double kFramesPerSecond = 4;   // of the replay
constexpr double kEndSeconds = 1;        // that a replay in a loop stays at its end
constexpr double kStillSeconds = 1;      // between two places, where motion is not wanted
constexpr float kTouched = 0.5f;      // seconds since the last input
constexpr float kSamePlace = 1e-3f;      // of the ring, in units of z

const Replay* replay_in_tool(const Session& session) {
  return session.state.tool == find_tool("replay") ? replay_of(session) : nullptr;
}

double replay_seconds(const Replay& replay) { return static_cast<double>(replay.frames() - 1) / kFramesPerSecond; }

Walk walk_of(const Session& session, const ToolLayer* tool) {
  if (!session.model || !tool || !tools()[session.state.tool].refusal(session).empty()) return {};
  return tool->walk(session);
}

// Whether the state differs in more than what may change while something plays.
bool is_interrupted(const ExplorerState& now, const ExplorerState& left) {
  ExplorerState seen = now;
  seen.view = left.view, seen.theme = left.theme, seen.overlay = left.overlay, seen.isolated = left.isolated;
  seen.class_names = left.class_names, seen.marks = left.marks, seen.help = left.help, seen.unit = left.unit;
  seen.hidden = left.hidden, seen.locked = left.locked, seen.watch = left.watch;
  return !(seen == left);
}

void stop(Playback& playback) {
  playback.player = Player::none;
  playback.stopping = false;
  playback.between = 0;
}

// Where motion is not wanted, the ring goes in steps.
double in_steps(const Session& session, double seconds) {
  return session.reduced_motion ? kStillSeconds * std::floor(seconds / kStillSeconds + 1e-6) : seconds;
}

PlayedMoment moment(Session& session, double seconds) {
  Playback& playback = session.playback;
  if (!playback.walk.empty()) return {point_at(playback.walk, in_steps(session, seconds), playback.loop), std::nullopt};
  const Replay* replay = replay_in_tool(session);
  if (!replay) return {};
  const double last = static_cast<double>(replay->frames() - 1);
  const double at = std::min(seconds * kFramesPerSecond, last);
  const double whole = std::floor(at + 1e-6);
  playback.frame = static_cast<std::int32_t>(whole);
  playback.between = session.reduced_motion ? 0 : static_cast<float>(std::max(0.0, at - whole));
  return {std::nullopt, playback.frame};
}

bool may_watch(const Session& session, const PlayedFrame& frame) {
  const ExplorerState& state = session.state;
  return state.watch > 0 && frame.idle >= static_cast<float>(state.watch) && session.model && !session.reduced_motion &&
         !is_locked(state, Lock::z) && !state.help && state.tour == 0 && !tools()[state.tool].splits;
}

PlayedMoment watch(Session& session, const PlayedFrame& frame) {
  Playback& playback = session.playback;
  const bool touched = frame.touched || frame.idle < kTouched;
  if (playback.player == Player::watch) {
    if (touched || !may_watch(session, frame)) return stop(playback), PlayedMoment{};
  } else {
    if (touched || !may_watch(session, frame)) return {};
    Walk walk = class_walk(*session.model, session.state.z);
    if (walk.empty()) return {};
    playback.player = Player::watch;
    playback.walk = std::move(walk);
    playback.seconds = 0;
  }
  playback.seconds += static_cast<double>(frame.seconds);
  // From where the ring is to the first centre without a jump.
  const Point to = point_at(playback.walk, playback.seconds, true), way = to - session.state.z;
  const float most = session.model->home.half * frame.seconds, far = length(way);
  return {far > most ? session.state.z + way * (most / far) : to, std::nullopt};
}

}  // namespace

double play_seconds(const Session& session, const ToolLayer* tool) {
  if (const Replay* replay = replay_in_tool(session))
    return is_locked(session.state, Lock::frame) ? 0 : replay_seconds(*replay);
  const Walk walk = walk_of(session, tool);
  return walk.empty() || is_locked(session.state, Lock::z) ? 0 : walk.seconds;
}

double film_seconds(const Session& session, const ToolLayer* tool) {
  const double once = play_seconds(session, tool);
  const bool returns = session.playback.loop && !replay_in_tool(session) && !walk_of(session, tool).closed;
  return returns ? 2 * once : once;
}

void toggle_play(Session& session, const ToolLayer* tool) {
  Playback& playback = session.playback;
  if (playback.player == Player::watch) return stop(playback);
  if (playback.playing()) {
    playback.stopping = playback.walk.empty() && playback.between > 0;
    if (!playback.stopping) stop(playback);
    return;
  }
  const double whole = play_seconds(session, tool);
  if (whole <= 0) return;
  const Replay* replay = replay_in_tool(session);
  if (replay) {
    const std::size_t now = frame_of(session, *replay);
    const double from = playback.stopping ? playback.seconds : static_cast<double>(now) / kFramesPerSecond;
    playback.seconds = now + 1 == replay->frames() ? 0 : from;
    playback.walk = {};
  } else {
    Walk walk = walk_of(session, tool);
    const bool left_here = walk == playback.walk && (playback.loop || walk.closed || playback.seconds < whole) &&
                           length(point_at(walk, playback.seconds, playback.loop) - session.state.z) < kSamePlace;
    if (!left_here) playback.seconds = 0;
    playback.walk = std::move(walk);
  }
  playback.player = Player::tool;
  playback.stopping = false;
  playback.left = session.state;
}

PlayedMoment seek(Session& session, const ToolLayer* tool, double seconds) {
  Playback& playback = session.playback;
  stop(playback);
  playback.seconds = seconds;
  if (play_seconds(session, tool) <= 0) return {};
  playback.walk = replay_in_tool(session) ? Walk{} : walk_of(session, tool);
  return moment(session, seconds);
}

PlayedMoment play_on(Session& session, const PlayedFrame& frame) {
  Playback& playback = session.playback;
  if (playback.player != Player::tool) return watch(session, frame);
  if (!session.model || is_interrupted(session.state, playback.left)) return stop(playback), PlayedMoment{};
  playback.seconds += static_cast<double>(frame.seconds * playback.speed);
  const Replay* replay = replay_in_tool(session);
  const double length = playback.walk.empty() ? (replay ? replay_seconds(*replay) : 0) : playback.walk.seconds;
  if (playback.stopping) {
    const double next = static_cast<double>(playback.frame + 1) / kFramesPerSecond;
    if (playback.seconds < next) return moment(session, playback.seconds);
    const PlayedMoment out = moment(session, next);
    return stop(playback), out;
  }
  if (!playback.loop && playback.seconds >= length) {
    const Walk& walk = playback.walk;
    const PlayedMoment out = walk.empty() ? moment(session, length) : PlayedMoment{walk.points.back(), std::nullopt};
    return stop(playback), out;
  }
  if (playback.walk.empty() && playback.loop) playback.seconds = std::fmod(playback.seconds, length + kEndSeconds);
  return moment(session, playback.seconds);
}

void remember_played(Session& session) {
  if (session.playback.player == Player::tool) session.playback.left = session.state;
}

}  // namespace loom
