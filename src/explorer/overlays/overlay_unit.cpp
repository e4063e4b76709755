#include <algorithm>
#include <cmath>

#include "core/text.h"
#include "explorer/draw/colormap.h"
#include "explorer/model/inside.h"
#include "explorer/overlays/overlay.h"
#include "explorer/overlays/unit_field.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/layers.h"
#include "explorer/texts/legends.h"

namespace loom {
namespace {

class UnitOverlay : public OverlayLayer {
 public:
  bool work(const OverlayContext& context, Fields&, const Deadline& deadline) override {
    const LoadedModel& model = context.model;
    const UnitChoice choice = bounded(context.state.unit, model.file.model);
    const bool other = field_.choose(model, choice);
    if (other || z_ != context.z) {
      z_ = context.z, choice_ = choice;
      here_ = activations_.at(model.file.model, choice, Matrix(model.plane.code(z_))).front();
    }
    return field_.work(model, context.view, context.plane, deadline);
  }

  void draw(const OverlayContext& context, const PlaneCanvas& canvas, Textures& textures) const override {
    if (field_.empty()) return;
    const Palette& colors = canvas.painter.colors();
    const ImTextureID texture =
        textures.get(text("overlay unit ", context.model.id), 2 * field_.serial() + colors.dark, [&] {
          return grid_pixels(field_.grid(), [&](std::size_t i) {
            const std::optional<float> value = field_.value(i);
            return value ? diverging(colors, *value / largest()) : colors.plane;
          });
        });
    draw_grid_image(canvas, field_.grid(), texture);
  }

  Legend legend(const OverlayContext& context) const override {
    Legend out;
    if (field_.empty()) return out;
    const Model& model = context.model.file.model;
    const auto layer = static_cast<std::size_t>(choice_.layer);
    const std::string_view kind = texts::layer_words(kind_of(layers_of(model, choice_.network)[layer])).name;
    const std::string name =
        texts::unit_name(choice_.unit + 1, choice_.layer + 1, kind, choice_.network == Network::encoder);
    const float low = std::min(0.0f, field_.low()), high = std::max(0.0f, field_.high()), most = largest();
    const float range = std::max(high - low, 1e-6f);
    out.color = [=](const Palette& colors, float t) { return diverging(colors, (low + t * range) / most); };
    const int decimals = most < 10 ? 2 : 1;
    out.marks.push_back({0, number_text(low, decimals)});
    constexpr float kApart = 0.2f;  // of the bar, between two numbers
    const float zero = -low / range;
    if (zero > kApart && zero < 1 - kApart) out.marks.push_back({zero, "0"});
    out.marks.push_back({1, number_text(high, decimals)});
    out.unit = text(name, choice_.network == Network::encoder ? texts::kForDecoded : std::string_view());
    out.brief = texts::unit_brief(choice_.unit + 1, choice_.layer + 1);
    out.lines.push_back(texts::unit_here(number_text(here_, decimals), number_text(field_.low(), decimals),
                                         number_text(field_.high(), decimals)));
    UnitChoice next = choice_;
    ++next.unit;
    if (bounded(next, model) != next) next.unit = 0;
    if (next != choice_) out.buttons.push_back({std::string(texts::kNextUnit), ChooseUnit{next}});
    return out;
  }

  std::uint64_t serial() const override { return field_.serial(); }

 private:
  float largest() const { return std::max({1e-6f, std::fabs(field_.low()), std::fabs(field_.high())}); }

  UnitField field_;
  UnitChoice choice_;
  Point z_;
  float here_ = 0;
  UnitActivations activations_;
};

}  // namespace

std::unique_ptr<OverlayLayer> make_unit() { return std::make_unique<UnitOverlay>(); }

}  // namespace loom
