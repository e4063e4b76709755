#include <algorithm>
#include <cmath>

#include "core/text.h"
#include "explorer/draw/colormap.h"
#include "explorer/draw/film_strip.h"
#include "explorer/session/session.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"
#include "explorer/tools/playing/player_row.h"
#include "explorer/tools/tool.h"

namespace loom {
namespace {

constexpr Index kStamps = 9;
constexpr double kWalkSeconds = 8;
constexpr int kWalkSteps = 240;

class BorderTool : public ToolLayer {
 public:
  bool work(const ToolContext& context) override {
    const LoadedModel& model = *context.session.model;
    const Deadline& deadline = context.deadline;
    const OverlapFields* overlap = context.fields.overlap(model, deadline);
    if (!overlap) return true;
    const std::array<std::uint8_t, 2> pair = pair_of(context.session.state, overlap->figures.bhattacharyya);
    if (model_ == &model && serial_ == model.plane_serial && pair_ == pair) return strip_.work(model, deadline);
    model_ = &model, serial_ = model.plane_serial, pair_ = pair;
    const std::vector<ContourLine>* lines = context.fields.border(model, pair[0], pair[1]);
    line_ = lines && !lines->empty() ? lines->front() : ContourLine{};
    share_ = 0;
    Matrix codes(line_.points.empty() ? 0 : kStamps, model.latent_dim());
    for (Index i = 0; i < codes.rows(); ++i)
      codes.row(i) = model.plane.code(point_along(line_, static_cast<double>(i) / static_cast<double>(kStamps - 1)));
    strip_.show(codes);
    return strip_.work(model, deadline);
  }

  float panel(const ToolView& view, Rect r) override {
    const LoadedModel& model = *view.session.model;
    const OverlapFields* overlap = view.session.derived.fields.overlap();
    Rect rest = r;
    if (!overlap) return 0;
    if (view.narrow) {
      // The matrix at the left, the walk along the border beside it.
      const float side = std::min(150.0f, 0.42f * rest.width);
      Rect left = rest.cut_top(side);
      draw_matrix(view, left.cut_left(side), overlap->figures.bhattacharyya);
      left.cut_left(1.5f * kUnit);
      draw_words(view, left, model, overlap->figures.bhattacharyya);
      draw_walk(view, left);
      rest.cut_top(kUnit);
    } else {
      const float side = std::min(rest.width, 260.0f);
      draw_matrix(view, rest.cut_top(side), overlap->figures.bhattacharyya);
      rest.cut_top(kUnit);
      draw_words(view, rest, model, overlap->figures.bhattacharyya);
      draw_walk(view, rest);
    }
    if (strip_.size() > 0) {
      const float side = cell_side(rest.width, rest.width > kOneRow && view.narrow ? 9 : 5, 4, 72);
      const Index clicked =
          strip_.draw(view.painter, rest, model.file.model.spec.image, "border", side, 4, 1, view.textures);
      if (clicked >= 0) go(view, static_cast<float>(clicked) / static_cast<float>(kStamps - 1));
    }
    return rest.y - r.y;
  }

  void on_plane(const ToolView& view, const PlaneCanvas& canvas) const override {
    if (line_.points.empty()) return;
    canvas.polyline(line_.points, view.painter.colors().plane, 6);
    canvas.polyline(line_.points, view.painter.colors().accent, 3);
  }

  Walk walk(const Session&) const override {
    Walk walk{.points = {}, .seconds = kWalkSeconds, .closed = line_.closed};
    for (int i = 0; i <= kWalkSteps && !line_.points.empty(); ++i)
      walk.points.push_back(point_along(line_, static_cast<double>(i) / kWalkSteps));
    return walk;
  }

 private:
  // The pair that is chosen, or the one that overlaps most.
  static std::array<std::uint8_t, 2> pair_of(const ExplorerState& state, const Matrix& overlaps) {
    if (state.pair[0] != state.pair[1]) return state.pair;
    std::array<std::uint8_t, 2> best{0, 1};
    for (Index a = 0; a < overlaps.rows(); ++a)
      for (Index b = a + 1; b < overlaps.cols(); ++b)
        if (overlaps(a, b) > overlaps(best[0], best[1]))
          best = {static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(b)};
    return best;
  }

  // Cells shaded by overlap, with its number where there is room; a press selects the pair.
  void draw_matrix(const ToolView& view, Rect r, const Matrix& overlaps) const {
    const Painter& painter = view.painter;
    const Palette& colors = painter.colors();
    const Index classes = std::min<Index>(overlaps.rows(), 10);
    const float cell = std::floor(std::min(r.width, r.height) / static_cast<float>(classes + 1));
    const std::array<std::uint8_t, 2> pair = pair_of(view.session.state, overlaps);
    const std::vector<std::string>& names = view.session.model->class_names;
    for (Index i = 0; i < classes; ++i) {
      const auto c = static_cast<std::size_t>(i);
      const float at = cell * (static_cast<float>(i) + 1.5f);
      painter.marker(c, {r.x + cell / 2, r.y + at}, std::min(6.0f, cell / 2 - 1), class_color(c));
      painter.marker(c, {r.x + at, r.y + cell / 2}, std::min(6.0f, cell / 2 - 1), class_color(c));
      for (Index j = 0; j < classes; ++j) {
        const Rect place{r.x + cell * static_cast<float>(j + 1), r.y + cell * static_cast<float>(i + 1), cell, cell};
        const auto value = static_cast<float>(overlaps(i, j));
        if (i == j) continue;
        const Color shade = sequential(colors, 0.75f * value);
        painter.fill(place.inset(0.5f), shade, 2);
        const Press press = painter.press(text("pair ", i, ' ', j).c_str(), place);
        const bool on =
            pair == std::array{static_cast<std::uint8_t>(std::min(i, j)), static_cast<std::uint8_t>(std::max(i, j))};
        if (i < j && painter.nodes())
          name_choice(painter, text("pair ", i, ' ', j), texts::pair_name(names[c], names[static_cast<std::size_t>(j)]),
                      on);
        if (cell >= 22)
          painter.text(TextSize::small, place.center(), readable_on(shade),
                       text(static_cast<int>(std::lround(100 * value))), Align::center);
        if (on || press.hovered) painter.outline(place, on ? colors.accent : colors.ink, 2, 2);
        if (press.clicked) view.actions.push_back(SetPair{static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(j)});
      }
    }
  }

  void draw_words(const ToolView& view, Rect& rest, const LoadedModel& model, const Matrix& overlaps) const {
    const auto [a, b] = pair_;
    if (a >= model.class_names.size() || b >= model.class_names.size()) return;
    std::string line = texts::overlap_by(model.class_names[a], model.class_names[b], percent_text(overlaps(a, b)));
    line += line_.points.empty() ? texts::kNoBorder : texts::kWalkBorder;
    words(view.painter, rest, line, true);
  }

  void draw_walk(const ToolView& view, Rect& rest) {
    if (line_.points.empty()) return;
    const Playback& playback = view.session.playback;
    if (playback.player == Player::tool)
      share_ = static_cast<float>(share_at(playback.walk, playback.seconds, playback.loop));
    if (slider(view.painter, "walk", texts::kAlongBorder, rest.cut_top(button_height(view.narrow)), share_, 0, 1))
      go(view, share_);
    rest.cut_top(kUnit / 2);
    draw_player_row(view, rest, !is_locked(view.session.state, Lock::z));
  }

  void go(const ToolView& view, float share) {
    share_ = share;
    view.actions.push_back(FlyTo{point_along(line_, share)});
  }

  const LoadedModel* model_ = nullptr;
  std::uint64_t serial_ = 0;
  std::array<std::uint8_t, 2> pair_{};
  ContourLine line_;
  float share_ = 0;
  FilmStrip strip_;
};

}  // namespace

std::unique_ptr<ToolLayer> make_border_tool() { return std::make_unique<BorderTool>(); }

}  // namespace loom
