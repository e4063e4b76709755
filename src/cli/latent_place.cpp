#include "cli/latent_place.h"

#include "cli/common.h"
#include "cli/images.h"
#include "core/error.h"
#include "plot/page.h"

namespace loom {
namespace {

constexpr std::string_view kImage = "image:";
constexpr Index kSpoken = 3;  // dimensions that are told as numbers

}  // namespace

bool is_image_place(std::string_view place) { return place.starts_with(kImage); }

LatentPlace latent_place(std::string_view place, const Model& model, const Dataset* data, std::string_view option) {
  LatentPlace out;
  if (!is_image_place(place)) {
    out.z = parse_vector(place, model.spec.latent_dim, option);
    for (Index d = 0; d < out.z.size() && d < kSpoken; ++d)
      out.words += (d > 0 ? ", " : "(") + number_text(static_cast<double>(out.z(d)), 2);
    out.words += out.z.size() > kSpoken ? ", …)" : ")";
    return out;
  }
  if (!data) fail(option, " is '", place, "': images need --data, the folder they are in");
  const std::vector<Index> index = parse_indices(place.substr(kImage.size()), data->size(), option);
  if (index.size() != 1) fail(option, " is '", place, "', expected one image");
  out.image = index.front();
  Workspace workspace;
  Posterior posterior;
  encode(model, image_at(*data, out.image), workspace, posterior);
  out.z = posterior.mu.row(0);
  out.words = text(class_name(model, *data, data->labels[static_cast<std::size_t>(out.image)]), " no. ", out.image);
  return out;
}

}  // namespace loom
