#include <algorithm>
#include <optional>

#include "core/text.h"
#include "explorer/draw/film_strip.h"
#include "explorer/session/session.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"
#include "explorer/tools/playing/player_row.h"
#include "explorer/tools/tool.h"
#include "uses/interpolation.h"

namespace loom {
namespace {

constexpr Index kPlaces = 17;           // codes along the path; every second one is drawn in the strip
constexpr Index kCurve = 65;            // points of the path as it is drawn on the plane
constexpr Index kMeasured = 8;          // codes decoded between two checks of the deadline
constexpr double kPathSeconds = 6;      // from A to B

std::vector<Point> on_plane_of(const LoadedModel& model, const Matrix& codes) {
  std::vector<Point> out;
  for (Index i = 0; i < codes.rows(); ++i) out.push_back(model.plane.project(RowVector(codes.row(i))));
  return out;
}

class PathTool : public ToolLayer {
 public:
  bool work(const ToolContext& context) override {
    const LoadedModel& model = *context.session.model;
    const ExplorerState& state = context.session.state;
    if (!state.pins[0] || !state.pins[1]) return false;
    const Key key{&model, model.plane_serial, *state.pins[0], *state.pins[1], state.path};
    if (key != key_) {
      key_ = key;
      search_.emplace(key.kind, model.plane.code(key.a), model.plane.code(key.b), kPlaces);
      shown_ = false;
    }
    if (!search_->done() && !find_geodesic(context)) return true;
    if (!shown_) show(model);
    if (strip_.work(model, context.deadline)) return true;
    while (!measured_) {
      measured_ = search_->measure(model.file.model, kMeasured);
      if (context.deadline.passed()) break;
    }
    return !measured_;
  }

  float panel(const ToolView& view, Rect r) override {
    const ExplorerState& state = view.session.state;
    const LoadedModel& model = *view.session.model;
    Rect rest = r;
    const int kind = choice(view.painter, "path", rest.cut_top(button_height(view.narrow)), texts::kPaths,
                            static_cast<int>(state.path));
    if (kind >= 0) view.actions.push_back(SetValue{&ExplorerState::path, static_cast<PathKind>(kind)});
    rest.cut_top(kUnit);
    if (!state.pins[0] || !state.pins[1]) {
      const int start = button_row(view.painter, "start", rest, texts::kStartPins, button_height(view.narrow));
      if (start == 0) view.actions.push_back(PutPinsOnClasses{});
      if (start == 1) view.actions.push_back(PutPin{state.pins[0] ? 1u : 0u});
      return rest.y - r.y;
    }
    const int pin = button_row(view.painter, "pin", rest, texts::kMovePins, button_height(view.narrow));
    if (pin >= 0) view.actions.push_back(PutPin{static_cast<std::size_t>(pin)});
    if (search_ && !search_->done()) {
      words(view.painter, rest, texts::measuring_plane(percent_text(progress_)), true);
      return rest.y - r.y;
    }
    draw_player_row(view, rest, !line_.empty() && !is_locked(state, Lock::z));
    const float side = cell_side(rest.width, rest.width > kOneRow && view.narrow ? 9 : 5, 4, 96);
    const Index clicked =
        strip_.draw(view.painter, rest, model.file.model.spec.image, "film", side, 4, 2, view.textures);
    if (clicked >= 0) {
      const Point to = model.plane.project(RowVector(strip_.codes().row(clicked)));
      view.actions.push_back(FlyTo{to});
    }
    if (search_ && strip_.complete()) draw_steps(view, rest);
    return rest.y - r.y;
  }

  void on_plane(const ToolView& view, const PlaneCanvas& canvas) const override {
    if (line_.empty() || !key_.model) return;
    const Palette& colors = view.painter.colors();
    if (key_.kind != PathKind::straight)
      canvas.segment(canvas.screen(key_.a), canvas.screen(key_.b), with_alpha(colors.ink, 0.35f));
    canvas.polyline(line_, colors.plane, 5);
    canvas.polyline(line_, colors.ink, 2);
    const std::vector<Point> stops = on_plane_of(*key_.model, strip_.codes());
    for (std::size_t i = 2; i + 1 < stops.size(); i += 2) canvas.painter.disc(canvas.screen(stops[i]), 3, colors.ink);
  }

  Walk walk(const Session&) const override { return {line_, kPathSeconds, false}; }

 private:
  struct Key {
    const LoadedModel* model = nullptr;
    std::uint64_t plane = 0;
    Point a, b;
    PathKind kind = PathKind::straight;
    bool operator==(const Key&) const = default;
  };

  bool find_geodesic(const ToolContext& context) {
    const LoadedModel& model = *context.session.model;
    const Deadline& deadline = context.deadline;
    const MetricField* metric = context.fields.metric(model, deadline);
    progress_ = context.fields.metric_progress();
    if (!metric) return false;
    while (!search_->advance(model.file.model, model.plane.plane(), *metric))
      if (deadline.passed()) return false;
    return true;
  }

  void show(const LoadedModel& model) {
    shown_ = true;
    strip_.show(search_->codes());
    line_ = search_->points();
    measured_ = false;
    if (key_.kind == PathKind::geodesic) return;
    const PathSearch fine(key_.kind, model.plane.code(key_.a), model.plane.code(key_.b), kCurve);
    line_ = on_plane_of(model, fine.codes());
  }

  void draw_steps(const ToolView& view, Rect& rest) const {
    const std::vector<float> steps = strip_.steps();
    const float most = steps.empty() ? 0 : *std::ranges::max_element(steps);
    rest.cut_top(kUnit / 2);
    heading(view.painter, rest, texts::largest_step(number_text(100 * most, 1)));
    const Rect plot = rest.cut_top(view.narrow ? 36 : 64);
    columns(view.painter, plot, steps, -1);
    rest.cut_top(kUnit / 2);
    std::string line = texts::whole_path(measured_ ? number_text(100 * search_->length(), 0) : "...");
    if (measured_ && key_.kind == PathKind::geodesic)
      line += search_->is_straight()
                  ? std::string(texts::kNoShorterPath)
                  : texts::geodesic_shorter(percent_text(1 - search_->length() / search_->straight_length()));
    words(view.painter, rest, line + ".");
  }

  Key key_;
  std::vector<Point> line_;
  FilmStrip strip_;
  std::optional<PathSearch> search_;
  bool shown_ = false;     // the strip holds the codes of search_
  bool measured_ = false;  // the length of its path is known
  double progress_ = 0;
};

}  // namespace

std::unique_ptr<ToolLayer> make_path_tool() { return std::make_unique<PathTool>(); }

}  // namespace loom
