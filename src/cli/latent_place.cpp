#include "cli/latent_place.h"

#include "cli/common.h"
#include "core/error.h"

namespace loom {
namespace {

constexpr std::string_view kImage = "image:";

}  // namespace

bool is_image_place(std::string_view place) { return place.starts_with(kImage); }

LatentPlace latent_place(std::string_view place, const Model& model, const Dataset* data, std::string_view option) {
  if (!is_image_place(place)) return point_place(parse_vector(place, model.spec.latent_dim, option));
  if (!data) fail(option, " is '", place, "': an image needs its data set, --data DIR");
  const std::vector<Index> index = parse_indices(place.substr(kImage.size()), data->size(), option);
  if (index.size() != 1) fail(option, " is '", place, "', expected one image");
  return image_place(model, *data, index.front());
}

}  // namespace loom
