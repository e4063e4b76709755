#include "explorer/app/navigation/tour_view.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "explorer/link/link.h"
#include "explorer/session/shared_cursor.h"
#include "explorer/state/tour.h"

namespace loom {
namespace {

// The same test image in every step that needs one: far from the first, so that it is an ordinary one of its class.
constexpr std::int32_t kTourImage = 493;

// A plain autoencoder of as many dimensions, for the step that compares; else the next model.
std::string model_to_compare(const Session& session) {
  const std::optional<std::size_t> shown = find_entry(session, session.model->id);
  const std::optional<TestLoss>& loss = shown ? session.catalogue[*shown].loss : std::nullopt;
  if (loss)
    for (const CatalogueEntry& entry : session.catalogue)
      if (entry.loss && !entry.loss->variational && entry.loss->latent_dim == loss->latent_dim &&
          entry.loss->dataset == loss->dataset && entry.id != session.model->id)
        return entry.id;
  return next_model(session);
}

}  // namespace

ExplorerState tour_view(const Session& session, std::size_t step, const ExplorerState& now) {
  const LoadedModel& model = *session.model;
  const TourPlace place = tour()[step - 1].place;
  ExplorerState next = read_tour_step(step, now);
  next.plane = now.plane;
  next.placed = true;
  const std::array<std::uint8_t, 2> pair = most_similar_classes(model);
  next.z = model.home.center;
  if (place == TourPlace::between_similar && pair[0] != pair[1]) {
    next.z = (model.class_centers[pair[0]] + model.class_centers[pair[1]]) * 0.5f;
  } else if (!model.class_centers.empty() && !std::isnan(model.class_centers.front().x)) {
    next.z = model.class_centers.front();
  }
  if (place == TourPlace::pins_on_classes) {
    const auto [a, b] = farthest_classes(model);
    next.pins = {a, b};
    next.z = (a + b) * 0.5f;
  }
  if (place == TourPlace::test_image && model.file.test.size() > 0) {
    next.image = std::min(kTourImage, static_cast<std::int32_t>(model.file.test.size()) - 1);
    next.z = model.mu[static_cast<std::size_t>(next.image)];
  }
  if (tour()[step - 1].target == TourTarget::second_map) next.other = model_to_compare(session);
  return next;
}

ExplorerState view_before_tour(Session& session) {
  const ExplorerState& now = session.state;
  const std::optional<ExplorerState> before = std::exchange(session.before_tour, std::nullopt);
  ExplorerState next = before && before->model == now.model && before->file == now.file ? *before : now;
  if (before) next.help = false;
  next.theme = now.theme, next.display = now.display, next.hidden = now.hidden, next.locked = now.locked;
  next.tour = 0;
  return next;
}

bool wants_tour_view(const ExplorerState& linked) {
  return linked.tour != 0 && linked.overlay == 0 && linked.tool == 0 && !linked.placed && !linked.view;
}

}  // namespace loom
