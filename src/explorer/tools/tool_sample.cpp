#include "core/text.h"
#include "explorer/draw/film_strip.h"
#include "explorer/session/session.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"
#include "explorer/tools/tool.h"
#include "uses/samples.h"

namespace loom {
namespace {

constexpr Index kSampleCount = 15;

// The current settings with one of them changed.
template <class Value>
SetSamples changed(const ExplorerState& state, Value SetSamples::* setting, Value value) {
  SetSamples samples{state.source, state.source_class, state.bernoulli, state.draw};
  samples.*setting = value;
  return samples;
}

class SampleTool : public ToolLayer {
 public:
  bool work(const ToolContext& context) override {
    const LoadedModel& model = *context.session.model;
    const ExplorerState& state = context.session.state;
    const Key key{&model, model.projection_serial, state.source, state.source_class, state.draw};
    if (key != key_) {
      key_ = key;
      const SampleRequest request = request_of(state);
      missing_ = request.source != SampleSource::prior && images_to_draw_from(model.file.test, request).empty();
      strip_.show(missing_ ? Matrix(0, model.latent_dim()) : draw_codes(model.file, request));
      shown_ = 0;
    }
    if (strip_.work(model, context.deadline)) return true;
    if (shown_ != 1u + state.bernoulli) {
      shown_ = 1u + state.bernoulli;
      pictures_ = strip_.pictures();
      for (std::size_t i = 0; i < pictures_.size(); ++i) {
        pictures_[i].serial = ++serial_;
        if (state.bernoulli) draw_pixels(state.draw, static_cast<Index>(i), pixels_of(pictures_[i]));
      }
    }
    return false;
  }

  float panel(const ToolView& view, Rect r) override {
    const LoadedModel& model = *view.session.model;
    const ExplorerState& state = view.session.state;
    Rect rest = r;
    const float height = button_height(view.narrow);
    const int source =
        choice(view.painter, "from", rest.cut_top(height), texts::kSampleSources, static_cast<int>(state.source));
    if (source >= 0 && (source == 0 || !model.mu.empty()))
      view.actions.push_back(changed(state, &SetSamples::source, static_cast<SampleSource>(source)));
    rest.cut_top(kUnit / 2);
    if (state.source == SampleSource::one_class) draw_classes(view, rest);
    Rect row = rest.cut_top(height);
    const int kind =
        choice(view.painter, "kind", row.cut_left(row.width * 0.55f), texts::kSampleKinds, state.bernoulli ? 1 : 0);
    if (kind >= 0) view.actions.push_back(changed(state, &SetSamples::bernoulli, kind == 1));
    row.cut_left(kUnit / 2);
    if (button(view.painter, "draw again", row, texts::kDrawAgain))
      view.actions.push_back(changed(state, &SetSamples::draw, state.draw + 1));
    rest.cut_top(kUnit);
    const std::size_t columns = view.narrow && rest.width > kOneRow ? 8 : 5;
    const float side = cell_side(rest.width, columns, 4, 96);
    for (std::size_t i = 0; i < pictures_.size(); ++i) {
      const Rect cell{rest.x + static_cast<float>(i % columns) * (side + 4),
                      rest.y + static_cast<float>(i / columns) * (side + 4), side, side};
      picture_cell(view.painter, cell, model.file.model.spec.image, pictures_[i], text("sample ", i), "",
                   view.textures);
      const Press press = view.painter.press(text("sample ", i).c_str(), cell);
      name_button(view.painter, text("sample ", i), texts::go_to_sample(i + 1));
      if (press.hovered) view.painter.outline(cell, view.painter.colors().accent, 4, 2);
      if (press.clicked) {
        const Point to = model.plane.project(RowVector(strip_.codes().row(static_cast<Index>(i))));
        view.actions.push_back(FlyTo{to});
      }
    }
    rest.cut_top(static_cast<float>((pictures_.size() + columns - 1) / columns) * (side + 4) + kUnit / 2);
    if (missing_) words(view.painter, rest, texts::kNoneOfClass, true);
    if (!model.variational() && state.source == SampleSource::prior)
      words(view.painter, rest, texts::kSamplesWithoutPrior, true);
    return rest.y - r.y;
  }

  void on_plane(const ToolView& view, const PlaneCanvas& canvas) const override {
    if (!key_.model) return;
    for (Index i = 0; i < strip_.codes().rows(); ++i) {
      const Point at = canvas.screen(key_.model->plane.project(RowVector(strip_.codes().row(i))));
      canvas.painter.disc(at, 5, view.painter.colors().plane);
      canvas.painter.disc(at, 3.5f, view.painter.colors().accent);
    }
  }

 private:
  struct Key {
    const LoadedModel* model = nullptr;
    std::uint64_t projection = 0;
    SampleSource source{};
    std::uint8_t of_class = 0;
    std::uint32_t draw = 0;
    bool operator==(const Key&) const = default;
  };

  // The request of `loom sample --seed`: the same seed gives the same images.
  static SampleRequest request_of(const ExplorerState& state) {
    return {.source = state.source,
            .label = state.source_class,
            .count = kSampleCount,
            .seed = state.draw,
            .bernoulli = state.bernoulli};
  }

  static std::span<Scalar> pixels_of(Picture& picture) {
    return {picture.pixels.data(), static_cast<std::size_t>(picture.pixels.size())};
  }

  // A row of markers that choose the class.
  static void draw_classes(const ToolView& view, Rect& rest) {
    const LoadedModel& model = *view.session.model;
    if (!model.labelled) return;
    const std::size_t count = std::min<std::size_t>(model.class_names.size(), 10);
    Rect row = rest.cut_top(button_height(view.narrow));
    const float width = row.width / static_cast<float>(std::max<std::size_t>(1, count));
    for (std::size_t c = 0; c < count; ++c) {
      const Rect cell = row.cut_left(width);
      const Press press = view.painter.press(text("of class ", c).c_str(), cell);
      const bool on = view.session.state.source_class == c;
      name_choice(view.painter, text("of class ", c), model.class_names[c], on);
      if (on || press.hovered)
        view.painter.fill(cell.inset(2), on ? view.painter.colors().pressed : view.painter.colors().hover, 6);
      view.painter.marker(c, cell.center(), 6, class_color(c));
      if (press.clicked)
        view.actions.push_back(changed(view.session.state, &SetSamples::of_class, static_cast<std::uint8_t>(c)));
    }
    if (view.session.state.source_class < model.class_names.size())
      words(view.painter, rest, model.class_names[view.session.state.source_class], true);
    rest.cut_top(kUnit / 2);
  }

  Key key_;
  FilmStrip strip_;
  std::vector<Picture> pictures_;
  std::uint64_t serial_ = 0;
  bool missing_ = false;  // no image to draw from
  unsigned shown_ = 0;  // 0: none yet, 1: means, 2: Bernoulli samples
};

}  // namespace

std::unique_ptr<ToolLayer> make_sample_tool() { return std::make_unique<SampleTool>(); }

}  // namespace loom
