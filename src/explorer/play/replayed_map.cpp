#include "explorer/play/replayed_map.h"

#include <utility>

#include "explorer/overlays/overlay.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"
#include "explorer/tools/tool.h"

namespace loom {
namespace {

// Above the serials of the models that are trained (training.cpp).
constexpr std::uint64_t kFirstReplayed = std::uint64_t{1} << 40;

}  // namespace

std::shared_ptr<LoadedModel> sync_replayed(Session& session) {
  ReplayedMap& now = session.replayed;
  const Replay* replay = session.model && tools()[session.state.tool].hides_marks ? replay_of(session) : nullptr;
  const std::size_t frame = replay ? frame_of(session, *replay) : 0;
  if (!replay || frame + 1 == replay->frames()) {
    now = {};
    return nullptr;
  }
  const LoadedModel& trained = *session.model;
  if (now.map && now.trained == &trained && now.plane_serial == trained.plane_serial && now.frame == frame)
    return nullptr;
  std::shared_ptr<LoadedModel> before = std::exchange(
      now.map,
      std::make_shared<LoadedModel>(marks_of_frame(trained, *replay, frame, kFirstReplayed + ++session.replayed_maps)));
  now.trained = &trained, now.plane_serial = trained.plane_serial, now.frame = frame;
  return before;
}

bool is_overlay_withdrawn(const Session& session) {
  return session.replayed.map && session.state.overlay != 0 && !overlays()[session.state.overlay].of_marks;
}

std::string epoch_text(float epoch) { return texts::epoch_number(number_text(epoch, 0)); }

}  // namespace loom
