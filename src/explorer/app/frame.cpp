#include "explorer/app/frame.h"

#include <array>
#include <utility>

#include "explorer/app/originals.h"
#include "explorer/app/overlay_relay.h"
#include "explorer/app/update.h"
#include "explorer/play/replayed_map.h"

namespace loom {
namespace {

// Marks move only on the plane, and only of the model, that their way was begun for.
void sync_motion(Explorer& explorer, float seconds) {
  DotMotion& motion = explorer.motion;
  if (!motion.moving()) return;
  if (explorer.moving_serial != explorer.model->projection_serial)
    motion.stop();
  else
    motion.advance(double{seconds});
}

void sync_tool(Explorer& explorer) {
  if (explorer.tool_row == explorer.state.tool) return;
  explorer.tool_row = explorer.state.tool;
  explorer.tool = explorer.tool_row == 0 ? nullptr : tools()[explorer.tool_row].make();
}

// Only some tools and overlays need the image at z to be encoded in every frame. The posterior of the visitor's image
// is drawn with any tool, and is updated once more after the image has been removed.
bool needs_input(const Explorer& explorer) {
  const ExplorerState& state = explorer.state;
  return tools()[state.tool].uses_input || overlays()[state.overlay].uses_input || state.image >= 0 ||
         explorer.visitor_image.pixels.size() > 0 || explorer.input.current().origin != Origin::ring;
}

// The texture of the picture is loaded again only when its serial grows.
void show_hovered_original(Explorer& explorer) {
  const HoveredMark mark = hovered_mark(explorer);
  Picture& picture = explorer.hovered_original;
  const TestImages* originals = mark.model ? originals_of(explorer, *mark.model) : nullptr;
  if (!originals || !originals->has(mark.n)) {
    picture.pixels.resize(0, 0);
    return;
  }
  Matrix pixels = originals->picture(mark.n);
  if (picture.pixels.size() == pixels.size() && picture.pixels == pixels) return;
  picture.pixels = std::move(pixels);
  ++picture.serial;
}

// The ring goes to where the encoder puts a new image of the visitor, so that all that is shown is about this image.
void follow_own_image(Explorer& explorer) {
  const std::uint64_t serial = explorer.visitor_image.serial;
  if (std::exchange(explorer.followed_image, serial) == serial || explorer.visitor_image.pixels.size() == 0) return;
  if (explorer.input.current().origin == Origin::visitor) move_ring_to_image(explorer, explorer.input.current().mu);
}

}  // namespace

void advance(Explorer& explorer, const Input& input) {
  update(explorer, input);
  sync_tool(explorer);
  if (!explorer.model) return;
  if (const auto before = sync_replayed(explorer)) hand_on_overlays(explorer, before);
  sync_overlays(explorer);
  sync_motion(explorer, input.seconds);
  ComparedModel& compared = explorer.compared;
  if (compared.model) {
    compared.decoder.decode_at(*compared.model, compared.z);
    compared.decoder.decode_encoded(*compared.model, explorer.interaction.hovered_compared);
    request_originals(explorer, *compared.model, std::array{explorer.interaction.hovered_compared});
  }
  explorer.decoder.decode_at(*explorer.model, explorer.state.z, explorer.replayed.map.get());
  explorer.decoder.decode_encoded(*explorer.model, explorer.interaction.hovered);
  const std::array<std::int64_t, 2> looked_at{explorer.interaction.hovered, explorer.state.image};
  request_originals(explorer, *explorer.model, looked_at);
  show_hovered_original(explorer);
  if (needs_input(explorer))
    explorer.input.update(*explorer.model, explorer.state, explorer.decoder.picture(), explorer.visitor_image,
                          originals_of(explorer, *explorer.model));
  follow_own_image(explorer);
}

bool work(Explorer& explorer, const Input& input, const Deadline& deadline) {
  if (!explorer.model) return false;
  bool more = work_on_overlays(explorer, input.plane, input.compared_plane, deadline);
  more |= explorer.motion.moving() || explorer.playback.player != Player::none;
  more |= view_of_opened_overlay(explorer, input.plane).has_value();  // the next frame shows it
  if (!explorer.tool || !tools()[explorer.tool_row].refusal(explorer).empty()) return more;
  Actions actions;
  more |= explorer.tool->work({explorer, explorer.derived.fields, actions, deadline});
  for (const Action& action : actions) apply(explorer, action);
  return more;
}

}  // namespace loom
