#include "explorer/app/navigation/kept_overlay.h"

#include <utility>

#include "explorer/overlays/overlay.h"
#include "explorer/texts/texts.h"

namespace loom {

std::size_t possible_overlay(Session& session, std::size_t wanted) {
  if (wanted == 0) return 0;
  const Overlay& row = overlays()[wanted];
  const std::string_view refusal = row.refusal(*session.model);
  session.withdrawn_overlay = refusal.empty() ? 0 : wanted;
  if (refusal.empty()) return wanted;
  session.message = Message{texts::overlay_refused(row.name, refusal), {}};
  return 0;
}

std::size_t returned_overlay(Session& session, std::size_t now) {
  const std::size_t kept = session.withdrawn_overlay;
  if (now != 0 || kept == 0 || !overlays()[kept].refusal(*session.model).empty()) return now;
  session.withdrawn_overlay = 0;
  return kept;
}

}  // namespace loom
