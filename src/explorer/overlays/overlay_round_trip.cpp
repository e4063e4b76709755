#include <algorithm>
#include <map>

#include "analysis/metric/picture_change.h"
#include "core/text.h"
#include "explorer/draw/colormap.h"
#include "explorer/overlays/lattice.h"
#include "explorer/overlays/overlay.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/legends.h"

namespace loom {
namespace {

constexpr float kWidestCell = 52;        // points between two arrows
constexpr std::size_t kMostSeen = 900, kMostKept = 20000;
constexpr std::size_t kBatch = 4;      // codes between two checks of the deadline
constexpr float kLongestDrawn = 1.5f;    // cells: longer arrows are cut, so that they do not hide the others
constexpr float kHomeCells = 9;          // from the middle of the home view to its edge, at level 0

class RoundTrip : public OverlayLayer {
 public:
  bool work(const OverlayContext& context, Fields&, const Deadline& deadline) override {
    if (context.model.plane_serial != plane_serial_ || ends_.size() > kMostKept) {
      ends_.clear();
      plane_serial_ = context.model.plane_serial;
      ++serial_;
    }
    lattice_ = Lattice(context.model.home.half / kHomeCells);
    cells_ = lattice_.seen(context.view, context.plane, lattice_.level_for(context.view, context.plane, kWidestCell),
                           kMostSeen);
    std::vector<LatticeCell> missing;
    for (const LatticeCell& cell : cells_)
      if (!ends_.contains(cell)) missing.push_back(cell);
    for (std::size_t first = 0; first < missing.size(); first += kBatch) {
      if (first > 0 && deadline.passed()) return true;
      travel(context.model, std::span(missing).subspan(first, std::min(kBatch, missing.size() - first)));
    }
    return false;
  }

  void draw(const OverlayContext& context, const PlaneCanvas& canvas, Textures&) const override {
    const Palette& colors = canvas.painter.colors();
    const float longest = far(context);
    for (const LatticeCell& cell : cells_) {
      const auto end = ends_.find(cell);
      if (end == ends_.end()) continue;
      const Point from = lattice_.middle(cell), way = end->second - from;
      const float t = std::min(1.0f, length(way) / longest), room = longest_drawn(cell);
      const Color color = mixed(colors.muted, sequential_warm(colors, 0.75f), t);
      const bool cut = length(way) > room;
      const Point to = cut ? from + way * (room / length(way)) : end->second;
      canvas.arrow(from, to, color, 1 + 1.2f * t);
      if (cut) canvas.painter.ring(canvas.screen(from), 2.5f, color, 1.2f);
    }
  }

  Legend legend(const OverlayContext& context) const override {
    Legend out;
    const float longest = far(context);
    out.color = [](const Palette& colors, float t) { return mixed(colors.muted, sequential_warm(colors, 0.75f), t); };
    for (const float share : {0.0f, 0.5f, 1.0f}) out.marks.push_back({share, number_text(share * longest, 2)});
    out.brief = texts::kRoundTripBrief;
    out.unit = texts::kRoundTripUnit;
    std::vector<float> lengths;
    std::size_t cut = 0;
    for (const LatticeCell& cell : cells_)
      if (const auto end = ends_.find(cell); end != ends_.end()) {
        lengths.push_back(length(end->second - lattice_.middle(cell)));
        cut += lengths.back() > longest_drawn(cell);
      }
    if (lengths.empty()) return out;
    std::ranges::sort(lengths);
    if (lengths.back() > longest) out.marks.back().label = texts::at_least(out.marks.back().label);
    out.lines.push_back(
        texts::arrow_lengths(number_text(lengths[lengths.size() / 2], 2), number_text(lengths.back(), 2)));
    if (cut > 0) out.lines.emplace_back(texts::arrows_cut(cut));
    return out;
  }

  std::uint64_t serial() const override { return serial_; }

 private:
  // The length of an arrow in the strongest colour: a third of the way from the centre of the home view to its edge.
  static float far(const OverlayContext& context) { return context.model.home.half / 3; }

  float longest_drawn(const LatticeCell& cell) const { return kLongestDrawn * lattice_.side(cell.level); }

  void travel(const LoadedModel& model, std::span<const LatticeCell> cells) {
    codes_.resize(static_cast<Index>(cells.size()), model.latent_dim());
    for (std::size_t i = 0; i < cells.size(); ++i)
      codes_.row(static_cast<Index>(i)) = model.plane.code(lattice_.middle(cells[i]));
    codes_ += round_trip(model.file.model, codes_, scratch_);
    for (std::size_t i = 0; i < cells.size(); ++i)
      ends_[cells[i]] = model.plane.project(RowVector(codes_.row(static_cast<Index>(i))));
    ++serial_;
  }

  Lattice lattice_;
  std::vector<LatticeCell> cells_;  // the visible ones
  std::map<LatticeCell, Point> ends_;
  std::uint64_t plane_serial_ = 0, serial_ = 1;
  Matrix codes_;
  ChangeScratch scratch_;
};

}  // namespace

std::unique_ptr<OverlayLayer> make_round_trip() { return std::make_unique<RoundTrip>(); }

}  // namespace loom
