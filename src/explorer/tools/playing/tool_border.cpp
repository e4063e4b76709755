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
constexpr Index kMostInMatrix = 10;   // classes
constexpr float kSmallestCell = 24, kWidestCell = 32;
constexpr std::size_t kRanked = 8;   // pairs that are listed instead of the matrix

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
      draw_words(view, rest, model, overlap->figures.bhattacharyya);
      draw_walk(view, rest);
      rest.cut_top(kUnit);
      draw_ranking(view, rest, overlap->figures.bhattacharyya);
    } else {
      draw_matrix(view, rest, overlap->figures.bhattacharyya);
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

  // Cells shaded by overlap, with its number where there is room; a press selects the pair. Names at the left, marks
  // above. Cuts it off `rest`.
  void draw_matrix(const ToolView& view, Rect& rest, const Matrix& overlaps) const {
    const Painter& painter = view.painter;
    const Index classes = std::min<Index>(overlaps.rows(), kMostInMatrix);
    const std::vector<std::string>& names = view.session.model->class_names;
    const auto count = static_cast<float>(classes);
    const float least = std::min(kSmallestCell, std::floor(rest.width / count));
    float named = 0;
    for (Index i = 0; i < classes; ++i)
      named = std::max(named, painter.text_width(TextSize::small, names[static_cast<std::size_t>(i)]) + kUnit / 2);
    named = std::min(named, rest.width - least * count);
    const float cell = std::min(kWidestCell, std::floor((rest.width - named) / count));
    const Rect r = rest.cut_top(cell * (count + 1));
    const float left = r.x + named;
    for (Index i = 0; i < classes; ++i) {
      const auto c = static_cast<std::size_t>(i);
      const float y = r.y + cell * (static_cast<float>(i) + 1.5f), x = left + cell * (static_cast<float>(i) + 0.5f);
      const float radius = std::min(6.0f, cell / 2 - 1);
      painter.text_within(TextSize::small, {r.x, y}, named - kUnit / 2, painter.colors().ink, names[c]);
      painter.marker(c, {x, r.y + cell / 2}, radius, class_color(c));
      painter.tip({x - cell / 2, r.y, cell, cell}, names[c]);
      for (Index j = 0; j < classes; ++j)
        if (i != j)
          draw_pair(view, {left + cell * static_cast<float>(j), r.y + cell * static_cast<float>(i + 1), cell, cell},
                    {static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(j)}, overlaps);
    }
  }

  void draw_pair(const ToolView& view, Rect place, std::array<std::uint8_t, 2> classes, const Matrix& overlaps) const {
    const Painter& painter = view.painter;
    const Palette& colors = painter.colors();
    const std::vector<std::string>& names = view.session.model->class_names;
    const auto [i, j] = classes;
    const auto value = static_cast<float>(overlaps(i, j));
    const Color shade = sequential(colors, 0.75f * value);
    painter.fill(place.inset(0.5f), shade, 2);
    const std::string id = text("pair ", i, ' ', j), name = texts::pair_name(names[i], names[j]);
    const Press press = painter.press(id.c_str(), place);
    painter.tip(place, text(name, ": ", percent_text(value)));
    const bool on = pair_of(view.session.state, overlaps) == std::array{std::min(i, j), std::max(i, j)};
    if (i < j && painter.nodes()) name_choice(painter, id, name, on);
    if (place.width >= kSmallestCell)
      painter.text(TextSize::small, place.center(), readable_on(shade),
                   text(static_cast<int>(std::lround(100 * value))), Align::center);
    if (on || press.hovered) painter.outline(place, on ? colors.accent : colors.ink, 2, 2);
    if (press.clicked) view.actions.push_back(SetPair{i, j});
  }

  // Instead of the matrix, for fingers: the pairs that overlap most, each a button.
  void draw_ranking(const ToolView& view, Rect& rest, const Matrix& overlaps) const {
    const std::vector<std::string>& names = view.session.model->class_names;
    std::vector<std::array<std::uint8_t, 2>> pairs;
    for (Index a = 0; a < overlaps.rows(); ++a)
      for (Index b = a + 1; b < overlaps.cols(); ++b)
        pairs.push_back({static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(b)});
    std::ranges::sort(pairs, [&](const auto& x, const auto& y) {
      const double p = overlaps(x[0], x[1]), q = overlaps(y[0], y[1]);
      return p != q ? p > q : x < y;
    });
    pairs.resize(std::min(pairs.size(), kRanked));
    for (const auto& [a, b] : pairs) {
      const Rect row = rest.cut_top(button_height(true));
      rest.cut_top(kUnit / 2);
      if (button(view.painter, text("pair ", a, ' ', b).c_str(), row,
                 text(texts::pair_name(names[a], names[b]), ": ", percent_text(overlaps(a, b))),
                 pair_of(view.session.state, overlaps) == std::array{a, b}))
        view.actions.push_back(SetPair{a, b});
    }
    rest.cut_top(kUnit / 2);
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
