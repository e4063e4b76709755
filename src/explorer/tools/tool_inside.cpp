#include <algorithm>
#include <cmath>

#include "core/text.h"
#include "explorer/draw/drawn_code.h"
#include "explorer/draw/picture.h"
#include "explorer/draw/unit_strip.h"
#include "explorer/draw/widgets.h"
#include "explorer/model/inside.h"
#include "explorer/session/session.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/layers.h"
#include "explorer/texts/texts.h"
#include "explorer/tools/input_image_buttons.h"
#include "explorer/tools/tool.h"

namespace loom {
namespace {

constexpr float kStageHead = 20, kTextLine = 17, kTipWidth = 270;
constexpr std::size_t kDimensions = 2;  // in the diagram

// What is said about a layer, in lines.
struct LayerLines {
  std::string title, sizes, formula, what;
};

LayerLines lines_of(const Inside& inside, std::size_t stage) {
  const Sequential& net = inside.layers();
  const auto units = [&](std::size_t s) {
    const ImageShape& shape = inside.stages()[s].shape;
    return texts::units_text(shape.channels, shape.height, shape.width);
  };
  const Layer& layer = net[stage - 1];
  const texts::LayerWords words = texts::layer_words(kind_of(layer));
  return {texts::layer_place(static_cast<std::int64_t>(stage), static_cast<std::int64_t>(net.size()), words.name),
          text(texts::from_to(units(stage - 1), units(stage)), " · ",
               texts::layer_weights(count_text(weight_count(layer)))),
          std::string(words.formula), std::string(words.what)};
}

std::string short_value(float value) { return number_text(static_cast<double>(value), std::fabs(value) < 100 ? 2 : 0); }

class InsideTool : public ToolLayer {
 public:
  bool work(const ToolContext& context) override {
    const Session& session = context.session;
    const LoadedModel& model = *session.model;
    const ExplorerState& state = session.state;
    if (state.unit.network == Network::decoder) {
      inside_.show(model, Network::decoder, model.plane.code(state.z));
      drawn_.reset();
      return inside_.measure(context.deadline);
    }
    const InputImage& input = session.input.current();
    original_ = input.x.size() > 0;
    if (!original_ && input.posterior.mu.rows() == 0) return false;
    Matrix x = input.x;
    if (!original_) decode(model.file.model, input.posterior.mu, workspace_, x);
    inside_.show(model, Network::encoder, x);
    drawn_.reset();
    if (model.variational()) drawn_ = drawn_code(inside_.posterior(), state.epsilon);
    return inside_.measure(context.deadline);
  }

  float panel(const ToolView& view, Rect r) override {
    Rect rest = r;
    const UnitChoice& chosen = view.session.state.unit;
    const int network = choice(view.painter, "net", rest.cut_top(button_height(view.narrow)), texts::kNetworks,
                               static_cast<int>(chosen.network));
    if (network >= 0 && network != static_cast<int>(chosen.network))
      view.actions.push_back(ChooseUnit{{.network = static_cast<Network>(network)}, false});
    rest.cut_top(kUnit);
    if (inside_.stages().empty() || inside_.network() != chosen.network) return rest.y - r.y;
    const bool encodes = chosen.network == Network::encoder;
    if (encodes) draw_input_image_buttons(view, rest);
    name_layers(view, rest.width);
    if (!view.narrow) draw_chosen(view, rest);
    std::optional<Hover> hover;
    for (std::size_t s = 0; s < inside_.stages().size(); ++s) {
      draw_stage(view, rest, s, hover);
      if (view.narrow && s == static_cast<std::size_t>(chosen.layer) + 1) draw_chosen(view, rest);
    }
    if (encodes) draw_answer(view, rest);
    if (hover) draw_tip(view.painter, r, *hover);
    return rest.y - r.y;
  }

  void on_plane(const ToolView& view, const PlaneCanvas& canvas) const override {
    if (!drawn_) return;
    const Slice& plane = view.session.model->plane;
    const Palette& colors = canvas.painter.colors();
    const Point mu = plane.project(RowVector(drawn_->mu.row(0))), z = plane.project(RowVector(drawn_->z.row(0)));
    if (view.session.input.current().origin == Origin::ring) {  // the plane draws the others
      const Point at = canvas.screen(mu);
      canvas.painter.line({at.x - 5, at.y}, {at.x + 6, at.y}, colors.ink, 1.5f);
      canvas.painter.line({at.x, at.y - 5}, {at.x, at.y + 6}, colors.ink, 1.5f);
      const Point sigma = plane.deviation(RowVector(drawn_->logvar.row(0)));
      for (const float widths : {1.0f, 2.0f})
        canvas.ellipse(mu, {widths * sigma.x, 0}, {0, widths * sigma.y},
                       with_alpha(colors.ink, widths > 1 ? 0.45f : 0.9f), 1.5f);
    }
    canvas.segment(mu, z, colors.accent, 1.5f);
    const Point at = canvas.screen(z);
    canvas.painter.disc(at, 6, colors.plane);
    canvas.painter.disc(at, 4.5f, colors.accent);
    canvas.label({at.x, at.y - 14}, texts::kDrawnPoint);
  }

 private:
  struct Hover {
    std::size_t stage;
    Index unit;
    Rect strip;
  };

  // For the page's controls: the layers as choices, in one group.
  void name_layers(const ToolView& view, float width) const {
    for (std::size_t s = 1; s < inside_.stages().size(); ++s) {
      const InsideStage& stage = inside_.stages()[s];
      const Index shown = stage.look == UnitLook::picture
                              ? stage.units()
                              : static_cast<Index>(unit_grid(stage, width, view.narrow).shown);
      name_choice(
          view.painter, text("layer ", s),
          texts::layer_spoken(static_cast<std::int64_t>(s), texts::layer_words(kind_of(inside_.layers()[s - 1])).name,
                              texts::units_text(stage.shape.channels, stage.shape.height, stage.shape.width), shown,
                              stage.units()),
          view.session.state.unit.layer + 1 == static_cast<std::int32_t>(s));
    }
  }

  // The chosen unit and its layer.
  void draw_chosen(const ToolView& view, Rect& rest) const {
    const Painter& painter = view.painter;
    const Palette& colors = painter.colors();
    const UnitChoice& chosen = view.session.state.unit;
    const auto stage = static_cast<std::size_t>(chosen.layer) + 1;
    if (stage >= inside_.stages().size()) return;
    const LayerLines lines = lines_of(inside_, stage);
    const auto line = [&](std::string_view words, Color color) {
      const Rect row = rest.cut_top(kTextLine);
      painter.text_within(TextSize::small, {row.x, row.center().y}, row.width, color, words);
    };
    painter.describe({.kind = AccessibleNode::Kind::heading, .words = lines.title});
    painter.describe({.words = text(lines.sizes, ". ", lines.formula, ". ", lines.what)});
    line(lines.title, colors.ink);
    line(lines.sizes, colors.muted);
    const auto units = static_cast<std::int64_t>(inside_.stages()[stage].units());
    Rect row = rest.cut_top(view.narrow ? kTouchTarget : 26);
    const std::string place = texts::unit_place(chosen.unit + 1, units);
    painter.describe({.kind = AccessibleNode::Kind::fact,
                      .words = std::string(texts::kUnitSlider),
                      .value = text(place, ": ", short_value(inside_.activation(stage, chosen.unit)))});
    const Rect name = row.cut_left(painter.text_width(TextSize::small, texts::unit_place(units, units)) + kUnit);
    painter.text(TextSize::small, {name.x, name.center().y}, colors.ink, place);
    const Rect value = row.cut_right(52);
    painter.text(TextSize::small, {value.right(), value.center().y}, colors.ink,
                 short_value(inside_.activation(stage, chosen.unit)), Align::right);
    auto unit = static_cast<float>(chosen.unit + 1);
    if (units > 1 && slider(painter, "unit", texts::kUnitSlider, row, unit, 1, static_cast<float>(units), true))
      view.actions.push_back(ChooseUnit{{chosen.network, chosen.layer, static_cast<std::int32_t>(unit) - 1}});
    rest.cut_top(kUnit / 2);
  }

  // A stage: its name, and its units.
  void draw_stage(const ToolView& view, Rect& rest, std::size_t s, std::optional<Hover>& hover) const {
    const Painter& painter = view.painter;
    const Palette& colors = painter.colors();
    const InsideStage& stage = inside_.stages()[s];
    const UnitChoice& chosen = view.session.state.unit;
    const UnitGrid grid = unit_grid(stage, rest.width, view.narrow);
    const bool is_chosen = s > 0 && static_cast<std::size_t>(chosen.layer) + 1 == s;
    const std::string id = text("layer ", s);
    const std::string name = s > 0 ? text(s, "  ", texts::layer_words(kind_of(inside_.layers()[s - 1])).name)
                             : inside_.network() == Network::decoder ? std::string(texts::kCodeAtRing)
                                                                     : view.session.input.current().name;
    Rect head = rest.cut_top(kStageHead);
    Rect area = rest.cut_top(grid.height());
    const bool inline_code = s == 0 && stage.look == UnitLook::number && stage.units() <= 3;  // beside its name
    if (inline_code) {
      area.y = head.y;
      head.height = area.height;
      rest.y -= kStageHead, rest.height += kStageHead;
      area.x = area.right() - static_cast<float>(grid.columns) * (grid.width + grid.gap) + grid.gap;
    }
    rest.cut_top(kUnit / 2);
    const auto [low, high] = std::pair(painter.list().GetClipRectMin().y, painter.list().GetClipRectMax().y);
    const bool visible = head.y * painter.scale() < high && area.bottom() * painter.scale() > low;
    if (!visible && !(painter.nodes() && painter.nodes()->pressed(id))) return;
    painter.text(TextSize::small, {head.x, head.center().y}, is_chosen ? colors.accent : colors.ink, name);
    if (stage.look != UnitLook::picture && !inline_code)
      painter.text(TextSize::small, {head.right(), head.center().y}, colors.muted,
                   texts::units_shown(static_cast<std::int64_t>(grid.shown), static_cast<std::int64_t>(stage.units())),
                   Align::right);
    const UnitHit hit = draw_units(painter, area, inside_, s, grid, is_chosen ? chosen.unit : -1, id, view.textures);
    if (s + 1 == inside_.stages().size() && inside_.network() == Network::decoder) draw_image(view, area);
    if (hit.clicked && hit.unit)
      view.actions.push_back(
          ChooseUnit{{chosen.network, static_cast<std::int32_t>(s) - 1, static_cast<std::int32_t>(*hit.unit)}});
    else if (hit.unit)
      hover = Hover{s, *hit.unit, {head.x, head.y, head.width, area.bottom() - head.y}};
  }

  // The image that the decoder's last numbers mean, beside them.
  void draw_image(const ToolView& view, const Rect& area) const {
    const Painter& painter = view.painter;
    const float side = area.height;
    const Rect square{area.x + side + 5 * kUnit, area.y, side, side};
    painter.text(TextSize::body, {area.x + side + 2.5f * kUnit, area.center().y}, painter.colors().muted, "→",
                 Align::center);
    draw_picture(painter, square, inside_.picture_shape(), view.session.decoder.picture(), "inside image",
                 view.textures);
    Rect beside{square.right() + kUnit, square.y, area.right() - square.right() - kUnit, side};
    beside.y += (side - 2 * kTextLine) / 2;
    painter.paragraph(TextSize::small, beside, painter.colors().muted, texts::kImageOut);
  }

  // What the encoder's last numbers mean, and the code that is drawn from it.
  void draw_answer(const ToolView& view, Rect& rest) const {
    const LoadedModel& model = *view.session.model;
    if (!original_) words(view.painter, rest, texts::kReconstructionInside);
    if (!drawn_) return words(view.painter, rest, texts::kPlainCode, true);
    heading(view.painter, rest, texts::kReparameterised);
    const PlaneChoice& plane = model.plane.choice();
    std::vector<Index> dimensions;
    std::vector<std::string> names;
    for (Index d = 0; d < std::min<Index>(kDimensions, model.latent_dim()); ++d) {
      const Index dimension = plane.principal ? d : static_cast<Index>(plane.axes[static_cast<std::size_t>(d)]);
      dimensions.push_back(std::min(dimension, model.latent_dim() - 1));
      names.push_back(text('z', dimensions.back() + 1));
    }
    draw_code_diagram(view.painter, rest, *drawn_, dimensions, names);
    if (model.latent_dim() > static_cast<Index>(kDimensions))
      words(view.painter, rest, texts::some_dimensions(kDimensions, model.latent_dim()));
    const std::array<std::string_view, 2> labels{texts::kDrawAgain, texts::kMoveToDrawn};
    const int clicked = button_row(view.painter, "epsilon", rest, labels, button_height(view.narrow));
    if (clicked == 0) view.actions.push_back(SetValue{&ExplorerState::epsilon, view.session.state.epsilon + 1});
    if (clicked != 1) return;
    const RowVector z = drawn_->z.row(0);
    if (model.plane.has_rest()) {
      PlaneChoice there = plane;
      there.others = model.plane.weights(z);
      view.actions.push_back(SetPlane{there});
    }
    view.actions.push_back(FlyTo{model.plane.project(z)});
  }

  // The card of the unit under the pointer, beside the panel or above the strip.
  void draw_tip(const Painter& below, const Rect& panel, const Hover& hover) const {
    const InsideStage& stage = inside_.stages()[hover.stage];
    const LayerLines lines = lines_of(inside_, hover.stage);
    const std::string unit =
        text(texts::unit_place(static_cast<std::int64_t>(hover.unit) + 1, static_cast<std::int64_t>(stage.units())),
             ": ", short_value(inside_.activation(hover.stage, hover.unit)));
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const Rect window{0, 0, size.x / below.scale(), size.y / below.scale()};
    const float width = std::min(kTipWidth, window.width - 2 * kUnit), inner = width - 2 * kUnit;
    std::vector<std::pair<std::string, bool>> parts{
        {lines.title, true}, {lines.sizes, false}, {lines.formula, false}, {lines.what, false}};
    if (stage.look == UnitLook::weights)
      parts.emplace_back(inside_.network() == Network::decoder ? texts::kTimesWeights : texts::kTimesWeightsFrom,
                         false);
    parts.emplace_back(unit, true);
    if (const auto at = static_cast<std::size_t>(hover.unit); at < stage.low.size())
      parts.emplace_back(texts::usual_range(short_value(stage.low[at]), short_value(stage.high[at])), false);
    float height = 1.5f * kUnit;
    for (const auto& [words, strong] : parts) height += below.paragraph_height(TextSize::small, inner, words) + 3;
    const bool beside = panel.x > width + 2 * kUnit;
    const float x = beside ? panel.x - width - 2.5f * kUnit : panel.x;
    const float y = beside ? hover.strip.y : hover.strip.y - height - kUnit / 2;
    const Rect card{std::floor(x), std::floor(std::clamp(y, kUnit, std::max(kUnit, window.height - height - kUnit))),
                    width, std::ceil(height)};
    const Painter painter = begin_overlay("inside tip", card, below, false, true);
    const Palette& colors = painter.colors();
    painter.fill(card, colors.raised, kUnit);
    painter.outline(card, colors.line, kUnit);
    Rect rest = card.inset(kUnit);
    for (const auto& [words, strong] : parts)
      rest.cut_top(painter.paragraph(TextSize::small, rest, strong ? colors.ink : colors.muted, words) + 3);
    end_overlay();
  }

  Inside inside_;
  std::optional<DrawnCode> drawn_;  // of a variational encoder
  bool original_ = true;            // the encoder's input is the image itself, not its reconstruction
  Workspace workspace_;
};

}  // namespace

std::unique_ptr<ToolLayer> make_inside_tool() { return std::make_unique<InsideTool>(); }

}  // namespace loom
