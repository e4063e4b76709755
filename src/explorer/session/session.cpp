#include "explorer/session/session.h"

#include <utility>

namespace loom {

bool takes_files(const Session& session) {
  return session.can_choose_files && !(is_locked(session.state, Lock::model) && is_locked(session.state, Lock::image));
}

std::optional<std::size_t> find_entry(const Session& session, std::string_view id) {
  for (std::size_t i = 0; i < session.catalogue.size(); ++i)
    if (session.catalogue[i].id == id) return i;
  return std::nullopt;
}

const ExplorerState& linked_state(const Session& session) {
  return session.pending ? session.pending->state : session.state;
}

std::vector<Request> take_requests(Session& session) { return std::exchange(session.requests, {}); }

}  // namespace loom
