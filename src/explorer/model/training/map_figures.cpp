#include "explorer/model/training/map_figures.h"

#include <algorithm>

#include "analysis/density/density_figures.h"
#include "analysis/density/overlap.h"
#include "analysis/plane/neighbours.h"
#include "explorer/model/fields.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

constexpr Index kCells = 64;                 // along each side; enough for two digits of a share
constexpr std::size_t kTenthOfPrior = 1;     // of kHoleThresholds

}  // namespace

ClassGroups class_groups(const LoadedModel& model) {
  ClassGroups groups;
  groups.known = std::ranges::equal(model.class_names, texts::kFashionClasses);
  if (groups.known) {
    groups.names.assign(texts::kFashionGroups.begin(), texts::kFashionGroups.end());
    groups.of_label.assign(texts::kGroupOfFashionClass.begin(), texts::kGroupOfFashionClass.end());
    return groups;
  }
  groups.names = model.class_names;
  for (std::size_t c = 0; c < model.class_names.size(); ++c) groups.of_label.push_back(static_cast<std::uint8_t>(c));
  return groups;
}

MapMeasures measure_map(const LoadedModel& model, const ClassGroups& groups) {
  const EncodedSet& set = model.file.test;
  MapMeasures out;
  out.accuracy =
      neighbour_sums(set.mu, set.labels, model.class_names.size(), kVotingNeighbours, 0, set.size()).accuracy();
  std::vector<std::uint8_t> labels;
  out.group_sizes.resize(groups.names.size());
  for (const std::uint8_t label : set.labels) {
    labels.push_back(groups.of_label[label]);
    ++out.group_sizes[labels.back()];
  }
  const std::vector<Point> one{scott_width(model.mu)};
  const DensityField field = density_field(field_grid(model, kCells), model.mu, model.sigma.empty() ? one : model.sigma,
                                           labels, groups.names.size());
  if (model.variational() && model.latent_dim() == 2) out.holes = density_figures(field).hole_mass[kTenthOfPrior];
  out.overlap = overlap_figures(field).bhattacharyya;
  return out;
}

std::optional<std::array<std::size_t, 2>> Separation::take(const MapMeasures& measures) {
  const std::size_t count = measures.group_sizes.size();
  mixed_.resize(count * count), told_.resize(count * count);
  std::optional<std::array<std::size_t, 2>> best;
  std::size_t most = 0;
  for (std::size_t a = 0; a < count; ++a)
    for (std::size_t b = 0; b < a; ++b) {
      if (measures.group_sizes[a] == 0 || measures.group_sizes[b] == 0) continue;
      const bool apart = measures.overlap(static_cast<Index>(a), static_cast<Index>(b)) < kApart;
      if (!apart) mixed_[a * count + b] = 1;
      const std::size_t marks = measures.group_sizes[a] + measures.group_sizes[b];
      if (apart && mixed_[a * count + b] && !told_[a * count + b] && marks > most) most = marks, best = {a, b};
    }
  if (best) told_[(*best)[0] * count + (*best)[1]] = 1;
  return best;
}

}  // namespace loom
