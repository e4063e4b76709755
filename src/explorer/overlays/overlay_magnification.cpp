#include <algorithm>
#include <cmath>

#include "core/text.h"
#include "explorer/draw/colormap.h"
#include "explorer/overlays/lattice.h"
#include "explorer/overlays/overlay.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/legends.h"

namespace loom {
namespace {

constexpr float kEllipseRoom = 112;     // points between the centres of two ellipses
constexpr double kPictureStep = 1.0;  // size of the change that an ellipse stands for: black to white in one pixel

// Whether a part of the view lies outside the grid.
bool sees_beyond(const LatentGrid& grid, const View& view, const Rect& plane) {
  return !covers(grid, to_latent(view, plane, {plane.x, plane.bottom()})) ||
         !covers(grid, to_latent(view, plane, {plane.right(), plane.y}));
}

class Magnification : public OverlayLayer {
 public:
  bool work(const OverlayContext& context, Fields& fields, const Deadline& deadline) override {
    const bool complete = fields.metric(context.model, deadline) != nullptr;
    const MetricField& field = *fields.metric();
    if (filled_ == field.filled && plane_serial_ == context.model.plane_serial) return !complete;
    filled_ = field.filled;
    plane_serial_ = context.model.plane_serial;
    ++serial_;
    std::vector<float> values;
    for (std::size_t i = 0; i < field.filled; ++i)
      values.push_back(static_cast<float>(magnification(field.cells[field.order[i]])));
    if (values.empty()) return !complete;
    std::ranges::sort(values);
    low_ = std::max(1e-3f, values[values.size() / 50]);
    high_ = std::max(2 * low_, values[values.size() - 1 - values.size() / 50]);
    median_ = values[values.size() / 2];
    is_low_clipped_ = values.front()<low_, is_high_clipped_ = values.back()> high_;
    return !complete;
  }

  void draw(const OverlayContext& context, const PlaneCanvas& canvas, Textures& textures) const override {
    const MetricField* field = context.fields.metric();
    if (!field || filled_ == 0) return;
    const Palette& colors = canvas.painter.colors();
    const ImTextureID texture = textures.get(
        text("overlay magnification ", context.model.id), texture_serial(context.model, serial_, colors.dark), [&] {
          return grid_pixels(field->grid, [&](std::size_t i) {
            const double m = magnification(field->cells[i]);
            return m <= 0 ? colors.plane : sequential_warm(colors, shade(static_cast<float>(m)));
          });
        });
    draw_grid_image(canvas, field->grid, texture);
    const auto outside = [&](Point z) { return !covers(field->grid, z); };
    if (sees_beyond(field->grid, context.view, context.plane)) hatch(canvas, with_alpha(colors.muted, 0.4f), outside);
    const Lattice lattice(context.model.home.half / 6);
    for (const LatticeCell& cell :
         lattice.seen(context.view, context.plane, lattice.level_for(context.view, context.plane, kEllipseRoom), 600)) {
      const Point z = lattice.middle(cell);
      const Metric g = sample_metric(*field, z);
      if (outside(z) || magnification(g) <= 0) continue;
      const MetricEllipse e = metric_ellipse(g, kPictureStep, 0.5 * static_cast<double>(lattice.side(cell.level)));
      const auto c = static_cast<float>(std::cos(e.angle)), s = static_cast<float>(std::sin(e.angle));
      const auto along = static_cast<float>(e.along), across = static_cast<float>(e.across);
      canvas.ellipse(z, Point{c, s} * along, Point{-s, c} * across, with_alpha(colors.ink, 0.75f), 1);
    }
  }

  Legend legend(const OverlayContext& context) const override {
    Legend out;
    const MetricField* field = context.fields.metric();
    if (!field || filled_ == 0) return out;
    out.color = [](const Palette& colors, float t) { return sequential_warm(colors, t); };
    const float middle = std::sqrt(low_ * high_);
    for (const auto& [at, value] : {std::pair(0.0f, low_), std::pair(0.5f, middle), std::pair(1.0f, high_)})
      out.marks.push_back({at, number_text(value, value < 10 ? 1 : 0)});
    if (is_low_clipped_) out.marks.front().label = texts::at_most(out.marks.front().label);
    if (is_high_clipped_) out.marks.back().label = texts::at_least(out.marks.back().label);
    if (sees_beyond(field->grid, context.view, context.plane)) out.hatched = texts::kNotMeasured;
    out.brief = texts::kMagnificationBrief;
    out.unit = texts::kMagnificationUnit;
    if (!field->complete()) {
      out.lines.push_back(texts::measuring(
          percent_text(static_cast<double>(field->filled) / static_cast<double>(field->order.size()))));
      return out;
    }
    if (!covers(field->grid, context.z)) return out;
    const Metric here = sample_metric(*field, context.z);
    out.lines.push_back(texts::magnification_here(number_text(magnification(here), 0), number_text(median_, 0),
                                                  ratio_text(anisotropy(here))));
    return out;
  }

  std::uint64_t serial() const override { return serial_; }

 private:
  float shade(float m) const { return std::clamp(std::log(m / low_) / std::log(high_ / low_), 0.0f, 1.0f); }

  std::size_t filled_ = 0;
  std::uint64_t plane_serial_ = 0, serial_ = 1;
  float low_ = 1, high_ = 10, median_ = 1;  // of the colours, and of all cells
  bool is_low_clipped_ = false, is_high_clipped_ = false;
};

}  // namespace

std::unique_ptr<OverlayLayer> make_magnification() { return std::make_unique<Magnification>(); }

}  // namespace loom
