#include "explorer/panels/panels.h"
#include "explorer/play/replayed_map.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

constexpr float kBarRow = 26, kPercentWidth = 44, kTitle = 24, kCoordinates = 28;
constexpr float kSign = kTouchTarget;  // width of the sign that opens the search
constexpr float kNarrowest = 140;  // a reading beside two images

void magnifier(const Painter& painter, Point center, Color ink) {
  painter.ring({center.x - 1.5f, center.y - 1.5f}, 5, ink, 1.5f);
  painter.line({center.x + 2.5f, center.y + 2.5f}, {center.x + 7, center.y + 7}, ink, 2);
}

// In the page: a press on the coordinates opens the field to type others, one on the sign the empty field.
void draw_find(const Painter& painter, Rect row, Rect sign, Actions& actions) {
  const Palette& colors = painter.colors();
  const auto pressed = [&](const char* id, Rect r) {
    const Press press = painter.press(id, {r.x, r.center().y - kTouchTarget / 2, r.width, kTouchTarget});
    if (press.hovered || press.held) painter.fill(r, press.held ? colors.pressed : colors.hover, 6);
    return press.clicked;
  };
  if (sign.width > 0) {
    if (pressed("find", sign)) actions.push_back(Find{});
    painter.tip(sign, texts::kFindTip.words);
    magnifier(painter, sign.center(), colors.muted);
  }
  if (pressed("coordinates", {row.x - kUnit / 2, row.y, row.width, row.height})) actions.push_back(Find{true});
}

// "z1 0.25   z2 −1.30": named, so that they are not taken for a mean and a standard deviation.
void draw_coordinates(const Painter& painter, Rect row, const Explorer& explorer, Actions& actions) {
  const Palette& colors = painter.colors();
  const Point z = explorer.state.z;
  // Outside the page the space of the sign stays empty, so that pictures drawn there are like the page.
  const Rect sign = row.width > kNarrowest ? row.cut_right(kSign) : Rect{};
  if (explorer.is_page) draw_find(painter, row, sign, actions);
  const TextSize size = row.width > 280 ? TextSize::large : TextSize::body;
  Point at{row.x, row.center().y};
  if (row.width < 140) {  // beside two images
    painter.text_within(TextSize::small, at, row.width, colors.ink, "z " + pair_text(z.x, z.y, 2));
    return;
  }
  const float column = row.width / 2;
  for (const auto& [name, value] : {std::pair("z1", z.x), std::pair("z2", z.y)}) {
    const float width = painter.text(TextSize::small, at, colors.muted, name);
    painter.text(size, {at.x + width + kUnit, at.y}, colors.ink, number_text(value, 2));
    at.x += std::min(column, 124.0f);
  }
}

void draw_share(const Painter& painter, Rect row, const LoadedModel& model, const ClassShare& share, float name_width) {
  const Palette& colors = painter.colors();
  const float y = row.center().y;
  painter.marker(share.class_id, {row.x + 6, y}, 5, class_color(share.class_id));
  row.cut_left(20);
  painter.text_within(TextSize::body, {row.x, y}, name_width, colors.ink, model.class_names[share.class_id]);
  row.cut_left(name_width + kUnit);
  painter.text(TextSize::small, {row.right(), y}, colors.ink, share_text(share), Align::right);
  row.cut_right(kPercentWidth);
  if (row.width < 3 * kUnit) return;
  const Rect bar{row.x, y - 3, row.width, 6};
  painter.fill(bar, colors.line, 3);
  painter.fill({bar.x, bar.y, std::max(6.0f, bar.width * static_cast<float>(share.share)), 6},
               class_color(share.class_id), 3);
}

// The marks of an earlier epoch say nothing about the trained model's image.
std::string title_of(const Explorer& explorer, bool near) {
  if (!explorer.replayed.map) return std::string(near ? texts::kLooksLike : texts::kLooksLikeNothing);
  return texts::marks_nearby(epoch_text(*explorer.replayed.map->epoch), near);
}

}  // namespace

void draw_reading(const Painter& painter, const Layout& layout, const Explorer& explorer, Actions& actions) {
  if (!explorer.model) return;
  // Beside two images there may be no room; the tool's panel shows the same for both models.
  if (layout.compared_decoded.width > 0 && layout.reading.width < kNarrowest) return;
  const LoadedModel& model = *explorer.model;
  const Palette& colors = painter.colors();
  const Neighbourhood& near = explorer.decoder.neighbourhood();
  Rect rest = layout.reading;
  const std::string density = density_text(model, near);
  const float density_height = painter.paragraph_height(TextSize::small, rest.width, density) + 3;
  const Rect coordinates = rest.cut_top(kCoordinates);
  painter.tip(coordinates, texts::kCoordinatesTip.words);
  draw_coordinates(painter, coordinates, explorer, actions);
  const float top = rest.y;
  // If the title would leave no room for the first class, there is no title.
  const bool titled = model.labelled || explorer.replayed.map;
  if (titled && (near.shown == 0 || rest.height >= kTitle + kBarRow + density_height)) {
    const Rect title = rest.cut_top(kTitle);
    painter.text(TextSize::small, {title.x, title.center().y}, colors.muted, title_of(explorer, near.shown > 0));
  }
  const float name_width = rest.width > 280 ? 104 : std::max(40.0f, rest.width - 20 - kUnit - kPercentWidth);
  for (std::size_t i = 0; i < near.shown && rest.height >= kBarRow + density_height; ++i)
    draw_share(painter, rest.cut_top(kBarRow), model, near.top[i], name_width);
  if (model.labelled) painter.tip({rest.x, top, rest.width, rest.y - top}, texts::kLooksLikeTip.words);
  painter.paragraph(TextSize::small, {rest.x, rest.y + 2, rest.width, rest.height}, colors.muted, density);
  painter.tip({rest.x, rest.y, rest.width, density_height}, texts::kDensityTip.words);
}

}  // namespace loom
