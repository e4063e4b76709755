#include "explorer/link/link.h"

#include "core/text.h"
#include "explorer/link/link_place.h"
#include "explorer/state/tour.h"

namespace loom {

std::string write_link(const ExplorerState& state) {
  std::string link;
  for (const LinkRow& row : link_rows()) {
    std::string value;
    row.field.write(state, value);
    if (!value.empty()) link += text(link.empty() ? "" : "&", row.key, '=', value);
  }
  return link;
}

ExplorerState read_link(std::string_view link) { return read_fields(link, link_rows()); }

ExplorerState read_tour_step(std::size_t step, const ExplorerState& now) {
  ExplorerState next = read_link(tour()[step - 1].link);
  next.model = now.model, next.theme = now.theme, next.display = now.display;
  next.z = now.z, next.placed = now.placed;
  next.places = now.places;
  next.tour = step;
  next.hidden = now.hidden, next.locked = now.locked;
  return next;
}

void keep_locked(const ExplorerState& before, ExplorerState& after) {
  for (const LinkRow& row : link_rows())
    if ((before.locked & row.lock) != 0) row.field.keep(before, after);
  if (is_locked(before, Lock::help)) after.help = before.help;  // the only locked value that is in no link
}

}  // namespace loom
