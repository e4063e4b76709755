#include <algorithm>
#include <cmath>

#include "core/text.h"
#include "explorer/model/images/selection.h"
#include "explorer/session/session.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"
#include "explorer/tools/test_image_strip.h"

namespace loom {
namespace {

constexpr std::size_t kPageImages = 24;  // on one page of the sheet

class SelectTool : public ToolLayer {
 public:
  bool work(const ToolContext& context) override {
    const LoadedModel& model = *context.session.model;
    const ExplorerState& state = context.session.state;
    const Interaction& interaction = context.session.interaction;
    const bool free = has_shape(interaction);
    if (!free && !has_box(state.pins)) return false;
    const Key key{&model,
                  model.plane_serial,
                  free ? Point{} : *state.pins[0],
                  free ? Point{} : *state.pins[1],
                  state.isolated,
                  free ? interaction.shape_serial : 0};
    if (key != key_) {
      key_ = key;
      page_ = 0;
      images_ = free ? images_in_shape(model, state, interaction.shape)
                     : images_in_box(model, state, *state.pins[0], *state.pins[1]);
      counts_ = class_counts(model, images_);
      ++mean_wanted_;
      show_page(model);
    }
    update_mean(context.session);
    return strip_.work(context);
  }

  float panel(const ToolView& view, Rect r) override {
    const LoadedModel& model = *view.session.model;
    Rect rest = r;
    const Pins& pins = view.session.state.pins;
    const bool free = has_shape(view.session.interaction);
    if (!free && !has_box(pins)) {
      const std::array<std::string_view, 2> put{texts::kPutPin[0], texts::kPutPin[1]};
      const int clicked = button_row(view.painter, "pin", rest, put, button_height(view.narrow));
      if (clicked >= 0) view.actions.push_back(PutPin{static_cast<std::size_t>(clicked)});
      draw_shape_buttons(view, rest);
      return rest.y - r.y;
    }
    draw_shape_buttons(view, rest);
    words(view.painter, rest, texts::selected(images_.size(), model.mu.size()), true);
    if (images_.empty()) return rest.y - r.y;
    draw_summary(view, rest, model);
    std::vector<std::string_view> buttons{texts::kSaveCsv, texts::kSaveSheet};
    const bool more = mean_count_ < images_.size() && has_originals(view.session, model);
    if (more) buttons.push_back(texts::kMeanOfAll);
    const int clicked = button_row(view.painter, "save selection", rest, buttons, button_height(view.narrow));
    if (clicked == 0) view.actions.push_back(SaveFile{.name = "selection.csv", .text = codes_csv(model, images_)});
    if (clicked == 1) save_sheet(view, model);
    if (clicked == 2) view.actions.push_back(LoadOriginals{images_, true});
    draw_sheet(view, rest, model);
    return rest.y - r.y;
  }

  void on_plane(const ToolView& view, const PlaneCanvas& canvas) const override {
    const Pins& pins = view.session.state.pins;
    const Palette& colors = canvas.painter.colors();
    const Interaction& interaction = view.session.interaction;
    if (!interaction.shape.empty()) {
      std::vector<Point> round = interaction.shape;
      if (!interaction.drawing_shape) {
        round.push_back(round.front());
        hatch(canvas, with_alpha(colors.accent, 0.3f), [&](Point z) { return is_in_shape(interaction.shape, z); });
      }
      canvas.polyline(round, colors.ink, 1.5f);
      return;
    }
    if (!has_box(pins)) return;
    const Point a = canvas.screen(*pins[0]), b = canvas.screen(*pins[1]);
    const Rect box{std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x), std::abs(a.y - b.y)};
    canvas.painter.fill(box, with_alpha(colors.accent, 0.10f));
    canvas.painter.outline(box, colors.ink, 0, 1.5f);
  }

 private:
  static bool has_box(const Pins& pins) { return pins[0] && pins[1]; }
  static bool has_shape(const Interaction& interaction) {
    return !interaction.shape.empty() && !interaction.drawing_shape;
  }

  // The shape is drawn with a pointer only; the box can be moved by keys, too.
  static void draw_shape_buttons(const ToolView& view, Rect& rest) {
    const Interaction& interaction = view.session.interaction;
    std::vector<std::string_view> labels{interaction.wants_shape  ? texts::kDrawNow
                                         : has_shape(interaction) ? texts::kDrawAnother
                                                                  : texts::kDrawShape};
    if (has_shape(interaction)) labels.push_back(texts::kBackToBox);
    const int clicked = button_row(view.painter, "shape", rest, labels, button_height(view.narrow));
    if (clicked == 0) view.actions.push_back(WantShape{});
    if (clicked == 1) view.actions.push_back(DropShape{});
  }

  struct Key {
    const LoadedModel* model = nullptr;
    std::uint64_t plane = 0;
    Point a, b;
    std::uint32_t isolated = 0;
    std::uint64_t shape = 0;  // 0: the box
    bool operator==(const Key&) const = default;
  };

  void show_page(const LoadedModel& model) {
    const std::size_t begin = std::min(page_ * kPageImages, images_.size());
    const std::size_t end = std::min(begin + kPageImages, images_.size());
    strip_.show(model, {images_.begin() + static_cast<std::ptrdiff_t>(begin),
                        images_.begin() + static_cast<std::ptrdiff_t>(end)});
  }

  // The mean of the originals that have arrived.
  void update_mean(const Session& session) {
    const TestImages* originals = originals_of(session, *session.model);
    const std::uint64_t serial = originals ? originals->serial() : 0;
    if (mean_of_ == originals && mean_serial_ == serial && mean_made_ == mean_wanted_) return;
    mean_of_ = originals, mean_serial_ = serial, mean_made_ = mean_wanted_;
    mean_.pixels = originals ? mean_image(*originals, images_) : Matrix();
    ++mean_.serial;
    mean_count_ = 0;
    for (const std::int64_t n : images_) mean_count_ += originals && originals->has(static_cast<Index>(n)) ? 1 : 0;
  }

  // The mean image, and how many images each class has, the largest first.
  void draw_summary(const ToolView& view, Rect& rest, const LoadedModel& model) const {
    const Painter& painter = view.painter;
    const float side = view.narrow ? 72 : 96;
    Rect top = rest.cut_top(side + kCaption);
    if (mean_.pixels.size() > 0) {
      picture_cell(painter, top.cut_left(side), model.file.model.spec.image, mean_, "mean of selection",
                   mean_count_ == images_.size() ? std::string(texts::kMeanImage) : texts::mean_of(mean_count_),
                   view.textures);
      top.cut_left(1.5f * kUnit);
    }
    std::vector<std::size_t> order(counts_.size());
    for (std::size_t c = 0; c < order.size(); ++c) order[c] = c;
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return counts_[a] > counts_[b]; });
    for (const std::size_t c : order) {
      if (counts_[c] == 0 || top.height < 18 || !model.labelled) break;
      Rect row = top.cut_top(18);
      painter.marker(c, {row.x + 6, row.center().y}, 5, class_color(c));
      row.cut_left(18);
      fact(painter, row, model.class_names[c], text(counts_[c]));
    }
    rest.cut_top(kUnit / 2);
  }

  void draw_sheet(const ToolView& view, Rect& rest, const LoadedModel& model) {
    const std::size_t columns = columns_that_fit(rest.width, kUnit / 2, view.narrow ? 8 : 6, view.narrow);
    const float side = cell_side(rest.width, columns, kUnit / 2, 64);
    words(view.painter, rest, strip_.has_originals() ? texts::kTheirOriginals : texts::kTheirReconstructions);
    strip_.draw(view, rest, "selected", columns, side, 0, strip_.images().size());
    if (images_.size() <= kPageImages) return;
    const std::size_t pages = (images_.size() + kPageImages - 1) / kPageImages;
    const std::array<std::string_view, 2> turn{texts::kPageBack, texts::kPageOn};
    const int clicked = button_row(view.painter, "page", rest, turn, button_height(view.narrow));
    if (clicked >= 0) {
      page_ = (page_ + (clicked == 1 ? 1 : pages - 1)) % pages;
      show_page(model);
    }
    words(view.painter, rest, texts::page_of(page_ + 1, pages));
  }

  // The pictures of this page side by side, as the file holds them.
  void save_sheet(const ToolView& view, const LoadedModel& model) const {
    const ImageShape& shape = model.file.model.spec.image;
    const std::size_t count = strip_.images().size(), columns = std::min<std::size_t>(count, 6);
    const std::size_t rows = (count + columns - 1) / columns;
    const std::size_t width = columns * static_cast<std::size_t>(shape.width);
    const std::size_t height = rows * static_cast<std::size_t>(shape.height);
    SaveFile sheet{.name = "selection.png", .width = static_cast<int>(width), .height = static_cast<int>(height)};
    sheet.grey.resize(width * height);
    for (std::size_t i = 0; i < count; ++i) {
      const Matrix& x = strip_.picture(i).pixels;
      if (x.size() == 0) continue;  // it is still being decoded
      for (Index row = 0; row < shape.height; ++row)
        for (Index column = 0; column < shape.width; ++column) {
          const std::size_t to_y = i / columns * static_cast<std::size_t>(shape.height) + static_cast<std::size_t>(row);
          const std::size_t to_x =
              i % columns * static_cast<std::size_t>(shape.width) + static_cast<std::size_t>(column);
          sheet.grey[to_y * width + to_x] =
              static_cast<std::uint8_t>(std::lround(255 * unit_interval(x(0, row * shape.width + column))));
        }
    }
    view.actions.push_back(std::move(sheet));
  }

  Key key_;
  std::vector<std::int64_t> images_;
  std::vector<std::size_t> counts_;
  std::size_t page_ = 0;
  TestImageStrip strip_;
  Picture mean_;
  const TestImages* mean_of_ = nullptr;
  std::uint64_t mean_serial_ = 0;
  std::uint64_t mean_wanted_ = 0, mean_made_ = 0;
  std::size_t mean_count_ = 0;
};

}  // namespace

std::unique_ptr<ToolLayer> make_select_tool() { return std::make_unique<SelectTool>(); }

}  // namespace loom
