#include <algorithm>
#include <cmath>

#include "core/text.h"
#include "explorer/draw/colormap.h"
#include "explorer/overlays/overlay.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/legends.h"

namespace loom {
namespace {

// The square root, because density spans several decades and low values must still be visible.
float shade(float q, float most) { return most > 0 ? std::sqrt(q / most) : 0; }

class Density : public OverlayLayer {
 public:
  bool work(const OverlayContext& context, Fields& fields, const Deadline& deadline) override {
    if (done_) return false;
    const DensityField* field = fields.density(context.model, deadline);
    if (!field) return true;
    // A high quantile instead of the maximum, so that one cell with a hundred equal images does not make the rest pale.
    std::vector<float> sorted(field->total);
    const auto at = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() * 995 / 1000);
    std::nth_element(sorted.begin(), at, sorted.end());
    most_ = *at;
    clipped_ = std::ranges::max(sorted) > most_;
    done_ = true;
    return false;
  }

  void draw(const OverlayContext& context, const PlaneCanvas& canvas, Textures& textures) const override {
    if (!done_) return;
    const DensityField& field = *context.fields.density();
    const Palette& colors = canvas.painter.colors();
    const ImTextureID texture = textures.get(
        text("overlay density ", context.model.id), context.model.projection_serial * 2 + colors.dark, [&] {
          return grid_pixels(field.grid,
                             [&](std::size_t i) { return sequential(colors, shade(field.total[i], most_)); });
        });
    draw_grid_image(canvas, field.grid, texture);
  }

  Legend legend(const OverlayContext& context) const override {
    Legend out;
    if (!done_) return out;
    out.color = [](const Palette& colors, float t) { return sequential(colors, t); };
    for (const float share : {0.0f, 0.1f, 0.5f, 1.0f})
      out.marks.push_back({shade(share, 1), number_text(share * most_, most_ < 1 ? 2 : 1)});
    if (clipped_) out.marks.back().label = texts::at_least(out.marks.back().label);
    out.unit = texts::kDensityUnit;
    out.brief = texts::kDensityBrief;
    out.lines.push_back(texts::density_at_ring(number_text(
        sample_field(context.fields.density()->grid, context.fields.density()->total, context.z), most_ < 1 ? 3 : 2)));
    return out;
  }

  std::uint64_t serial() const override { return done_; }

 private:
  bool done_ = false, clipped_ = false;
  float most_ = 0;
};

}  // namespace

std::unique_ptr<OverlayLayer> make_density() { return std::make_unique<Density>(); }

}  // namespace loom
