#include <array>
#include <cmath>
#include <numbers>

#include "analysis/prior.h"
#include "core/text.h"
#include "explorer/number_text.h"
#include "explorer/panels.h"
#include "explorer/scatter.h"
#include "core/ticks.h"

namespace loom {
namespace {

constexpr float kTickSpacing = 88;  // least distance of grid lines, in points
constexpr float kEdgeRoom = 14;     // from the edge to the middle of a number
constexpr float kRingRadius = 9;    // of the mark at z
constexpr float kPill = 20;         // height of a class name
constexpr std::array kPriorMasses{0.5, 0.9, 0.99};

// Draws on the plane; knows where latent coordinates are.
class Plane {
 public:
  Plane(const Painter& painter, const Rect& area, const Explorer& explorer)
      : painter_(painter),
        colors_(painter.colors()),
        area_(area),
        explorer_(explorer),
        view_(current_view(explorer.state, explorer.model)) {}

  void grid() const {
    const Point low = to_latent(view_, area_, {area_.x, area_.bottom()});
    const Point high = to_latent(view_, area_, {area_.right(), area_.y});
    const double spacing = kTickSpacing / points_per_unit(view_, area_);
    for (const double x : ticks(low.x, high.x, spacing).values) {
      const float at = screen({static_cast<float>(x), 0}).x;
      painter_.line({at, area_.y}, {at, area_.bottom()}, x == 0 ? colors_.axis : colors_.grid);
    }
    for (const double y : ticks(low.y, high.y, spacing).values) {
      const float at = screen({0, static_cast<float>(y)}).y;
      painter_.line({area_.x, at}, {area_.right(), at}, y == 0 ? colors_.axis : colors_.grid);
    }
  }

  void numbers() const {
    const Point low = to_latent(view_, area_, {area_.x, area_.bottom()});
    const Point high = to_latent(view_, area_, {area_.right(), area_.y});
    const double spacing = kTickSpacing / points_per_unit(view_, area_);
    const Ticks across = ticks(low.x, high.x, spacing), up = ticks(low.y, high.y, spacing);
    for (const double x : across.values) {
      const Point at{screen({static_cast<float>(x), 0}).x, area_.bottom() - kEdgeRoom};
      if (at.x > area_.x + 4 * kUnit && at.x < area_.right() - 8 * kUnit)
        label(at, number_text(x, across.decimals), Align::center);
    }
    for (const double y : up.values) {
      const Point at{area_.x + kUnit, screen({0, static_cast<float>(y)}).y};
      if (at.y > area_.y + 4 * kUnit && at.y < area_.bottom() - 4 * kUnit)
        label(at, number_text(y, up.decimals), Align::left);
    }
    label({area_.right() - kUnit, area_.bottom() - kEdgeRoom}, "z1 \u2192", Align::right);
    label({area_.x + kUnit, area_.y + kEdgeRoom}, "z2 \u2191", Align::left);
  }

  void prior_circles() const {
    for (const double mass : kPriorMasses)
      painter_.dashed_ring(screen({0, 0}), prior_points(mass), with_alpha(colors_.muted, 0.6f));
  }

  // Names at the middle of their classes, moved a little where they would cover each other.
  void class_names() {
    const LoadedModel& model = *explorer_.model;
    for (std::size_t c = 0; c < model.class_centers.size(); ++c) {
      if (!is_class_shown(explorer_.state, c) || std::isnan(model.class_centers[c].x)) continue;
      const Point at = screen(model.class_centers[c]);
      const std::string& name = model.class_names[c];
      const float width = painter_.text_width(TextSize::small, name) + 12;
      for (const float shift : {0.0f, -1.0f, 1.0f, -2.0f, 2.0f}) {
        const Rect pill{at.x - width / 2, at.y - kPill / 2 + shift * (kPill + 2), width, kPill};
        if (!take(pill)) continue;
        painter_.fill(pill, with_alpha(colors_.plane, 0.86f), kPill / 2);
        painter_.outline(pill, mixed(colors_.plane, class_color(c), 0.75f), kPill / 2);
        painter_.text(TextSize::small, pill.center(), colors_.ink, name, Align::center);
        break;
      }
    }
  }

  // Which share of the prior a circle holds, at the first of eight places round it that is free.
  void prior_numbers() {
    for (const double mass : kPriorMasses)
      for (const int eighth : {1, 7, 3, 5, 2, 6, 0, 4}) {
        const float angle = static_cast<float>(eighth) * std::numbers::pi_v<float> / 4;
        const Point at = screen({0, 0}) + Point{std::cos(angle), -std::sin(angle)} * prior_points(mass);
        if (!take({at.x - 20, at.y - 10, 40, 20})) continue;
        label(at, percent_text(mass), Align::center);
        break;
      }
  }

  // Hair lines over the whole plane, a ring that shows what is under it, and both coordinates at the edges.
  void mark_z() const {
    const Point at = screen(explorer_.state.z);
    const Color hair = with_alpha(colors_.accent, 0.45f);
    if (at.x > area_.x && at.x < area_.right()) {
      painter_.line({at.x, area_.y}, {at.x, at.y - kRingRadius}, hair);
      painter_.line({at.x, at.y + kRingRadius}, {at.x, area_.bottom()}, hair);
    }
    if (at.y > area_.y && at.y < area_.bottom()) {
      painter_.line({area_.x, at.y}, {at.x - kRingRadius, at.y}, hair);
      painter_.line({at.x + kRingRadius, at.y}, {area_.right(), at.y}, hair);
    }
    painter_.ring(at, kRingRadius, colors_.plane, 5);
    painter_.ring(at, kRingRadius, colors_.accent, 2.5f);
    painter_.disc(at, 2, colors_.accent);
  }

  void mark_hovered() const {
    const std::int64_t hovered = explorer_.interaction.hovered;
    if (hovered < 0) return;
    const LoadedModel& model = *explorer_.model;
    const auto n = static_cast<std::size_t>(hovered);
    const Point at = screen(model.mu[n]);
    const std::size_t c = model.file.test.labels[n];
    const float radius = marker_radius(view_, model, area_) * 1.5f;
    painter_.disc(at, radius + 3, colors_.plane);
    painter_.marker(c, at, radius, class_color(c));
    if (model.sigma.empty()) return;
    const float scale = points_per_unit(view_, area_);  // one sigma, to true scale
    painter_.ellipse(at, model.sigma[n].x * scale, model.sigma[n].y * scale, colors_.ink, 1.25f);
  }

  // What a reader of this plane must know about this model.
  void notes() const {
    const LoadedModel& model = *explorer_.model;
    float y = area_.y + kEdgeRoom;
    const auto note = [&](const std::string& words) {
      label({area_.x + 6 * kUnit, y}, words, Align::left);
      y += 2.5f * kUnit;
    };
    if (model.latent_dim() > 2)
      note(text(model.latent_dim(), " latent axes: this plane is the first two, the others are 0"));
    if (model.latent_dim() == 1) note("One latent axis: z2 changes nothing");
    if (!model.variational() && !model.mu.empty())
      note(text("No sigma in this model: density from kernels of width ", number_text(scott_width(model.mu).x, 2),
                " (Scott's rule)"));
  }

 private:
  Point screen(Point z) const { return to_screen(view_, area_, z); }
  float prior_points(double mass) const {
    return static_cast<float>(prior_radius(mass)) * points_per_unit(view_, area_);
  }

  // Reserves a place for words if it is on the plane and free.
  bool take(const Rect& place) {
    const Rect inside = area_.inset(kUnit);
    if (!inside.contains({place.x, place.y}) || !inside.contains({place.right(), place.bottom()})) return false;
    for (const Rect& other : taken_)
      if (place.x < other.right() && other.x < place.right() && place.y < other.bottom() && other.y < place.bottom())
        return false;
    taken_.push_back(place);
    return true;
  }

  // Small text with some of the background behind it, so that it can be read over markers.
  void label(Point middle, std::string_view words, Align align) const {
    const float width = painter_.text_width(TextSize::small, words);
    const float left = middle.x - (align == Align::center ? width / 2 : align == Align::right ? width : 0);
    painter_.fill({left - 3, middle.y - 8, width + 6, 16}, with_alpha(colors_.plane, 0.8f), 4);
    painter_.text(TextSize::small, middle, colors_.muted, words, align);
  }

  const Painter& painter_;
  const Palette& colors_;
  Rect area_;
  const Explorer& explorer_;
  View view_;
  std::vector<Rect> taken_;  // by words
};

}  // namespace

namespace {

// Dear ImGui calls this in the middle of drawing, when grid and markers are in the frame and nothing else is.
void capture_layer(const ImDrawList*, const ImDrawCmd* command) {
  PlaneLayer& layer = *static_cast<PlaneLayer*>(command->UserCallbackData);
  const Rect plane = layer.asked.plane;
  const int height = static_cast<int>(plane.height);
  const int below = static_cast<int>(ImGui::GetDrawData()->DisplaySize.y) - static_cast<int>(plane.y) - height;
  layer.texture = layer.capture(layer.texture, static_cast<int>(plane.x), below, static_cast<int>(plane.width), height);
  layer.captured = layer.asked;
}

void draw_layer(const Painter& painter, const Rect& area, const Explorer& explorer, const Plane& plane,
                PlaneLayer& layer) {
  const PlaneLayer::Key key{explorer.model,           current_view(explorer.state, explorer.model),
                            explorer.state.isolated,  painter.colors().dark,
                            painter.pixel_rect(area), painter.scale()};
  if (layer.texture && layer.captured == key) return painter.frame_image(layer.texture, area);
  painter.fill(area, painter.colors().plane);
  plane.grid();
  draw_scatter(painter, area, explorer);
  // Captured when asked for a second time: while the view moves, no two frames are alike.
  if (layer.capture && layer.asked == key) painter.list().AddCallback(capture_layer, &layer);
  layer.asked = key;
}

}  // namespace

void draw_plane(const Painter& painter, const Layout& layout, const Explorer& explorer, Ui& ui) {
  const Rect area = layout.plane;
  painter.push_clip(area);
  Plane plane(painter, area, explorer);
  if (!explorer.model) {
    painter.fill(area, painter.colors().plane);
    if (!explorer.message)
      painter.text(TextSize::body, area.center(), painter.colors().muted, "Loading the model\u2026", Align::center);
  } else {
    draw_layer(painter, area, explorer, plane, ui.layer);
    if (explorer.model->variational()) plane.prior_circles();
    plane.numbers();
    if (explorer.state.class_names) plane.class_names();
    if (explorer.model->variational()) plane.prior_numbers();
    plane.notes();
    plane.mark_z();
    plane.mark_hovered();
  }
  painter.pop_clip();
}

}  // namespace loom
