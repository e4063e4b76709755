// Measures of a map from its marks, computed at once and fast enough for every epoch of a training run: how well the
// class can be guessed from the code, how much of the prior is empty, and which groups of classes have separated.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "explorer/model/loaded_model.h"

namespace loom {

// Groups of related classes: shoes, tops. If no groups are known, each class is its own group.
struct ClassGroups {
  std::vector<std::string> names;
  std::vector<std::uint8_t> of_label;  // one per class
  bool known = false;                  // the names are plural words in a sentence: "shoes"
};
ClassGroups class_groups(const LoadedModel& model);

struct MapMeasures {
  double accuracy = 0;  // of a vote of the nearest marks, in all dimensions (analysis/plane/neighbours.h)
  // H_0.1 of density_figures.h, in [0, 1]: only for two dimensions with a prior. Few marks make it larger.
  std::optional<double> holes;
  // Bhattacharyya coefficients of the groups' densities on the plane (analysis/density/overlap.h).
  Matrix overlap;
  std::vector<std::size_t> group_sizes;  // marks
};
// The model needs encoded images.
MapMeasures measure_map(const LoadedModel& model, const ClassGroups& groups);

// Detects which groups have separated during a training run.
class Separation {
 public:
  static constexpr float kApart = 0.1f;  // overlap below which two groups are apart

  // Takes the measures after an epoch. Returns two groups that overlapped earlier and are apart now, the pair with the
  // most marks first; each pair only once.
  std::optional<std::array<std::size_t, 2>> take(const MapMeasures& measures);

 private:
  std::vector<std::uint8_t> mixed_, told_;  // one per pair
};

}  // namespace loom
