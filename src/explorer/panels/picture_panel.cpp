#include <cmath>

#include "core/text.h"
#include "explorer/layout/picture_place.h"
#include "explorer/panels/panels.h"
#include "explorer/play/replayed_map.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

constexpr float kRadius = kPictureRadius;

// Beside marks of an earlier epoch: the network of that time is not stored, so that the image is the trained model's.
void draw_withdrawn(const Painter& painter, Rect square, float epoch) {
  const Palette& colors = painter.colors();
  painter.fill(square, with_alpha(colors.panel, 0.78f), kRadius);
  const std::string words = texts::picture_withdrawn(epoch_text(epoch));
  const Rect inside = square.inset(std::min(2 * kUnit, square.width / 10));
  const float height = painter.paragraph_height(TextSize::small, inside.width, words);
  painter.paragraph(TextSize::small, {inside.x, inside.center().y - height / 2, inside.width, height}, colors.ink,
                    words);
}

}  // namespace

void draw_decoded_image(const Painter& painter, const Layout& layout, const Explorer& explorer, Ui& ui) {
  if (explorer.model)
    draw_picture(painter, layout.decoded, explorer.model->file.model.spec.image, explorer.decoder.picture(), "decoded",
                 ui.textures);
  else if (explorer.preview)
    draw_picture(painter, layout.decoded, explorer.preview->shape, explorer.preview->picture, "preview", ui.textures);
  else
    painter.fill(layout.decoded, painter.colors().hover, kRadius);
  painter.tip(layout.decoded, texts::kDecodedTip.words);
  if (explorer.model && explorer.replayed.map) draw_withdrawn(painter, layout.decoded, *explorer.replayed.map->epoch);
  if (layout.compared_decoded.width < 1) return;
  // The name of the model below each image.
  const auto caption = [&](const Rect& square, const LoadedModel* model) {
    const std::optional<std::size_t> entry = model ? find_entry(explorer, model->id) : std::nullopt;
    if (!entry) return;
    const std::string name = painter.abbreviated(TextSize::small, explorer.catalogue[*entry].title, square.width);
    const float width = std::min(square.width, painter.text_width(TextSize::small, name));
    painter.text_within(TextSize::small, {square.center().x - width / 2, square.bottom() + 11}, square.width,
                        painter.colors().muted, name);
  };
  caption(layout.decoded, explorer.model);
  caption(layout.compared_decoded, explorer.compared.model);
  if (const LoadedModel* other = explorer.compared.model)
    draw_picture(painter, layout.compared_decoded, other->file.model.spec.image, explorer.compared.decoder.picture(),
                 "other decoded", ui.textures);
  else
    painter.fill(layout.compared_decoded, painter.colors().hover, kRadius);
}

void draw_hover_card(const Painter& below, const Layout& layout, const Explorer& explorer, Ui& ui) {
  constexpr float kAway = 20, kNames = 18;
  const HoveredMark mark = hovered_mark(explorer);
  if (!mark.model || is_hidden(explorer.state, Part::hover_card) || ui.hovered_for < kHoverWait) return;
  const LoadedModel& model = *mark.model;
  const auto n = static_cast<std::size_t>(mark.n);
  const bool has_sigma = !model.sigma.empty();
  // The original has its place from the start, so that nothing moves when it comes.
  const bool both = has_originals(explorer, model);
  const float side = both ? 100 : 120, width = (both ? 2 * side + kUnit : side) + 2 * kUnit;
  const float height = side + (both ? kNames : 0) + (has_sigma && !both ? 82.0f : 64.0f);
  const Rect whole = mark.compared ? layout.compared_plane : layout.plane, plane = whole.inset(kUnit / 2);
  const View view = mark.compared ? compared_context_of(explorer, whole).view : current_view(explorer.state, &model);
  const Point at = to_screen(view, whole, model.mu[n]);
  const ImVec2 pointer = ImGui::GetIO().MousePos;
  const Point mouse{pointer.x / below.scale(), pointer.y / below.scale()};
  const bool finger = explorer.interaction.hovered_press != 0;
  // On the ring, whose own image is the large one, the card would cover what the ring is moved among. A finger has just
  // moved it there.
  const Point z = mark.compared ? explorer.compared.z : explorer.state.z;
  if (!finger && length(to_screen(view, whole, z) - mouse) <= kRingRadius) return;
  // Beside the point, never under the pointer; for a finger, or without room there, above or below it.
  const bool fits_right = at.x + kAway + width<plane.right(), fits_left = at.x - kAway - width> plane.x;
  const bool beside = !finger && (fits_right || fits_left);
  const auto within = [](float value, float low, float high) { return std::clamp(value, low, std::max(low, high)); };
  const float away = finger ? 2 * kAway : kAway;
  const float above = at.y - away - height, side_x = fits_right ? at.x + kAway : at.x - kAway - width;
  const float x = beside ? side_x : within(at.x - width / 2, plane.x, plane.right() - width);
  const float y = beside       ? within(at.y - height / 2, plane.y, plane.bottom() - height)
                  : above >= 0 ? above
                               : at.y + away;
  const Rect card{x, y, width, height};
  const Painter painter = begin_overlay("hovered", card, below, false);
  const Palette& colors = painter.colors();
  painter.fill(card, colors.raised, kUnit);
  painter.outline(card, colors.line, kUnit);
  Rect rest = card.inset(kUnit);
  const std::size_t c = model.file.test.labels[n];
  const Rect title = rest.cut_top(18);
  painter.marker(c, {title.x + 6, title.center().y}, 5, class_color(c));
  painter.text_within(TextSize::body, {title.x + 18, title.center().y}, title.width - 18, colors.ink,
                      model.labelled ? model.class_names[c] : texts::found_image(n));
  rest.cut_top(kUnit / 2);
  const ImageShape& shape = model.file.model.spec.image;
  Rect pictures = rest.cut_top(side);
  const auto name = [&](const Rect& place, std::string_view words) {
    painter.text(TextSize::small, {place.center().x, place.bottom() + kNames / 2}, colors.muted, words, Align::center);
  };
  if (both) {
    const Rect place = pictures.cut_left(side);
    if (explorer.hovered_original.pixels.size() > 0)
      draw_picture(painter, place, shape, explorer.hovered_original, "hovered original", ui.textures);
    else
      painter.fill(place, colors.hover, kRadius);
    name(place, texts::kOriginal);
    pictures.cut_left(kUnit);
    name(pictures, texts::kReconstructed);
    rest.cut_top(kNames);
  }
  const PointDecoder& decoder = mark.compared ? explorer.compared.decoder : explorer.decoder;
  draw_picture(painter, pictures, shape, decoder.encoded_picture(), "encoded", ui.textures);
  rest.cut_top(kUnit / 2);
  const std::string mu = text("\u03bc ", pair_text(model.mu[n].x, model.mu[n].y, 2));
  const std::string sigma =
      has_sigma ? text("\u03c3 ", pair_text(model.sigma[n].x, model.sigma[n].y, 2)) : std::string();
  const auto line = [&](Rect place, std::string_view words) {
    painter.text(TextSize::small, {place.x, place.center().y}, colors.muted, words);
  };
  if (both) {
    line(rest.cut_left(side + kUnit), mu);
    line(rest, sigma);
  } else {
    line(rest.cut_top(18), mu);
    line(rest.cut_top(18), sigma);
  }
  end_overlay();
}

}  // namespace loom
