#include "uses/merging.h"

#include "analysis/latent_units.h"
#include "core/error.h"
#include "uses/images.h"

namespace loom {
namespace {

int label_of(const Dataset& data, const LatentPlace& place, std::string_view option) {
  if (place.image < 0) fail(option, " is a point, merging needs images: image:17");
  return data.labels[static_cast<std::size_t>(place.image)];
}

}  // namespace

Merging merge_images(const Model& model, const Dataset& data, const EncodedSet& set, const LatentPlace& a,
                     const LatentPlace& b) {
  const int label_a = label_of(data, a, "--a"), label_b = label_of(data, b, "--b");
  const Matrix means = class_means(set, static_cast<std::size_t>(class_count(model, data)));
  Merging out{a, b, class_name(model, data, label_a), class_name(model, data, label_b), {}, {}, {}, {}, {}};
  out.average = (a.z + b.z) / 2;
  out.shifted = a.z + means.row(label_b) - means.row(label_a);
  const Index indices[] = {a.image, b.image};
  out.originals = images_at(data, indices);
  out.pixels = (out.originals.row(0) + out.originals.row(1)) / 2;
  Matrix z(4, model.spec.latent_dim);
  z << a.z, b.z, out.average, out.shifted;
  Activations activations;
  decode(model, z, activations, out.decoded);
  return out;
}

}  // namespace loom
