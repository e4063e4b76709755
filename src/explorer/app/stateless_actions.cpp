#include "explorer/app/stateless_actions.h"

#include <array>
#include <utility>

#include "core/text.h"
#include "explorer/app/downloads.h"
#include "explorer/app/originals.h"
#include "explorer/app/pointer.h"
#include "explorer/model/images/drawing.h"
#include "explorer/play/playback.h"

namespace loom {
namespace {

// The visitor's own image is not part of the state, so its lock is checked here.
bool may_draw(const Explorer& explorer) { return !is_locked(explorer.state, Lock::image); }

}  // namespace

void perform(Explorer& explorer, const PressOverlay&) {
  const std::size_t row = explorer.state.overlay;
  if (row < explorer.layers.size() && explorer.layers[row]) explorer.layers[row]->press();
}

void perform(Explorer& explorer, const Play&) { toggle_play(explorer, open_tool(explorer)); }
void perform(Explorer& explorer, const SetPlay& set) {
  explorer.playback.speed = set.speed, explorer.playback.loop = set.loop;
}

void perform(Explorer& explorer, const MakeFilm&) {
  if (explorer.is_page && play_seconds(explorer, open_tool(explorer)) > 0)
    explorer.requests.push_back({Request::Kind::film});
}

void perform(Explorer& explorer, const WantShape&) {
  explorer.interaction.wants_shape = tools()[explorer.state.tool].shape && !is_locked(explorer.state, Lock::pins);
}
void perform(Explorer& explorer, const DropShape&) { drop_shape(explorer.interaction); }

void perform(Explorer& explorer, const DrawStroke& stroke) {
  if (may_draw(explorer) && explorer.model)
    draw_stroke(explorer.visitor_image, explorer.model->file.model.spec.image, stroke.from, stroke.to);
}
void perform(Explorer& explorer, const ClearDrawing&) {
  if (may_draw(explorer)) clear_image(explorer.visitor_image);
}

void perform(Explorer& explorer, const LoadModel& load) {
  if (const auto entry = find_entry(explorer, load.id)) request_model(explorer, *entry, true);
}
void perform(Explorer& explorer, const LoadReplay&) {
  const auto entry = explorer.model ? find_entry(explorer, explorer.model->id) : std::nullopt;
  if (entry) request_replay(explorer, *entry, true);
}
void perform(Explorer& explorer, const LoadOriginals& load) {
  if (explorer.model) request_originals(explorer, *explorer.model, load.images, load.again);
  if (const LoadedModel* other = explorer.compared.model)
    request_originals(explorer, *other, std::array{load.compared}, load.again);
}

void perform(Explorer& explorer, const SaveFile& file) {
  explorer.requests.push_back({.kind = Request::Kind::save, .file = file});
}
void perform(Explorer& explorer, const ChooseFile&) {
  if (takes_files(explorer)) explorer.requests.push_back({Request::Kind::choose_file});
}
void perform(Explorer& explorer, const Share&) {
  if (explorer.can_share) explorer.requests.push_back({Request::Kind::share});
}
void perform(Explorer& explorer, const OpenLesson&) {
  if (explorer.has_lesson) explorer.requests.push_back({Request::Kind::lesson});
}
void perform(Explorer& explorer, const DismissWelcome&) {
  if (!std::exchange(explorer.welcome, false)) return;
  explorer.requests.push_back({Request::Kind::welcomed});
}
void perform(Explorer& explorer, const Find& find) {
  if (!explorer.is_page || !explorer.model) return;
  std::string start;
  const Point z = explorer.state.z;
  if (find.ring) start = text(fixed_text(double{z.x}, 2), ", ", fixed_text(double{z.y}, 2));
  explorer.requests.push_back({.kind = Request::Kind::find, .text = std::move(start)});
}
void perform(Explorer& explorer, const DismissMessage&) {
  if (explorer.message && asks_for_file(*explorer.message)) explorer.awaited.reset();
  explorer.message.reset();
}

}  // namespace loom
