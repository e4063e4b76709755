#include <algorithm>
#include <cmath>

#include "analysis/density/prior.h"
#include "core/text.h"
#include "explorer/draw/colormap.h"
#include "explorer/overlays/overlay.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/legends.h"

namespace loom {
namespace {

class Holes : public OverlayLayer {
 public:
  bool work(const OverlayContext& context, Fields& fields, const Deadline& deadline) override {
    if (!done_) done_ = fields.holes(context.model, deadline) != nullptr;
    return !done_;
  }

  void draw(const OverlayContext& context, const PlaneCanvas& canvas, Textures& textures) const override {
    if (!done_) return;
    const HoleFields& fields = *context.fields.holes();
    const LatentGrid& grid = context.fields.density()->grid;
    const Palette& colors = canvas.painter.colors();
    const auto disc = static_cast<float>(prior_radius(kHoleDisc));
    const ImTextureID texture =
        textures.get(text("overlay holes ", context.model.id), context.model.projection_serial * 2 + colors.dark, [&] {
          return grid_pixels(grid, [&](std::size_t i) {
            // Outside the disc the prior is almost 0 and the ratio meaningless, so the colour fades out there.
            const float beyond = std::clamp((length(grid.center(i)) - disc) / 0.5f, 0.0f, 1.0f);
            return mixed(diverging(colors, fields.log_ratio[i] / kLogRatioBound), colors.plane, beyond);
          });
        });
    draw_grid_image(canvas, grid, texture);
    const auto is_hole = [&](Point z) {
      return length(z) < disc && sample_field(grid, fields.log_ratio, z) < static_cast<float>(std::log(kHoleTau));
    };
    hatch(canvas, with_alpha(colors.ink, 0.34f), is_hole);
    for (const ContourLine& line : fields.rim) {
      std::vector<Point> inside;  // the current part of the line inside the disc
      for (const Point& p : line.points) {
        if (length(p) < disc) {
          inside.push_back(p);
          continue;
        }
        if (inside.size() > 1) canvas.polyline(inside, colors.ink, 1.2f);
        inside.clear();
      }
      if (inside.size() > 1) canvas.polyline(inside, colors.ink, 1.2f);
    }
  }

  Legend legend(const OverlayContext& context) const override {
    Legend out;
    if (!done_) return out;
    const HoleFields& fields = *context.fields.holes();
    out.color = [](const Palette& colors, float t) { return diverging(colors, 2 * t - 1); };
    for (const int value : {-3, -2, -1, 0, 1, 2, 3})
      out.marks.push_back({static_cast<float>(value + 3) / 6, number_text(value, 0)});
    out.marks.front().label = texts::at_most(out.marks.front().label);
    out.marks.back().label = texts::at_least(out.marks.back().label);
    out.unit = texts::kHolesUnit;
    out.brief = texts::holes_brief(percent_text(fields.figures.hole_mass[1]));
    out.hatched = texts::kHolesHatched;
    out.lines.push_back(texts::holes_share(percent_text(fields.figures.hole_mass[1]), context.model.mu.size()));
    if (fields.holes.empty()) return out;
    out.buttons.push_back({std::string(texts::kNextHole), FlyTo{.z = next_hole(fields, context.z), .jump = true}});
    return out;
  }

  std::uint64_t serial() const override { return done_; }

 private:
  // The next smaller hole if z is at the deepest point of one, else the largest, so that each press moves z visibly.
  static Point next_hole(const HoleFields& fields, Point z) {
    constexpr std::size_t kWorthSeeing = 12;
    constexpr float kBy = 0.25f;
    const std::size_t count = std::min(kWorthSeeing, fields.holes.size());
    const auto distance = [&](std::size_t i) { return length(fields.holes[i].deepest - z); };
    std::size_t nearest = 0;
    for (std::size_t i = 1; i < count; ++i)
      if (distance(i) < distance(nearest)) nearest = i;
    return fields.holes[distance(nearest) < kBy ? (nearest + 1) % count : 0].deepest;
  }

  bool done_ = false;
};

}  // namespace

std::unique_ptr<OverlayLayer> make_holes() { return std::make_unique<Holes>(); }

}  // namespace loom
