#include <algorithm>
#include <cmath>
#include <optional>

#include "analysis/bound/bound.h"
#include "analysis/bound/evidence.h"
#include "analysis/bound/refine.h"
#include "core/text.h"
#include "explorer/draw/colormap.h"
#include "explorer/model/images/input_image.h"
#include "explorer/overlays/overlay.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/legends.h"

namespace loom {
namespace {

constexpr Index kTableCells = 64;         // along each axis; the table takes 13 MB for 784 pixels
constexpr Index kTableBatch = 4;          // cells decoded between two checks of the deadline
constexpr Index kCloseCells = 32;    // of a window around a posterior that is too narrow for the cells above
constexpr float kAround = 5;         // standard deviations from the centre of that window to its edge
constexpr float kFarthest = 12;      // cells: the window is enlarged to hold an ellipse up to this far away
constexpr float kNarrow = 2;         // cells: a posterior with a smaller standard deviation is too narrow
constexpr float kShade = 0.4f;       // exponent that makes low densities visible
constexpr int kRefineSteps = 40, kRefineNodes = 4;
constexpr Scalar kRefineRate = 0.15f;

class ExactPosterior : public OverlayLayer {
 public:
  bool work(const OverlayContext& context, Fields&, const Deadline& deadline) override {
    const Model& model = context.model.file.model;
    if (table_.order.empty())
      table_ = empty_table(model, field_grid(context.model, kTableCells), context.model.plane.plane());
    bool changed = false;
    while (!table_.complete()) {
      fill_table(table_, model, kTableBatch, workspace_);
      changed = true;
      if (deadline.passed()) break;
    }
    const InputImage* input = context.input;
    if (!input) return !table_.complete();
    picture(context.model, *input);
    if (changed || input->serial != input_serial_) {
      if (input->serial != input_serial_) refined_.reset();
      input_serial_ = input->serial;
      close_.reset();
      search_.reset();
      gap_.reset();
      joint_ = joint_densities(table_, x_);
      posterior_ = grid_posterior(table_, joint_);
      log_evidence_ = posterior_.log_evidence;
      ++serial_;
      is_narrow_ = std::max(posterior_.deviation.x, posterior_.deviation.y) < kNarrow * table_.grid.cell;
      refine(context.model);
      return true;
    }
    if (!table_.complete()) return true;
    // The image has stayed the same for a frame: accurate numbers, and a finer grid for a narrow posterior.
    const bool integrating = integrate(context.model, *input, deadline);
    const bool looking = !integrating && is_narrow_ && look_closely(context.model, *input, deadline);
    return refine(context.model) || integrating || looking;
  }

  void draw(const OverlayContext& context, const PlaneCanvas& canvas, Textures& textures) const override {
    if (posterior_.density.empty()) return;
    const Palette& colors = canvas.painter.colors();
    const bool close = close_ && close_->table.complete();
    // Factors that normalize the densities of both grids by the same evidence.
    const auto scale = static_cast<float>(std::exp(posterior_.log_evidence - log_evidence_));
    const auto close_scale = close ? static_cast<float>(std::exp(close_->posterior.log_evidence - log_evidence_)) : 0;
    const float most = close ? close_scale * *std::ranges::max_element(close_->posterior.density)
                             : scale * *std::ranges::max_element(posterior_.density);
    const auto show = [&](const char* name, const LatentGrid& grid, const GridPosterior& posterior, float times) {
      draw_grid_image(canvas, grid,
                      textures.get(text("overlay posterior ", name, context.model.id),
                                   texture_serial(context.model, serial_, colors.dark), [&] {
                                     return grid_pixels(grid, [&](std::size_t i) {
                                       const float share =
                                           most > 0 ? std::min(1.0f, times * posterior.density[i] / most) : 0;
                                       return sequential(colors, std::pow(share, kShade));
                                     });
                                   }));
    };
    show("", table_.grid, posterior_, scale);
    if (close) show("close ", close_->table.grid, close_->posterior, close_scale);
    if (!refined_) return;
    const Slice& plane = context.model.plane;
    const Point mu = plane.project(RowVector(refined_->mu.row(0)));
    const Point sigma = plane.deviation(RowVector(refined_->logvar.row(0)));
    for (const float widths : {1.0f, 2.0f})
      canvas.ellipse(mu, {widths * sigma.x, 0}, {0, widths * sigma.y}, colors.accent, 1.5f);
    canvas.label(canvas.screen(mu) + Point{0, -2 * sigma.y * canvas.unit() - 10}, texts::kRefined);
  }

  Legend legend(const OverlayContext& context) const override {
    Legend out;
    out.color = [](const Palette& colors, float t) { return sequential(colors, t); };
    for (const float share : {0.0f, 0.01f, 0.1f, 1.0f})
      out.marks.push_back({std::pow(share, kShade), percent_text(share)});
    out.brief = texts::kPosteriorBrief;
    out.unit = texts::kPosteriorUnit;
    if (!table_.complete()) {
      out.lines.push_back(texts::decoding_plane(
          percent_text(static_cast<double>(table_.filled) / static_cast<double>(table_.order.size()))));
      return out;
    }
    if (!context.input) return out;
    const bool integrated = search_ && search_->done();
    std::string line = texts::log_evidence(
        text(context.input->name, context.input->x.size() > 0 ? std::string_view() : texts::kAsDecoded),
        integrated ? number_text(log_evidence_, 1) : texts::about(number_text(log_evidence_, 0)));
    if (gap_) line += texts::gap(number_text(*gap_, 1));
    if (gap_) out.brief = texts::gap_brief(number_text(*gap_, 1));
    out.lines.push_back(line + ".");
    if (refined_)
      out.lines.push_back(texts::refined_by(static_cast<int>(refined_->steps),
                                            number_text(refined_->before[0] - refined_->negative_elbo[0], 1)));
    else if (context.model.variational())
      out.buttons.push_back({std::string(texts::kRefine), PressOverlay{}});
    if (const std::optional<View> closer = closer_view(context))
      out.buttons.push_back({std::string(texts::kZoomToPosterior), SetView{*closer}});
    return out;
  }

  std::optional<View> closer_view(const OverlayContext& context) const override {
    constexpr float kSmallestSpot = 48;  // points
    if (!table_.complete() || !context.input || context.input->serial != input_serial_ || !is_narrow_)
      return std::nullopt;
    const float wide = 2 * std::max(posterior_.deviation.x, posterior_.deviation.y);
    if (wide * points_per_unit(context.view, context.plane) >= kSmallestSpot) return std::nullopt;
    return View{posterior_.mean, std::max(1.5f * table_.grid.cell, kAround * wide)};
  }

  void press() override { wants_refinement_ = true; }

  std::uint64_t serial() const override { return serial_; }

 private:
  // The image itself or, for an encoded one without its original, its reconstruction.
  void picture(const LoadedModel& model, const InputImage& input) {
    if (input.serial == input_serial_) return;
    x_ = input.x;
    if (x_.size() == 0) decode(model.file.model, input.posterior.mu, workspace_, x_);
    start_ = input.posterior;
  }

  // A window around the posterior, with its own finer grid.
  struct Close {
    DecoderTable table;
    GridPosterior posterior;
  };

  // log p(x), and the gap of the encoder: KL(q || p(z|x)) = log p(x) + negative ELBO. Returns true while there is more
  // to do.
  bool integrate(const LoadedModel& model, const InputImage& input, const Deadline& deadline) {
    if (search_ && search_->done()) return false;
    const bool has_posterior = input.sigma.x > 0;
    if (!search_) {
      const Point cell{table_.grid.cell, table_.grid.cell};
      search_.emplace(table_, x_, joint_, input.mu, has_posterior ? input.sigma : cell);
    }
    while (!search_->advance(model.file.model, table_, kTableBatch, evidence_scratch_))
      if (deadline.passed()) return true;
    log_evidence_ = search_->log_evidence();
    if (has_posterior) {
      const BoundTerms terms =
          bound_terms(model.file.model, x_, start_.mu, start_.logvar, default_rule(2), bound_scratch_);
      gap_ = std::max(0.0, log_evidence_ + terms.negative_elbo(0));
    }
    ++serial_;
    return false;
  }

  // The heat map on a window that holds the posterior, and the ellipse too if it is near. Returns true while there is
  // more to do.
  bool look_closely(const LoadedModel& model, const InputImage& input, const Deadline& deadline) {
    if (close_ && close_->table.complete()) return false;
    const float cell = table_.grid.cell;
    const Point center = posterior_.mean, away = input.mu - center;
    const float apart = std::max(std::fabs(away.x) + 4 * input.sigma.x, std::fabs(away.y) + 4 * input.sigma.y);
    const bool holds_ellipse = input.sigma.x > 0 && apart < kFarthest * cell;
    if (!close_) {
      const float half = kAround * std::max({posterior_.deviation.x, posterior_.deviation.y, 0.6f * cell});
      close_ = Close{
          empty_table(model.file.model, square_grid(center, std::max(half, holds_ellipse ? apart : 0.0f), kCloseCells),
                      model.plane.plane()),
          {}};
    }
    while (!close_->table.complete()) {
      fill_table(close_->table, model.file.model, kTableBatch, workspace_);
      if (deadline.passed() && !close_->table.complete()) return true;
    }
    close_->posterior = grid_posterior(close_->table, x_);
    ++serial_;
    return false;
  }

  // One step per frame, so that the movement of the ellipse is visible.
  bool refine(const LoadedModel& model) {
    if (!wants_refinement_) return false;
    if (!refined_) refined_ = begin_refinement(start_.mu, start_.logvar);
    refine_step(*refined_, model.file.model, x_, rule_, kRefineRate, refine_scratch_);
    ++serial_;
    wants_refinement_ = refined_->steps < kRefineSteps;
    return wants_refinement_;
  }

  DecoderTable table_;
  GridPosterior posterior_;
  std::optional<Close> close_;
  double log_evidence_ = 0;
  bool is_narrow_ = false;
  Matrix x_;
  Posterior start_;
  std::uint64_t input_serial_ = 0, serial_ = 1;
  bool wants_refinement_ = false;
  std::vector<double> joint_;  // log p(x, z) in the cells of table_
  std::optional<EvidenceSearch> search_;  // of log p(x)
  std::optional<double> gap_;  // nats
  std::optional<Refinement> refined_;
  NoiseRule rule_ = gauss_hermite_rule(kRefineNodes, 2);
  RefineScratch refine_scratch_;
  EvidenceScratch evidence_scratch_;
  BoundScratch bound_scratch_;
  Workspace workspace_;
};

}  // namespace

std::unique_ptr<OverlayLayer> make_posterior() { return std::make_unique<ExactPosterior>(); }

}  // namespace loom
