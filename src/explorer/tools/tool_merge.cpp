#include <algorithm>

#include "core/text.h"
#include "explorer/draw/widgets.h"
#include "explorer/session/session.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"
#include "explorer/tools/test_image_strip.h"
#include "uses/merging.h"

namespace loom {
namespace {

// The most likely class at a point; none where no test images are near.
std::optional<std::size_t> class_at(const LoadedModel& model, Point z) {
  std::vector<double> by_class;
  const Neighbourhood near = neighbourhood(model, z, by_class);
  if (near.shown == 0) return std::nullopt;
  return near.top[0].class_id;
}

constexpr std::size_t kClassStepPicture = 3;

class MergeTool : public ToolLayer {
 public:
  bool work(const ToolContext& context) override {
    const LoadedModel& model = *context.session.model;
    const Pins& pins = context.session.state.pins;
    if (!pins[0] || !pins[1]) return false;
    if (model_ == &model && plane_ == model.plane_serial && pins_ == pins) return nearest_.work(context);
    model_ = &model, plane_ = model.plane_serial, pins_ = pins;
    const RowVector a = model.plane.code(*pins[0]), b = model.plane.code(*pins[1]);
    class_a_ = class_at(model, *pins[0]), class_b_ = class_at(model, *pins[1]);
    RowVector step = RowVector::Zero(model.latent_dim());
    if (class_a_ && class_b_) step = class_step(model.file.test, model.class_names.size(), *class_a_, *class_b_);
    const MergedCodes merged = merge_codes(model.file.model, a, b, step, workspace_);
    middle_ = model.plane.project(RowVector(merged.z.row(2)));
    moved_ = model.plane.project(RowVector(merged.z.row(3)));
    for (Index i = 0; i < 4; ++i) set(static_cast<std::size_t>(i), merged.images.row(i));
    set(4, merge_pixels(merged.images.row(0), merged.images.row(1)));
    show_nearest(model);
    return nearest_.work(context);
  }

  float panel(const ToolView& view, Rect r) override {
    const LoadedModel& model = *view.session.model;
    const Pins& pins = view.session.state.pins;
    Rect rest = r;
    const std::array<std::string_view, 2> put{pins[0] ? texts::kMovePin[0] : texts::kPutPin[0],
                                              pins[1] ? texts::kMovePin[1] : texts::kPutPin[1]};
    const int clicked = button_row(view.painter, "pin", rest, put, button_height(view.narrow));
    if (clicked >= 0) view.actions.push_back(PutPin{static_cast<std::size_t>(clicked)});
    if (!pins[0] || !pins[1]) return rest.y - r.y;
    const ImageShape& shape = model.file.model.spec.image;
    const auto name = [&](const std::optional<std::size_t>& c) {
      return c ? std::string_view(model.class_names[*c]) : texts::kNoClassNearby;
    };
    const bool one_row = view.narrow && rest.width > 320;
    const float side = cell_side(rest.width, one_row ? 5 : 3, kUnit, 120);
    const auto cell = [&](std::size_t i, float column, float y, std::string_view caption) {
      picture_cell(view.painter, {rest.x + column * (side + kUnit), y, side, side + kCaption}, shape, pictures_[i],
                   text("merge ", i), caption, view.textures);
    };
    const float y = rest.y;
    if (one_row) {
      for (std::size_t i = 0; i < 5; ++i)
        if (i != kClassStepPicture || model.labelled) cell(i, static_cast<float>(i), y, texts::kMergedBrief[i]);
      rest.cut_top(side + kCaption + kUnit);
    } else {
      cell(0, 0.5f, y, model.labelled ? text("A: ", name(class_a_)) : "A");
      cell(1, 1.5f, y, model.labelled ? text("B: ", name(class_b_)) : "B");
      rest.cut_top(side + kCaption + kUnit);
      heading(view.painter, rest, texts::kMergedHeading);
      const bool roomy = side > 96;
      cell(2, 0, rest.y, roomy ? texts::kMiddleOfCodes : texts::kMiddleOfCodesBrief);
      if (model.labelled) cell(kClassStepPicture, 1, rest.y, texts::kClassStep);
      cell(4, 2, rest.y, roomy ? texts::kMiddleOfPixels : texts::kMiddleOfPixelsBrief);
      rest.cut_top(side + kCaption + kUnit);
    }
    if (model.labelled)
      words(
          view.painter, rest,
          class_a_ && class_b_ ? texts::class_step(name(class_a_), name(class_b_)) : std::string(texts::kNoClassStep));
    if (nearest_.has_originals()) {
      heading(view.painter, rest, texts::kNearestToPins);
      nearest_.draw(view, rest, "merge nearest", 2, std::min(side, 72.0f), 0, nearest_.images().size());
    }
    return rest.y - r.y;
  }

  void on_plane(const ToolView& view, const PlaneCanvas& canvas) const override {
    if (!model_ || !pins_[0] || !pins_[1]) return;
    const Palette& colors = view.painter.colors();
    canvas.segment(canvas.screen(*pins_[0]), canvas.screen(*pins_[1]), colors.ink, 1.5f);
    canvas.painter.disc(canvas.screen(middle_), 5, colors.ink);
    if (!model_->labelled) return;
    canvas.arrow(*pins_[0], moved_, with_alpha(colors.ink, 0.7f), 1.5f);
    canvas.label(canvas.screen(middle_) + Point{0, 14}, texts::kMiddle);
    canvas.label(canvas.screen(moved_) + Point{0, 14}, texts::kClassStep);
  }

 private:
  // The encoded images nearest to the pins, to show originals beside what is decoded.
  void show_nearest(const LoadedModel& model) {
    std::vector<std::int64_t> images;
    for (const std::optional<Point>& pin : pins_) {
      const std::int64_t n = model.index.nearest(*pin, 2 * model.home.half, [](std::uint32_t) { return true; });
      if (n >= 0) images.push_back(n);
    }
    nearest_.show(model, std::move(images));
  }

  void set(std::size_t i, const Matrix& pixels) {
    pictures_[i].pixels = pixels;
    ++pictures_[i].serial;
  }

  const LoadedModel* model_ = nullptr;
  std::uint64_t plane_ = 0;
  Pins pins_;
  std::optional<std::size_t> class_a_, class_b_;
  Point middle_, moved_;
  std::array<Picture, 5> pictures_;
  TestImageStrip nearest_;
  Workspace workspace_;
};

}  // namespace

std::unique_ptr<ToolLayer> make_merge_tool() { return std::make_unique<MergeTool>(); }

}  // namespace loom
