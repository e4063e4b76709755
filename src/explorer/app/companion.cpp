#include "explorer/app/companion.h"

#include "explorer/app/explorer.h"

namespace loom {

void follow_study(Study& study, const LoadedModel& model) {
  if (study.model == &model && study.projection_serial == model.projection_serial) return;
  study = {};
  study.model = &model;
  study.projection_serial = model.projection_serial;
}

namespace {

// Brings the ring to the code of the chosen test picture, unless it has been moved away since. Gives the picture that
// both models show: the chosen one, or the nearest to the ring.
std::int64_t meet_chosen_picture(Explorer& explorer) {
  Companion& other = explorer.other;
  const LoadedModel& model = *explorer.model;
  ExplorerState& state = explorer.state;
  if (state.image >= 0 && state.image < model.file.test.size()) {
    const Point code = model.mu[static_cast<std::size_t>(state.image)];
    const bool movable = !is_locked(state, Lock::z);
    if (other.brought != state.image || !(other.brought_to == code)) {
      other.brought = state.image, other.brought_to = code;
      if (movable) state.z = code;
    }
    if (!movable || is_locked(state, Lock::image) || state.z == code) return state.image;
    state.image = -1;
  }
  other.brought = -1;
  return model.index.nearest(state.z, 6 * model.home.half, [](std::uint32_t) { return true; });
}

}  // namespace

void follow_companion(Explorer& explorer) {
  Companion& other = explorer.other;
  const std::optional<std::size_t> index =
      tools()[explorer.state.tool].splits ? find_entry(explorer, explorer.state.other) : std::nullopt;
  if (!index) {
    other.model = nullptr;
    other.brought = -1;
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
  if (other.by_image) other.image = meet_chosen_picture(explorer);
  other.z = other.image >= 0 ? model.mu[static_cast<std::size_t>(other.image)] : explorer.state.z;
  other.reader.look_at(model, other.z);
}

void meet_other_plane(Explorer& explorer, const Input& input) {
  const Companion& other = explorer.other;
  if (!other.model || !input.placing_other || is_locked(explorer.state, Lock::z)) return;
  const Point at = to_latent(other_sight_of(explorer, input.other_plane).view, input.other_plane, input.pointer);
  if (!other.by_image) {
    explorer.state.z = at;
    return;
  }
  const std::int64_t n = other.model->index.nearest(at, 6 * other.model->home.half, [](std::uint32_t) { return true; });
  if (n >= 0) explorer.state.z = explorer.model->mu[static_cast<std::size_t>(n)];
}

}  // namespace loom
