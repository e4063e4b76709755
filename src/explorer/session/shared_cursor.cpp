#include "explorer/session/shared_cursor.h"

namespace loom {
namespace {

// Returns the image that both models show: the chosen one, or the one nearest to the ring.
std::int64_t shared_image(Session& session, SharedCursorPlace& place) {
  ComparedModel& compared = session.compared;
  const LoadedModel& model = *session.model;
  if (place.image >= 0 && place.image < model.file.test.size()) {
    const Point code = model.mu[static_cast<std::size_t>(place.image)];
    const bool movable = !is_locked(session.state, Lock::z);
    if (compared.moved_to_image != place.image || !(compared.moved_to == code)) {
      compared.moved_to_image = place.image, compared.moved_to = code;
      if (movable) place.z = code;
    }
    if (!movable || is_locked(session.state, Lock::image) || place.z == code) return place.image;
    place.image = -1;
  }
  compared.moved_to_image = -1;
  return nearest_image(model, place.z);
}

}  // namespace

std::string next_model(const Session& session) {
  if (session.catalogue.size() < 2) return {};
  const std::size_t shown = find_entry(session, session.model->id).value_or(0);
  return session.catalogue[(shown + 1) % session.catalogue.size()].id;
}

SharedCursorPlace join_rings(Session& session) {
  ComparedModel& compared = session.compared;
  const LoadedModel& model = *compared.model;
  SharedCursorPlace place{session.state.z, session.state.image};
  // Both rings can be at the same test image only if both models encoded the same test set.
  compared.by_image = session.state.cursor == SharedCursor::image && model.file.test.size() > 0 &&
                      model.file.test.labels == session.model->file.test.labels;
  compared.image = compared.by_image ? shared_image(session, place) : -1;
  compared.z = compared.image >= 0 ? model.mu[static_cast<std::size_t>(compared.image)] : place.z;
  return place;
}

}  // namespace loom
