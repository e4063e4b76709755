#include "explorer/companion.h"

#include "explorer/explorer.h"

namespace loom {

void follow_study(Study& study, const LoadedModel& model) {
  if (study.model == &model && study.projection_serial == model.projection_serial) return;
  study = {};
  study.model = &model;
  study.projection_serial = model.projection_serial;
}

void follow_companion(Explorer& explorer) {
  Companion& other = explorer.other;
  const std::optional<std::size_t> index =
      tools()[explorer.state.tool].splits ? find_entry(explorer, explorer.state.other) : std::nullopt;
  if (!index) {
    other.model = nullptr;
    return;
  }
  if (!explorer.models[*index]) {
    want_model(explorer, *index);
    other.model = nullptr;
    return;
  }
  const LoadedModel& model = *explorer.models[*index];
  other.model = &model;
  follow_study(other.study, model);
  // The same picture only makes sense where both encoded the same set.
  other.by_image = explorer.state.cursor == SharedCursor::image && model.file.test.size() > 0 &&
                   model.file.test.labels == explorer.model->file.test.labels;
  other.image = -1;
  other.z = explorer.state.z;
  if (other.by_image) {
    const float reach = 6 * explorer.model->home.half;
    other.image = explorer.model->index.nearest(explorer.state.z, reach, [](std::uint32_t) { return true; });
    if (other.image >= 0) other.z = model.mu[static_cast<std::size_t>(other.image)];
  }
  other.reader.look_at(model, other.z);
}

void meet_other_plane(Explorer& explorer, const Input& input) {
  const Companion& other = explorer.other;
  if (!other.model || !input.placing_other) return;
  const Point at = to_latent(other_sight_of(explorer, input.other_plane).view, input.other_plane, input.pointer);
  if (!other.by_image) {
    explorer.state.z = at;
    return;
  }
  const std::int64_t n = other.model->index.nearest(at, 6 * other.model->home.half, [](std::uint32_t) { return true; });
  if (n >= 0) explorer.state.z = explorer.model->mu[static_cast<std::size_t>(n)];
}

}  // namespace loom
