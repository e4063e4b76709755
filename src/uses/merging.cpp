#include "uses/merging.h"

#include "analysis/bound/latent_units.h"
#include "uses/images.h"

namespace loom {

MergedCodes merge_codes(const Model& model, const RowVector& a, const RowVector& b, const RowVector& step,
                        Workspace& workspace) {
  MergedCodes out;
  out.z.resize(4, a.size());
  out.z << a, b, (a + b) / 2, a + step;
  decode(model, out.z, workspace, out.images);
  return out;
}

RowVector class_step(const EncodedSet& set, std::size_t classes, std::size_t from, std::size_t to) {
  const Matrix means = class_means(set, classes);
  return means.row(static_cast<Index>(to)) - means.row(static_cast<Index>(from));
}

Matrix merge_pixels(const Matrix& a, const Matrix& b) { return (a + b) / 2; }

Merging merge_images(const Model& model, const Dataset& data, const EncodedSet& set, const LatentPlace& a,
                     const LatentPlace& b) {
  const auto label_of = [&](const LatentPlace& place) {
    return static_cast<std::size_t>(data.labels[static_cast<std::size_t>(place.image)]);
  };
  const std::size_t label_a = label_of(a), label_b = label_of(b);
  const auto classes = static_cast<std::size_t>(class_count(model, data));
  Merging out{a, b, {}, {}, {}, {}, {}};
  if (has_classes(model, data)) {
    out.class_a = class_name(model, data, static_cast<int>(label_a));
    out.class_b = class_name(model, data, static_cast<int>(label_b));
  }
  Workspace workspace;
  out.codes = merge_codes(model, a.z, b.z, class_step(set, classes, label_a, label_b), workspace);
  const Index indices[] = {a.image, b.image};
  out.originals = images_at(data, indices);
  out.pixels = merge_pixels(out.originals.row(0), out.originals.row(1));
  return out;
}

}  // namespace loom
