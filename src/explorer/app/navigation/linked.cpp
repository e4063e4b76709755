#include "explorer/app/navigation/linked.h"

#include "core/text.h"
#include "explorer/link/link_file.h"
#include "explorer/model/images/drawing.h"
#include "explorer/state/drawing_text.h"
#include "explorer/tools/tool.h"

namespace loom {

std::string linked_drawing(Session& session) {
  VisitorImage& own = session.visitor_image;
  const std::string& wanted = session.state.drawing;
  if (own.serial != session.linked_image) {
    session.linked_drawing = text_of_drawing(own);
  } else if (wanted != session.linked_drawing) {
    session.linked_drawing = wanted;
    set_drawing(own, wanted);
    if (session.state.placed) session.followed_image = own.serial;  // a link says where the ring is
  }
  session.linked_image = own.serial;
  return session.linked_drawing;
}

std::optional<std::size_t> find_opened(const Session& session, std::string_view file) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < session.catalogue.size(); ++i) {
    const CatalogueEntry& entry = session.catalogue[i];
    if (!entry.own || linked_file_name(entry.file) != file) continue;
    found = i;
    if (session.model && session.model->id == entry.id) break;
  }
  return found;
}

std::string missing_in_link(const Session& session) {
  const ExplorerState& state = linked_state(session);
  std::string out;
  const auto tell = [&out](std::string_view what, std::string_view name) { out += text(what, '\t', name, '\n'); };
  if (!state.file.empty()) tell("file", state.file);
  if (!session.model) return out;
  const LoadedModel& model = *session.model;
  if (is_trained_here(model.id))
    tell("trained", trained_name(session.training.choice, session.training.going_on) + ".safetensors");
  const VisitorImage& image = session.visitor_image;
  if (state.drawing.size() > kMostDrawingText) tell("drawing", "");
  if (image.pixels.size() > 0 && !image.paper) tell("image", image.name);
  if (originals_of(session, model) == &session.visitor_images) tell("originals", session.visitor_images.name());
  const std::optional<std::size_t> other = find_entry(session, state.other);
  if (other && tools()[state.tool].splits && (session.catalogue[*other].own || is_trained_here(state.other)))
    tell("other", session.catalogue[*other].title);
  if (state.tool == find_tool("train") && state.train.data == TrainData::own && session.own_images.count > 0)
    tell("images", "");
  return out;
}

}  // namespace loom
