#include <cmath>
#include <numbers>

#include "core/text.h"
#include "explorer/draw/widgets.h"
#include "explorer/model/images/reconstruction_report.h"
#include "explorer/session/session.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"
#include "explorer/texts/tips.h"
#include "explorer/tools/image_answer.h"
#include "explorer/tools/input_image_buttons.h"
#include "explorer/tools/tool.h"

namespace loom {
namespace {

class ImageTool : public ToolLayer {
 public:
  bool work(const ToolContext& context) override {
    return report_.work(*context.session.model, context.session.input.current());
  }

  float panel(const ToolView& view, Rect r) override {
    const Session& session = view.session;
    const InputImage& input = session.input.current();
    const ImageShape& shape = session.model->file.model.spec.image;
    Rect rest = r;
    const float side = cell_side(rest.width, 3, kUnit, 150);
    draw_canvas(view, {rest.x, rest.y, side, side + kCaption}, shape);
    const bool has_original = input.x.size() > 0;
    picture_cell(view.painter, {rest.x + side + kUnit, rest.y, side, side + kCaption}, shape, report_.reconstruction(),
                 "input decoded", texts::kDecoded, view.textures);
    const Rect third{rest.x + 2 * (side + kUnit), rest.y, side, side + kCaption};
    if (has_original)
      picture_cell(view.painter, third, shape, report_.difference(), "input difference", texts::kDifference,
                   view.textures);
    else
      view.painter.paragraph(TextSize::small, third, view.painter.colors().muted,
                             has_originals(session, *session.model) ? texts::kOriginalComing : texts::kOriginalMissing);
    rest.cut_top(side + kCaption + kUnit / 2);
    words(view.painter, rest, answer_.words(session, excess_of(*session.model, input)), true);
    draw_input_image_buttons(view, rest);
    if (view.session.visitor_image.pixels.size() > 0) {
      const std::array<std::string_view, 1> clear{texts::kClearDrawing};
      if (button_row(view.painter, "clear", rest, clear, button_height(view.narrow)) == 0)
        view.actions.push_back(ClearDrawing{});
    }
    draw_numbers(view, rest, input);
    return rest.y - r.y;
  }

 private:
  // The square to draw on; shows the input image.
  void draw_canvas(const ToolView& view, Rect cell, const ImageShape& shape) {
    const Painter& painter = view.painter;
    const InputImage& input = view.session.input.current();
    const Rect square{cell.x, cell.y, cell.width, cell.width};
    const bool is_own = input.origin == Origin::visitor;
    if (input.x.size() > 0)
      picture_cell(painter, cell, shape, report_.original(), "input", is_own ? texts::kYourImage : texts::kDrawHere,
                   view.textures);
    else
      picture_cell(painter, cell, shape, Picture{}, "input", texts::kDrawHere, view.textures);
    painter.outline(square, painter.colors().accent, 8, 1.5f);
    const Press press = painter.press("paper", square);
    painter.tip(square, texts::kDrawTip.words);
    if (!press.held) {
      drawing_ = false;
      return;
    }
    const ImGuiIO& io = ImGui::GetIO();
    const float scale = square.width / static_cast<float>(std::max(shape.width, shape.height));
    const Point center{static_cast<float>(shape.width) / 2, static_cast<float>(shape.height) / 2};
    const Point mouse{io.MousePos.x / painter.scale(), io.MousePos.y / painter.scale()};
    const Point to = center + (mouse - square.center()) * (1 / scale), from = drawing_ ? last_ : to;
    drawing_ = true;
    last_ = to;
    view.actions.push_back(DrawStroke{from, to});
  }

  void draw_numbers(const ToolView& view, Rect& rest, const InputImage& input) const {
    const Painter& painter = view.painter;
    const LoadedModel& model = *view.session.model;
    const PlaneChoice& choice = model.plane.choice();
    heading(painter, rest, texts::answer_to(input.name));
    const auto row = [&](std::string_view name, std::string_view value) {
      fact(painter, rest.cut_top(20), name, value);
    };
    const auto numbers = [&](std::string_view sign, Point p) {
      return text(sign, ' ', number_text(p.x, 2), "   ", sign, ' ', number_text(p.y, 2));
    };
    row(texts::means_along(direction_name(choice, choice.axes[0]), direction_name(choice, choice.axes[1])),
        numbers("\u03bc", input.mu));
    if (input.sigma.x > 0) row(texts::kDeviations, numbers("\u03c3", input.sigma));
    row(texts::kCurrentZ, text("z ", pair_text(view.session.state.z.x, view.session.state.z.y, 2)));
    rest.cut_top(kUnit / 2);
    const std::optional<ImageLoss>& loss = report_.loss();
    if (input.x.size() == 0) {
      const std::vector<Scalar>& excess = model.file.test.excess;
      if (const auto n = static_cast<std::size_t>(input.image); input.image >= 0 && n < excess.size())
        row(texts::kAboveFloorOfFile, text(number_text(excess[n], 1), ' ', loss_unit(model.file.model.spec)));
    } else if (loss) {
      heading(painter, rest, texts::cost_in(loss_unit(model.file.model.spec)));
      row(texts::kReconstruction, number_text(loss->reconstruction, 1));
      if (model.variational())
        row(texts::kl_in_bits(number_text(loss->kl / std::numbers::ln2, 1)), number_text(loss->kl, 1));
      row(texts::kFloor, number_text(loss->floor, 1));
      row(texts::kAboveFloor, number_text(loss->excess(), 1));
    } else {
      row(texts::kLoss, "\u2026");
    }
    rest.cut_top(kUnit);
    const std::array<std::string_view, 1> go{texts::kMoveToMean};
    if (button_row(painter, "go to mu", rest, go, button_height(view.narrow)) == 0)
      view.actions.push_back(FlyTo{input.mu});
  }

  // The loss above the least possible: computed or, for a test image without its original, from the file.
  std::optional<double> excess_of(const LoadedModel& model, const InputImage& input) const {
    if (input.x.size() > 0) return report_.loss() ? std::optional(report_.loss()->excess()) : std::nullopt;
    const std::vector<Scalar>& scores = model.file.test.excess;
    const auto n = static_cast<std::size_t>(input.image);
    return input.image >= 0 && n < scores.size() ? std::optional(static_cast<double>(scores[n])) : std::nullopt;
  }

  ReconstructionReport report_;
  ImageAnswer answer_;
  bool drawing_ = false;
  Point last_;
};

}  // namespace

std::unique_ptr<ToolLayer> make_image_tool() { return std::make_unique<ImageTool>(); }

}  // namespace loom
