// A model with what the explorer computes when it is loaded: its test set on the plane, indexes, drawing order.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/density/aggregate_posterior.h"
#include "explorer/model/replay.h"
#include "explorer/model/slice.h"
#include "explorer/state/state.h"
#include "model/checkpoint.h"

namespace loom {

struct LoadedModel {
  std::string id;  // of its catalogue entry
  ModelFile file;

  Slice plane;
  std::uint64_t projection_serial = 0;  // grows when the plane's directions change; all below is for these directions
  std::uint64_t plane_serial = 0;  // grows with every change of the plane

  // The encoded test set on the plane. sigma is empty for a plain autoencoder.
  std::vector<Point> mu, sigma;
  std::vector<std::uint32_t> draw_order;  // shuffled, so that no class hides another
  PointIndex index;  // of mu
  AggregatePosterior posterior;
  std::vector<std::string> class_names;  // one for every label that occurs
  bool labelled = true;  // false: the images came without classes, so nothing is said about classes
  std::vector<Point> class_centers;  // medians of mu
  View home;  // shows nearly all points and the prior
  std::optional<float> epoch;  // of the training replay whose marks these are (marks_of_frame); none: trained

  bool variational() const { return file.model.spec.variational; }
  Index latent_dim() const { return file.model.spec.latent_dim; }
};

// "Test image 12, Bag"; without classes "Test image 12". n: into the test set.
std::string test_image_name(const LoadedModel& model, std::size_t n);

// Why what needs encoded images is not available for this model, as a sentence; empty if it is.
std::string_view needs_codes(const LoadedModel& model);

// On the plane of the first two axes.
LoadedModel make_loaded_model(ModelFile file, std::string id);

// The same from the bytes of a weight file. Throws Error with `file_name`.
LoadedModel load_for_explorer(std::span<const std::byte> bytes, std::string_view file_name, std::string id);

// The map of a frame of the training replay: its marks on the plane of the trained model, and what is computed from
// marks alone. The replay holds no sigma, so that all marks get the width of Scott's rule, but at least
// `least_replay_width`. The result has no network. `serial`: another one for each result.
LoadedModel marks_of_frame(const LoadedModel& trained, const Replay& replay, std::size_t frame, std::uint64_t serial);
// About a cell of the fields: narrower marks, as before the training, would fall between the cells.
float least_replay_width(const LoadedModel& trained);

// The view that is shown: the one in the state, or else the model's home view. `model` is null while none is loaded.
View current_view(const ExplorerState& state, const LoadedModel* model);

// The centres of the two classes that are farthest apart; if there are not two classes, two points beside the centre.
std::array<Point, 2> farthest_classes(const LoadedModel& model);

// The two classes whose centres on the plane are nearest to each other, in ascending order; {0, 0} if there are not
// two.
std::array<std::uint8_t, 2> most_similar_classes(const LoadedModel&);

// The test image whose code is nearest to z on the plane, an index into mu; -1 if there is none for a long way.
std::int64_t nearest_image(const LoadedModel& model, Point z);

// Projects the test set onto another plane of the latent space, unless it is already on this one.
void set_plane(LoadedModel& model, const PlaneChoice& choice);

}  // namespace loom
