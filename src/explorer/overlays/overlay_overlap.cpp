#include <algorithm>
#include <cmath>

#include "core/text.h"
#include "explorer/overlays/overlay.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/explanations.h"
#include "explorer/texts/legends.h"

namespace loom {
namespace {

class Overlap : public OverlayLayer {
 public:
  bool work(const OverlayContext& context, Fields& fields, const Deadline& deadline) override {
    if (!done_) done_ = fields.overlap(context.model, deadline) != nullptr;
    return !done_;
  }

  void draw(const OverlayContext& context, const PlaneCanvas& canvas, Textures& textures) const override {
    if (!done_) return;
    const OverlapFields& fields = *context.fields.overlap();
    const DensityField& field = *context.fields.density();
    const Palette& colors = canvas.painter.colors();
    const auto typical = static_cast<float>(context.model.posterior.typical_density());
    const float most_mixed = std::log(static_cast<float>(std::max<std::size_t>(2, field.classes)));
    const ImTextureID texture = textures.get(
        text("overlay overlap ", context.model.id), context.model.projection_serial * 2 + colors.dark, [&] {
          return grid_pixels(field.grid, [&](std::size_t i) {
            if (fields.classes[i] < 0) return colors.plane;
            const float sure = 1 - fields.entropy[i] / most_mixed;
            const float weight = std::min(1.0f, std::sqrt(field.total[i] / (0.1f * typical)));  // low density fades out
            return mixed(colors.plane, class_color(static_cast<std::size_t>(fields.classes[i])),
                         0.85f * sure * sure * weight);
          });
        });
    draw_grid_image(canvas, field.grid, texture);
    for (const ContourLine& line : fields.borders) canvas.polyline(line.points, with_alpha(colors.ink, 0.7f), 1);
  }

  Legend legend(const OverlayContext& context) const override {
    Legend out;
    if (!done_) return out;
    const OverlapFigures& figures = context.fields.overlap()->figures;
    // Grey, because the map fades every class in its own colour.
    out.color = [](const Palette& colors, float t) {
      return mixed(colors.plane, colors.muted, 0.85f * (1 - t) * (1 - t));
    };
    const double most = std::log(std::max<double>(2, static_cast<double>(figures.bhattacharyya.rows())));
    for (const float share : {0.0f, 0.5f, 1.0f}) out.marks.push_back({share, number_text(share * most, 2)});
    out.unit = texts::kOverlapUnit;
    out.brief = texts::kOverlapBrief;
    out.lines.push_back(texts::best_accuracy(percent_text(context.fields.overlap()->left_out_accuracy),
                                             percent_text(figures.bayes_accuracy), context.model.mu.size()));
    Index a = 0, b = 0;
    double largest = -1;
    for (Index i = 0; i < figures.bhattacharyya.rows(); ++i)
      for (Index j = 0; j < i; ++j)
        if (figures.bhattacharyya(i, j) > largest) largest = figures.bhattacharyya(i, j), a = j, b = i;
    if (largest < 0) return out;
    const auto name = [&](Index c) { return context.model.class_names[static_cast<std::size_t>(c)]; };
    out.lines.push_back(texts::most_alike(name(a), name(b), percent_text(largest)));
    out.buttons.push_back({std::string(texts::kBorder.name), ChooseTool{"border"}});
    return out;
  }

  std::uint64_t serial() const override { return done_; }

 private:
  bool done_ = false;
};

}  // namespace

std::unique_ptr<OverlayLayer> make_overlap() { return std::make_unique<Overlap>(); }

}  // namespace loom
