#include "explorer/overlays/unit_field.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "explorer/model/inside.h"

namespace loom {
namespace {

constexpr float kUnitCell = 13;  // points, of the finest level
constexpr float kUnitHomeCells = 8;    // from the middle of the home view to its edge, at level 0
constexpr std::size_t kUnitBatch = 8;  // codes between two checks of the deadline
constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();

}  // namespace

std::vector<float> UnitActivations::at(const Model& model, const UnitChoice& choice, const Matrix& z) {
  const bool encodes = choice.network == Network::encoder;
  const Sequential& net = layers_of(model, choice.network);
  if (encodes) decode(model, z, workspace_, images_);
  const auto layer = static_cast<std::size_t>(choice.layer);
  const ImageShape input = encodes ? model.spec.image : ImageShape{model.spec.latent_dim, 1, 1};
  const ImageShape shape = output_shapes(net, input)[layer];
  const Matrix& rows = forward_first(net, layer + 1, encodes ? images_ : z, workspace_);
  std::vector<float> out;
  for (Index n = 0; n < rows.rows(); ++n)
    out.push_back(static_cast<float>(unit_activation(rows.row(n).data(), shape, choice.unit)));
  return out;
}

float* UnitField::Window::find(std::int32_t cell_x, std::int32_t cell_y) {
  const std::int32_t column = cell_x - x, row = cell_y - y;
  if (column < 0 || row < 0 || column >= columns || row >= rows) return nullptr;
  return &values[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(column)];
}

bool UnitField::choose(const LoadedModel& model, const UnitChoice& choice) {
  if (model_ == &model && plane_serial_ == model.plane_serial && choice_ == choice) return false;
  model_ = &model, plane_serial_ = model.plane_serial, choice_ = choice;
  lattice_ = Lattice(model.home.half / kUnitHomeCells);
  windows_ = {};
  view_.reset();
  low_ = 1, high_ = 0;
  ++serial_;
  return true;
}

void UnitField::look_at(const View& view, const Rect& plane) {
  view_ = view, plane_ = plane;
  ++serial_;
  const std::int32_t finest = lattice_.level_for(view, plane, kUnitCell);
  const Point low = to_latent(view, plane, {plane.x, plane.bottom()});
  const Point high = to_latent(view, plane, {plane.right(), plane.y});
  const std::array<Window, kLevels> before = std::exchange(windows_, {});
  todo_.clear();
  next_ = 0;
  const Point center = to_latent(view, plane, plane.center());
  for (std::size_t k = 0; k < kLevels; ++k) {
    Window& window = windows_[k];
    window.level = finest - static_cast<std::int32_t>(kLevels - 1 - k);
    const float side = lattice_.side(window.level);
    const auto cell = [&](float at) { return static_cast<std::int32_t>(std::floor(at / side)); };
    window.x = cell(low.x), window.y = cell(low.y);
    window.columns = cell(high.x) - window.x + 1, window.rows = cell(high.y) - window.y + 1;
    window.values.assign(static_cast<std::size_t>(window.columns) * static_cast<std::size_t>(window.rows), kUnknown);
    const std::size_t first = todo_.size();
    for (std::int32_t y = window.y; y < window.y + window.rows; ++y)
      for (std::int32_t x = window.x; x < window.x + window.columns; ++x) {
        const float* known = nullptr;
        for (const Window& old : before)
          if (old.level == window.level && !known) known = old.find(x, y);
        if (known && !std::isnan(*known))
          *window.find(x, y) = *known;
        else
          todo_.push_back({window.level, x, y});
      }
    const auto from_center = [&](const LatticeCell& c) { return length(lattice_.middle(c) - center); };
    std::ranges::sort(todo_.begin() + static_cast<std::ptrdiff_t>(first), todo_.end(), {}, from_center);
  }
  const Window& fine = windows_.back();
  const float side = lattice_.side(fine.level);
  grid_ = {.low = {static_cast<float>(fine.x) * side, static_cast<float>(fine.y) * side},
           .cell = side,
           .columns = fine.columns,
           .rows = fine.rows};
}

bool UnitField::work(const LoadedModel& model, const View& view, const Rect& plane, const Deadline& deadline) {
  if (plane.width < 1 || plane.height < 1) return false;
  if (!view_ || *view_ != view || plane_ != plane) look_at(view, plane);
  for (bool first = true; next_ < todo_.size(); first = false) {
    if (!first && deadline.passed()) return true;
    const std::size_t count = std::min(kUnitBatch, todo_.size() - next_);
    Matrix codes(static_cast<Index>(count), model.latent_dim());
    for (std::size_t i = 0; i < count; ++i)
      codes.row(static_cast<Index>(i)) = model.plane.code(lattice_.middle(todo_[next_ + i]));
    const std::vector<float> values = activations_.at(model.file.model, choice_, codes);
    for (std::size_t i = 0; i < count; ++i) {
      const LatticeCell& cell = todo_[next_ + i];
      for (Window& window : windows_)
        if (window.level == cell.level) *window.find(cell.x, cell.y) = values[i];
      low_ = empty() ? values[i] : std::min(low_, values[i]);
      high_ = std::max(high_, values[i]);
    }
    next_ += count;
    ++serial_;
  }
  return false;
}

std::optional<float> UnitField::value(std::size_t cell) const {
  const Window& fine = windows_.back();
  const auto columns = static_cast<std::size_t>(fine.columns);
  std::int32_t x = fine.x + static_cast<std::int32_t>(cell % columns),
               y = fine.y + static_cast<std::int32_t>(cell / columns);
  for (std::size_t k = kLevels; k-- > 0; x >>= 1, y >>= 1) {  // to the cell twice as large that holds it
    const float* found = windows_[k].find(x, y);
    if (found && !std::isnan(*found)) return *found;
  }
  return std::nullopt;
}

}  // namespace loom
