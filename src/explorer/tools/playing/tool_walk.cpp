#include <cmath>

#include "core/text.h"
#include "explorer/draw/film_strip.h"
#include "explorer/session/session.h"
#include "explorer/texts/texts.h"
#include "explorer/tools/playing/player_row.h"
#include "explorer/tools/tool.h"

namespace loom {
namespace {

// The ring goes from the centre of one class to that of the next.
class WalkTool : public ToolLayer {
 public:
  bool work(const ToolContext& context) override {
    const LoadedModel& model = *context.session.model;
    if (model_ != &model || serial_ != model.plane_serial) {
      model_ = &model, serial_ = model.plane_serial;
      round_ = class_round(model);
      Matrix codes(static_cast<Index>(round_.size()), model.latent_dim());
      for (std::size_t i = 0; i < round_.size(); ++i)
        codes.row(static_cast<Index>(i)) = model.plane.code(model.class_centers[round_[i]]);
      strip_.show(codes);
    }
    return strip_.work(model, context.deadline);
  }

  float panel(const ToolView& view, Rect r) override {
    const LoadedModel& model = *view.session.model;
    Rect rest = r;
    draw_player_row(view, rest, round_.size() > 1 && !is_locked(view.session.state, Lock::z));
    const float side = cell_side(rest.width, rest.width > kOneRow && view.narrow ? 10 : 5, 4, 72);
    const Index clicked =
        strip_.draw(view.painter, rest, model.file.model.spec.image, "stop", side, 4, 1, view.textures);
    if (clicked >= 0) view.actions.push_back(FlyTo{model.class_centers[round_[static_cast<std::size_t>(clicked)]]});
    if (!view.narrow) words(view.painter, rest, texts::kClassCenters);
    return rest.y - r.y;
  }

  void on_plane(const ToolView& view, const PlaneCanvas& canvas) const override {
    if (!model_ || round_.size() < 2) return;
    std::vector<Point> line;
    for (const std::size_t c : round_) line.push_back(model_->class_centers[c]);
    line.push_back(line.front());
    const Palette& colors = view.painter.colors();
    canvas.polyline(line, colors.plane, 4);
    canvas.polyline(line, with_alpha(colors.ink, 0.7f), 1.5f);
    for (const Point& p : line) canvas.painter.disc(canvas.screen(p), 4, colors.ink);
  }

  Walk walk(const Session& session) const override {
    return session.model ? class_walk(*session.model, session.state.z) : Walk{};
  }

 private:
  const LoadedModel* model_ = nullptr;
  std::uint64_t serial_ = 0;
  std::vector<std::size_t> round_;
  FilmStrip strip_;
};

}  // namespace

std::unique_ptr<ToolLayer> make_walk_tool() { return std::make_unique<WalkTool>(); }

}  // namespace loom
