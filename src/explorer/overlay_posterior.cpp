#include <algorithm>
#include <cmath>

#include "analysis/quadrature.h"
#include "analysis/refine.h"
#include "core/text.h"
#include "explorer/colormap.h"
#include "explorer/number_text.h"
#include "explorer/overlay.h"
#include "explorer/subject.h"

namespace loom {
namespace {

constexpr Index kCells = 64;         // along each axis; the table takes 13 MB for 784 pixels
constexpr Index kBatch = 4;          // decoded between two looks at the clock
constexpr int kRefineSteps = 40, kRefineNodes = 4;
constexpr Scalar kRefineRate = 0.15f;

class ExactPosterior : public OverlayLayer {
 public:
  bool work(const Sight& sight, Fields&, const Deadline& deadline) override {
    const Model& model = sight.model.file.model;
    if (table_.order.empty()) table_ = empty_table(model, field_grid(sight.model, kCells));
    bool changed = false;
    while (!table_.complete()) {
      fill_table(table_, model, kBatch, activations_);
      changed = true;
      if (deadline.passed()) break;
    }
    const Subject* subject = sight.subject;
    if (!subject) return !table_.complete();
    picture(sight.model, *subject);
    if (changed || subject->serial != subject_serial_) {
      if (subject->serial != subject_serial_) refined_.reset();
      subject_serial_ = subject->serial;
      posterior_ = grid_posterior(table_, x_);
      ++serial_;
      has_gap_ = table_.complete() && subject->sigma.x > 0;
      if (has_gap_) gap_ = gap_on_grid(table_, posterior_, subject->mu, subject->sigma);
    }
    return refine(sight.model) || !table_.complete();
  }

  void draw(const Sight& sight, const PlaneCanvas& canvas, Textures& textures) const override {
    if (posterior_.density.empty()) return;
    const Palette& colors = canvas.painter.colors();
    const float most = *std::ranges::max_element(posterior_.density);
    const ImTextureID texture =
        textures.get(text("overlay posterior ", sight.model.id), 2 * serial_ + colors.dark, [&] {
          return grid_pixels(table_.grid, [&](std::size_t i) {
            return sequential(colors, most > 0 ? std::pow(posterior_.density[i] / most, 0.4f) : 0);
          });
        });
    draw_grid_image(canvas, table_.grid, texture);
    if (!refined_) return;
    const Point mu{refined_->mu(0, 0), refined_->mu(0, 1)};
    const Point sigma{std::exp(refined_->logvar(0, 0) / 2), std::exp(refined_->logvar(0, 1) / 2)};
    for (const float widths : {1.0f, 2.0f})
      canvas.ellipse(mu, {widths * sigma.x, 0}, {0, widths * sigma.y}, colors.accent, 1.5f);
    canvas.label(canvas.screen(mu) + Point{0, -2 * sigma.y * canvas.unit() - 10}, "refined");
  }

  Legend legend(const Sight& sight) const override {
    Legend out;
    out.color = [](const Palette& colors, float t) { return sequential(colors, t); };
    for (const float share : {0.0f, 0.01f, 0.1f, 1.0f})
      out.marks.push_back({std::pow(share, 0.4f), percent_text(share)});
    out.unit = "p(z|x), as a share of its highest value";
    if (!table_.complete()) {
      out.lines.push_back(text("Decoding the plane: ", percent_text(static_cast<double>(table_.filled) /
                                                                    static_cast<double>(table_.order.size()))));
      return out;
    }
    if (!sight.subject) return out;
    std::string line = text("Of ", sight.subject->name, sight.subject->x.size() > 0 ? "" : " as it is decoded",
                            ": log p(x) = ", number_text(posterior_.log_evidence, 1), " nats");
    if (has_gap_) line += text("; the encoder's ellipse misses ", number_text(gap_, 1), " of them");
    out.lines.push_back(line + ".");
    if (refined_)
      out.lines.push_back(text("Refined, ", refined_->steps, " steps: ",
                               number_text(refined_->before[0] - refined_->negative_elbo[0], 1), " nats better."));
    else if (sight.model.variational())
      out.buttons.push_back({"Refine \u03bc and \u03c3", PressOverlay{}});
    return out;
  }

  void press() override { wants_refinement_ = true; }

  std::uint64_t serial() const override { return serial_; }

 private:
  // The picture itself, or for an encoded one without its original what the decoder makes of it.
  void picture(const LoadedModel& model, const Subject& subject) {
    if (subject.serial == subject_serial_) return;
    x_ = subject.x;
    if (x_.size() == 0) decode(model.file.model, subject.posterior.mu, activations_, x_);
    start_ = subject.posterior;
  }

  // One step a frame: it is nice to watch.
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
  Matrix x_;
  Posterior start_;
  std::uint64_t subject_serial_ = 0, serial_ = 1;
  bool has_gap_ = false, wants_refinement_ = false;
  double gap_ = 0;
  std::optional<Refinement> refined_;
  NoiseRule rule_ = gauss_hermite_rule(kRefineNodes, 2);
  RefineScratch refine_scratch_;
  Activations activations_;
};

}  // namespace

std::unique_ptr<OverlayLayer> make_posterior() { return std::make_unique<ExactPosterior>(); }

}  // namespace loom
