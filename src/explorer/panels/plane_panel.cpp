#include <array>
#include <cmath>
#include <numbers>

#include "analysis/density/prior.h"
#include "core/text.h"
#include "core/ticks.h"
#include "explorer/draw/plane_canvas.h"
#include "explorer/draw/scatter.h"
#include "explorer/panels/panels.h"
#include "explorer/panels/plane_ground.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

constexpr float kEdgeRoom = 14;     // from the edge to the middle of a tick label
constexpr float kChoosers = 44;     // height of the buttons above (chooser_panel.cpp)
constexpr float kPill = 20;         // height of a class name
constexpr std::array kPriorMasses{0.5, 0.9, 0.99};

// Draws on the plane at latent coordinates.
class Plane {
 public:
  Plane(const Painter& painter, const OverlayContext& context)
      : painter_(painter),
        colors_(painter.colors()),
        area_(context.plane),
        context_(context),
        view_(context.view),
        canvas_{painter, context.plane, context.view, nullptr} {}

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
      if (at.y > area_.y + kChoosers + 4 * kUnit && at.y < area_.bottom() - 4 * kUnit)
        label(at, number_text(y, up.decimals), Align::left);
    }
    const PlaneChoice& choice = context_.model.plane.choice();
    painter_.tip({area_.right() - 5 * kUnit, area_.bottom() - 3 * kUnit, 5 * kUnit, 3 * kUnit}, texts::kAxisTip.words);
    painter_.tip({area_.x, area_.y + kChoosers, 5 * kUnit, 3 * kUnit}, texts::kAxisTip.words);
    label({area_.right() - kUnit, area_.bottom() - kEdgeRoom}, text(direction_name(choice, choice.axes[0]), " \u2192"),
          Align::right);
    label({area_.x + kUnit, area_.y + kChoosers + kEdgeRoom}, text(direction_name(choice, choice.axes[1]), " \u2191"),
          Align::left);
  }

  void prior_circles() const {
    for (const double mass : kPriorMasses)
      painter_.dashed_ring(screen({0, 0}), prior_points(mass), with_alpha(colors_.muted, 0.6f));
  }

  // Class names and numbers drawn later avoid this place.
  void reserve(Rect place) { taken_.push_back(place); }

  // For tools: class names and numbers avoid the labels drawn on this canvas.
  PlaneCanvas shared_canvas() { return {painter_, area_, view_, &taken_}; }

  // Class names at the centres of their classes; shifted by one line if they would overlap, or else left out.
  void class_names() {
    const LoadedModel& model = context_.model;
    if (!model.labelled) return;
    const std::vector<Point> behind = behind_their_centers();
    for (std::size_t c = 0; c < model.class_centers.size(); ++c) {
      if (!is_class_shown(context_.state, c) || std::isnan(model.class_centers[c].x)) continue;
      const Point at = screen(model.class_centers[c] + behind[c]);
      const std::string& name = model.class_names[c];
      const float width = painter_.text_width(TextSize::small, name) + 12;
      for (const float shift : {0.0f, -1.0f, 1.0f}) {
        const Rect pill{at.x - width / 2, at.y - kPill / 2 + shift * (kPill + 2), width, kPill};
        if (!take(pill)) continue;
        painter_.fill(pill, with_alpha(colors_.plane, 0.86f), kPill / 2);
        painter_.outline(pill, mixed(colors_.plane, class_color(c), 0.75f), kPill / 2);
        painter_.text(TextSize::small, pill.center(), colors_.ink, name, Align::center);
        break;
      }
    }
  }

  // The share of the prior in each circle, at the first free one of eight places around it.
  void prior_numbers() {
    for (const double mass : kPriorMasses)
      for (const int eighth : {1, 7, 3, 5, 2, 6, 0, 4}) {
        const float angle = static_cast<float>(eighth) * std::numbers::pi_v<float> / 4;
        const Point at = screen({0, 0}) + Point{std::cos(angle), -std::sin(angle)} * prior_points(mass);
        if (!take({at.x - 20, at.y - 10, 40, 20})) continue;
        label(at, percent_text(mass), Align::center);
        painter_.tip({at.x - 20, at.y - 10, 40, 20}, texts::kCircleTip.words);
        break;
      }
  }

  // Hairlines across the whole plane, and the ring, whose inside is transparent.
  void mark_z() const {
    const Point at = screen(context_.z);
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
    painter_.tip({at.x - kRingRadius, at.y - kRingRadius, 2 * kRingRadius, 2 * kRingRadius}, texts::kRingTip.words);
  }

  void mark_hovered(std::int64_t hovered) const {
    if (hovered < 0) return;
    const LoadedModel& model = context_.model;
    const auto n = static_cast<std::size_t>(hovered);
    const Point at = screen(context_.motion ? context_.motion->places()[n] : model.mu[n]);
    const std::size_t c = model.file.test.labels[n];
    const float radius = marker_radius(view_, model, area_) * 1.5f;
    painter_.disc(at, radius + 3, colors_.plane);
    painter_.marker(c, at, radius, class_color(c));
    if (model.sigma.empty()) return;
    const float scale = points_per_unit(view_, area_);  // the ellipse of one sigma
    painter_.ellipse(at, model.sigma[n].x * scale, model.sigma[n].y * scale, colors_.ink, 1.25f);
  }

  // The name of the model, if there are two planes.
  void title(const Explorer& explorer) {
    const std::optional<std::size_t> entry = find_entry(explorer, context_.model.id);
    if (!entry) return;
    const float most = area_.width - 8 * kUnit;
    const std::string name = painter_.abbreviated(TextSize::small, explorer.catalogue[*entry].title, most);
    const float width = std::min(painter_.text_width(TextSize::small, name), most);
    const Rect pill{area_.right() - width - 2.5f * kUnit, area_.y + kChoosers + kEdgeRoom - kPill / 2,
                    width + 1.5f * kUnit, kPill};
    taken_.push_back(pill);
    painter_.fill(pill, colors_.ink, kPill / 2);
    painter_.text_within(TextSize::small, {pill.x + 0.75f * kUnit, pill.center().y}, width + 1, colors_.plane, name);
    notes_from_ += kPill + kUnit / 2;
  }

  // Notes about peculiarities of this model on this plane.
  void notes() {
    const LoadedModel& model = context_.model;
    float y = area_.y + notes_from_;
    const auto note = [&](const std::string& words) {
      const std::string fitting = painter_.shortened(TextSize::small, words, area_.width - 9 * kUnit);
      const Point at{area_.x + 7 * kUnit, y};
      const Rect place{at.x, at.y - kUnit, painter_.text_width(TextSize::small, fitting), 2 * kUnit};
      canvas_.label(at, fitting, Align::left);
      reserve(place);
      y += 2.5f * kUnit;
    };
    if (model.plane.has_rest()) {
      const PlaneChoice& choice = model.plane.choice();
      const float share = model.plane.share(choice.axes[0]) + model.plane.share(choice.axes[1]);
      note(texts::plane_of(model.latent_dim(), direction_name(choice, choice.axes[0]),
                           direction_name(choice, choice.axes[1]), percent_text(share)));
    }
    if (model.latent_dim() == 1) note(std::string(texts::kOneAxis));
    if (!model.variational() && !model.mu.empty())
      note(texts::kernel_width(area_.width > 480 ? texts::kNoSigma : texts::kNoSigmaBrief,
                               number_text(scott_width(model.mu).x, 2)));
  }

 private:
  // How far the marks of each class are still away from where they are going, on average.
  std::vector<Point> behind_their_centers() const {
    const LoadedModel& model = context_.model;
    std::vector<Point> sums(model.class_centers.size());
    if (!context_.motion) return sums;
    std::vector<float> counts(sums.size());
    for (std::size_t n = 0; n < model.mu.size(); ++n) {
      const std::size_t c = model.file.test.labels[n];
      sums[c] = sums[c] + (context_.motion->places()[n] - model.mu[n]);
      ++counts[c];
    }
    for (std::size_t c = 0; c < sums.size(); ++c) sums[c] = sums[c] * (1 / std::max(1.0f, counts[c]));
    return sums;
  }

  Point screen(Point z) const { return to_screen(view_, area_, z); }
  float prior_points(double mass) const {
    return static_cast<float>(prior_radius(mass)) * points_per_unit(view_, area_);
  }

  // Reserves a place for a label if it is on the plane and free.
  bool take(const Rect& place) {
    const Rect inside = area_.inset(kUnit);
    if (!inside.contains({place.x, place.y}) || !inside.contains({place.right(), place.bottom()})) return false;
    for (const Rect& other : taken_)
      if (place.x < other.right() && other.x < place.right() && place.y < other.bottom() && other.y < place.bottom())
        return false;
    taken_.push_back(place);
    return true;
  }

  void label(Point middle, std::string_view words, Align align) const { canvas_.label(middle, words, align); }

  const Painter& painter_;
  const Palette& colors_;
  Rect area_;
  const OverlayContext& context_;
  View view_;
  PlaneCanvas canvas_;
  std::vector<Rect> taken_;  // by labels
  float notes_from_ = kChoosers + kEdgeRoom;  // below the plane's top
};

constexpr std::array<const char*, 2> kPinNames{"A", "B"};

Rect pin_place(Point at) { return {at.x - 12, at.y - 12, 24, 24}; }

void draw_pins(const PlaneCanvas& canvas, const Pins& pins) {
  const Palette& colors = canvas.painter.colors();
  for (std::size_t i = 0; i < pins.size(); ++i) {
    if (!pins[i]) continue;
    const Point at = canvas.screen(*pins[i]);
    canvas.painter.disc(at, 12, colors.plane);
    canvas.painter.disc(at, 10.5f, colors.ink);
    canvas.painter.text(TextSize::small, at, colors.plane, kPinNames[i], Align::center);
    canvas.painter.tip(pin_place(at), texts::kPinTip.words);
  }
}

// A flag on a pole for each place, with its number.
void draw_flags(const PlaneCanvas& canvas, const std::vector<Point>& places) {
  constexpr float kPole = 22, kWidth = 16, kHeight = 14;
  const Palette& colors = canvas.painter.colors();
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Point foot = canvas.screen(places[i]);
    const Rect flag{foot.x, foot.y - kPole, kWidth, kHeight};
    canvas.painter.fill(flag.inset(-1.5f), colors.plane, 3);
    canvas.painter.line({foot.x - 0.5f, foot.y - kPole}, {foot.x - 0.5f, foot.y}, colors.accent, 2);
    canvas.painter.fill(flag, colors.accent, 2);
    canvas.painter.disc(foot, 2.5f, colors.accent);
    canvas.painter.text(TextSize::small, flag.center(), colors.on_accent, text(i + 1), Align::center);
  }
}

// The encoder's posterior of the input image: its mean and ellipses of one and two standard deviations.
void draw_posterior(const PlaneCanvas& canvas, const InputImage& input, Point z) {
  if (input.origin == Origin::ring || input.posterior.mu.rows() == 0) return;
  const Palette& colors = canvas.painter.colors();
  const Point at = canvas.screen(input.mu);
  canvas.painter.line({at.x - 5, at.y}, {at.x + 6, at.y}, colors.ink, 1.5f);
  canvas.painter.line({at.x, at.y - 5}, {at.x, at.y + 6}, colors.ink, 1.5f);
  if (input.sigma.x <= 0) return;
  const float x = input.sigma.x * canvas.unit(), y = input.sigma.y * canvas.unit();
  for (const float widths : {1.0f, 2.0f})
    canvas.painter.ellipse(at, widths * x, widths * y, with_alpha(colors.ink, widths > 1 ? 0.45f : 0.9f), 1.5f);
  // No label near the ring, where it would cover the marks.
  if (length(at - canvas.screen(z)) < 2 * kRingRadius) return;
  const bool tiny = std::max(x, y) < 4;
  // Beside the cross, or not at all.
  const float away = std::max(12.0f, 2 * y + 10);
  const std::string_view full = tiny ? texts::kMeanTinyDeviation : texts::kMeanAndDeviation;
  for (const std::string_view words : {full, texts::kMean})
    for (const Point place : {Point{at.x, at.y + away}, Point{at.x, at.y - away}})
      if (canvas.has_room(place, words)) return canvas.label(place, words);
}

}  // namespace

void draw_plane(const Painter& painter, const Layout& layout, const Explorer& explorer, Ui& ui, Actions& actions) {
  const Rect area = layout.plane;
  painter.push_clip(area);
  if (!explorer.model) {
    painter.fill(area, painter.colors().plane);
    if (!explorer.message)
      painter.text(TextSize::body, area.center(), painter.colors().muted, texts::kLoadingModel, Align::center);
    return painter.pop_clip();
  }
  const OverlayContext context = context_of(explorer, area);
  const Tool& tool = tools()[explorer.tool_row];
  Plane plane(painter, context);
  const PlaneCanvas canvas = plane.shared_canvas();
  const ExplorerState& state = explorer.state;
  const bool prior = explorer.model->variational() && !is_hidden(state, Part::prior);
  const bool replaced = tool.hides_marks && tool.refusal(explorer).empty();
  draw_cached_ground(painter, context, {layer_of(explorer), layer_context_of(explorer, area)}, !replaced, ui);
  if (prior) plane.prior_circles();
  if (!is_hidden(state, Part::notes)) plane.notes();
  for (const std::optional<Point>& pin : state.pins)
    if (pin && tool.pins) plane.reserve(pin_place(canvas.screen(*pin)));
  if (explorer.tool && tool.refusal(explorer).empty())
    explorer.tool->on_plane({painter, explorer, ui.textures, actions}, canvas);
  if (!is_hidden(state, Part::axes)) plane.numbers();
  if (layout.compared_plane.width > 0) plane.title(explorer);
  const bool names = state.class_names && overlays()[explorer.state.overlay].marks > 0;
  if (names && !replaced) plane.class_names();
  if (prior) plane.prior_numbers();
  // It is the trained encoder's.
  if (!explorer.replayed.map) draw_posterior(canvas, explorer.input.current(), state.z);
  if (!is_hidden(state, Part::ring)) plane.mark_z();
  if (!is_hidden(state, Part::places)) draw_flags(canvas, state.places);
  if (tool.pins) draw_pins(canvas, state.pins);
  plane.mark_hovered(explorer.interaction.hovered);
  painter.pop_clip();
}

void draw_loading(const Painter& painter, const Layout& layout, const Explorer& explorer) {
  if (!explorer.waiting || !explorer.model || explorer.message) return;
  const Palette& colors = painter.colors();
  for (const Rect& r : {layout.plane, layout.decoded, layout.reading}) painter.fill(r, with_alpha(colors.panel, 0.7f));
  const Rect stage = layout.stage();
  const std::string words = texts::loading(explorer.catalogue[*explorer.waiting].title,
                                           explorer.progress > 0 ? " " + percent_text(explorer.progress) : "\u2026");
  const float width = std::min(stage.width - 2 * kUnit, painter.text_width(TextSize::body, words) + 4 * kUnit);
  const Rect card{stage.center().x - width / 2, stage.center().y - 2.5f * kUnit, width, 5 * kUnit};
  painter.fill(card, colors.raised, kUnit);
  painter.outline(card.inset(0.5f), colors.line, kUnit);
  painter.text_within(TextSize::body, {card.x + 2 * kUnit, card.center().y}, card.width - 4 * kUnit, colors.ink, words);
}

void draw_compared_plane(const Painter& painter, const Layout& layout, const Explorer& explorer, Ui& ui) {
  const Rect area = layout.compared_plane;
  if (area.width < 1) return;
  painter.push_clip(area);
  painter.fill(area, painter.colors().plane);
  if (!explorer.compared.model) {
    const std::string_view words = explorer.state.other.empty() ? texts::kChooseSecond : texts::kLoadingSecond;
    painter.text(TextSize::body, area.center(), painter.colors().muted, words, Align::center);
    return painter.pop_clip();
  }
  const OverlayContext context = compared_context_of(explorer, area);
  Plane plane(painter, context);
  draw_ground(painter, context, {compared_layer_of(explorer), compared_layer_context_of(explorer, area)}, true,
              ui.textures);
  const ExplorerState& state = explorer.state;
  if (context.model.variational() && !is_hidden(state, Part::prior)) plane.prior_circles();
  if (!is_hidden(state, Part::axes)) plane.numbers();
  plane.title(explorer);
  if (!is_hidden(state, Part::notes)) plane.notes();
  if (state.class_names && overlays()[state.overlay].marks > 0) plane.class_names();
  if (!is_hidden(state, Part::ring)) plane.mark_z();
  plane.mark_hovered(explorer.interaction.hovered_compared);
  painter.pop_clip();
}

}  // namespace loom
