// The activation of one unit of a network all over the plane: coarse cells first, then finer ones, from the centre of
// the view outwards. For a unit of the encoder it is the activation for the image that is decoded at each place.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "analysis/plane/latent_grid.h"
#include "explorer/model/loaded_model.h"
#include "explorer/overlays/lattice.h"
#include "explorer/state/deadline.h"
#include "explorer/state/unit_choice.h"

namespace loom {

// The activation at each code of z (N, D): the unit's number, or the mean of its map. `choice` must exist in the model.
class UnitActivations {
 public:
  std::vector<float> at(const Model& model, const UnitChoice& choice, const Matrix& z);

 private:
  Workspace workspace_;
  Matrix images_;
};

class UnitField {
 public:
  // Chooses the unit, and forgets the field of another unit, model or plane. Returns whether it forgot one.
  bool choose(const LoadedModel& model, const UnitChoice& choice);

  // Computes what the view shows until the deadline. Returns true while there is more to do.
  bool work(const LoadedModel& model, const View& view, const Rect& plane, const Deadline& deadline);

  // The cells of the finest level that the view shows, and the value of each: of the finest cell that has been computed
  // there, or none.
  const LatentGrid& grid() const { return grid_; }
  std::optional<float> value(std::size_t cell) const;

  bool empty() const { return low_ > high_; }
  std::uint64_t serial() const { return serial_; }  // grows with every change
  float low() const { return low_; }  // of all that has been computed
  float high() const { return high_; }

 private:
  static constexpr std::size_t kLevels = 3;
  // The cells of a level that the view shows; not a number: to be computed.
  struct Window {
    std::int32_t level = 0, x = 0, y = 0, columns = 0, rows = 0;
    std::vector<float> values;

    float* find(std::int32_t cell_x, std::int32_t cell_y);
    const float* find(std::int32_t cell_x, std::int32_t cell_y) const {
      return const_cast<Window*>(this)->find(cell_x, cell_y);
    }
  };
  void look_at(const View& view, const Rect& plane);

  const LoadedModel* model_ = nullptr;
  std::uint64_t plane_serial_ = 0;
  UnitChoice choice_;
  Lattice lattice_;
  std::optional<View> view_;
  Rect plane_;
  std::array<Window, kLevels> windows_;  // the coarsest first
  std::vector<LatticeCell> todo_;  // in the order in which they are computed
  std::size_t next_ = 0;
  LatentGrid grid_;
  float low_ = 1, high_ = 0;
  std::uint64_t serial_ = 1;
  UnitActivations activations_;
};

}  // namespace loom
