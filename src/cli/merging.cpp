#include "cli/merging.h"

#include <cmath>

#include "analysis/latent_units.h"
#include "cli/image_rows.h"
#include "cli/images.h"
#include "core/error.h"
#include "core/text.h"

namespace loom {
namespace {

int label_of(const Dataset& data, const LatentPlace& place, std::string_view option) {
  if (place.image < 0) fail(option, " is a point, merging needs images: image:17");
  return data.labels[static_cast<std::size_t>(place.image)];
}

Json code_json(const RowVector& z) {
  Json list{Json::Array{}};
  for (Index d = 0; d < z.size(); ++d) list.push(static_cast<double>(z(d)));
  return list;
}

double distance(const Matrix& a, Index row, const Matrix& b, Index other) {
  return std::sqrt(static_cast<double>((a.row(row) - b.row(other)).squaredNorm()) / static_cast<double>(a.cols()));
}

Json result_json(std::string_view name, const Matrix& pictures, Index row, const Matrix& originals) {
  Json json;
  return json.set("name", name)
      .set("distance_to_a", distance(pictures, row, originals, 0))
      .set("distance_to_b", distance(pictures, row, originals, 1));
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
  Workspace workspace;
  decode(model, z, workspace, out.decoded);
  return out;
}

Json merging_json(const Merging& m) {
  Json results{Json::Array{}};
  results.push(result_json("pixel average", m.pixels, 0, m.originals));
  results.push(result_json("latent average", m.decoded, 2, m.originals).set("z", code_json(m.average)));
  results.push(result_json("class-mean arithmetic", m.decoded, 3, m.originals).set("z", code_json(m.shifted)));
  Json a, b, json;
  a.set("index", m.a.image).set("class", m.class_a).set("z", code_json(m.a.z));
  b.set("index", m.b.image).set("class", m.class_b).set("z", code_json(m.b.z));
  json.set("a", std::move(a)).set("b", std::move(b)).set("unit", "root mean square difference of a pixel");
  return json.set("results", std::move(results));
}

Canvas draw_merging(const Merging& m, const ImageShape& shape, const PictureStyle& style) {
  Matrix as_pixels(3, m.originals.cols());
  as_pixels << m.originals, m.pixels;
  ImageSheet sheet;
  sheet.title = "Two images made one";
  sheet.lead =
      text("A is ", m.a.words, ", B is ", m.b.words,
           ". Averaging pixels lays one ghost over another; averaging codes gives one picture that the decoder "
           "believes in. The last one moves A by the way from its class's mean code to that of B's class.");
  sheet.heads = {"A", "B", "average", "A, moved"};
  sheet.rows = {{"pixels", {}, as_pixels}, {"codes, decoded", {}, m.decoded}};
  return draw_image_rows(sheet, shape, style);
}

}  // namespace loom
