#include "uses/latent_place.h"

#include "core/text.h"
#include "uses/images.h"

namespace loom {
namespace {

constexpr Index kSpoken = 3;  // coordinates that are shown; the others become "…"

}  // namespace

LatentPlace point_place(const RowVector& z) {
  LatentPlace out{z, {}, -1};
  for (Index d = 0; d < z.size() && d < kSpoken; ++d)
    out.words += (d > 0 ? ", " : "(") + number_text(static_cast<double>(z(d)), 2);
  out.words += z.size() > kSpoken ? ", …)" : ")";
  return out;
}

LatentPlace image_place(const Model& model, const Dataset& data, Index index) {
  Workspace workspace;
  Posterior posterior;
  encode(model, image_at(data, index), workspace, posterior);
  const int label = data.labels[static_cast<std::size_t>(index)];
  return {posterior.mu.row(0), text(class_name(model, data, label), " no. ", index), index};
}

}  // namespace loom
