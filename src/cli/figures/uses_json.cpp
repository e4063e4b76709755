#include "cli/figures/uses_json.h"

#include <cmath>
#include <numeric>

#include "uses/images.h"

namespace loom {
namespace {

Json optional_json(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

Json row_json(const Matrix& m, Index row) {
  Json list{Json::Array{}};
  for (Index d = 0; d < m.cols(); ++d) list.push(static_cast<double>(m(row, d)));
  return list;
}

Json row_json(const RowVector& z) { return row_json(Matrix(z), 0); }

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

Json anomalies_json(const Anomalies& a) {
  Json measures{Json::Array{}};
  for (std::size_t m = 0; m < a.inlier_scores.size(); ++m) {
    const auto mean = [](const std::vector<double>& v) {
      return std::accumulate(v.begin(), v.end(), 0.0) / static_cast<double>(v.size());
    };
    Json item;
    item.set("name", a.inlier_scores[m].name)
        .set("unit", a.inlier_scores[m].unit)
        .set("mean_inliers", mean(a.inlier_scores[m].scores));
    if (!a.outlier_scores.empty())
      item.set("mean_outliers", mean(a.outlier_scores[m].scores)).set("auroc", a.auroc_of(m));
    if (a.marked) item.set("score_of_image", (*a.marked)[m]).set("percentile_of_image", a.percentile_of_marked(m));
    measures.push(std::move(item));
  }
  Json json;
  json.set("inliers", a.inliers).set("inlier_images", a.inlier_scores.front().scores.size());
  if (!a.outlier_scores.empty())
    json.set("outliers", a.outliers).set("outlier_images", a.outlier_scores.front().scores.size());
  if (a.marked) json.set("image", a.marked_words);
  return json.set("measures", std::move(measures));
}

Json compression_json(const Compression& c, const Dataset& test, const Dataset& training) {
  Json ways{Json::Array{}};
  for (const RateDistortion& way : c.ways) {
    Json item;
    item.set("kind", way.kind).set("name", way.name).set("bits", way.bits).set("bytes", way.bits / 8);
    item.set("mse", way.mse);
    if (way.dimensions) item.set("dimensions", *way.dimensions);
    if (way.quality) item.set("quality", *way.quality);
    ways.push(std::move(item));
  }
  Json json;
  json.set("model", c.model).set("dataset", test.name).set("images", test.size());
  json.set("pca_fitted_to", training.images_sha256 == test.images_sha256 ? "test images" : "training images");
  json.set("latent_dim", c.latent_dim).set("raw_bits", c.raw_bits);
  if (c.kl_bits) json.set("kl_bits", *c.kl_bits);
  return json.set("unit", "bits per image, mse per pixel").set("ways", std::move(ways));
}

Json denoising_json(const Denoising& d, const Dataset& data) {
  Json methods{Json::Array{}};
  for (const DenoisingMethod& method : d.methods) {
    Json item;
    item.set("name", method.name).set("mse", method.error.mse).set("psnr", optional_json(psnr(method.error.mse)));
    methods.push(item.set("ssim", method.error.ssim));
  }
  Json json;
  json.set("dataset", data.name).set("images", data.size()).set("noise", d.noise->name).set("level", d.level);
  json.set("level_is", d.noise->level).set("seed", d.seed);
  return json.set("unit", "mse per pixel, psnr in dB of the mean mse").set("methods", std::move(methods));
}

Json interpolation_json(const std::vector<InterpolatedPath>& paths, const LatentPlace& from, const LatentPlace& to) {
  Json json, list{Json::Array{}};
  for (const InterpolatedPath& path : paths) {
    Json item, points{Json::Array{}}, changes{Json::Array{}};
    for (Index n = 0; n < path.z.rows(); ++n) points.push(row_json(path.z, n));
    for (const double change : path.changes) changes.push(change);
    item.set("path", path_name(path.kind)).set("z", std::move(points)).set("change", std::move(changes));
    list.push(item.set("length", path.length)
                  .set("largest_change", path.largest())
                  .set("found_no_shorter", path.found_no_shorter));
  }
  json.set("from", row_json(from.z)).set("to", row_json(to.z));
  return json.set("unit", "root mean square change of a pixel per step").set("paths", std::move(list));
}

Json merging_json(const Merging& m) {
  Json results{Json::Array{}};
  results.push(result_json("pixel average", m.pixels, 0, m.originals));
  results.push(result_json("latent average", m.codes.images, 2, m.originals).set("z", row_json(m.codes.z, 2)));
  const bool labelled = !m.class_a.empty();
  if (labelled)
    results.push(result_json("class-mean arithmetic", m.codes.images, 3, m.originals).set("z", row_json(m.codes.z, 3)));
  Json a, b, json;
  a.set("index", m.a.image), b.set("index", m.b.image);
  if (labelled) a.set("class", m.class_a), b.set("class", m.class_b);
  a.set("z", row_json(m.a.z)), b.set("z", row_json(m.b.z));
  json.set("a", std::move(a)).set("b", std::move(b)).set("unit", "root mean square difference of a pixel");
  return json.set("results", std::move(results));
}

Json reconstructions_json(const Reconstructions& r, const Model& model, const Dataset& data) {
  Json images{Json::Array{}};
  for (std::size_t i = 0; i < r.images.size(); ++i) {
    const ReconstructedImage& image = r.images[i];
    Json item;
    item.set("index", image.index);
    if (has_classes(model, data)) item.set("label", image.label).set("class", class_name(model, data, image.label));
    item.set("bce", optional_json(image.bce)).set("entropy_floor", image.entropy);
    item.set("excess_over_floor", optional_json(image.excess())).set("kl", optional_json(image.kl));
    item.set("mse", image.mse).set("ssim", image.ssim).set("mu", row_json(r.code.mu, static_cast<Index>(i)));
    if (r.code.logvar.size() > 0) item.set("logvar", row_json(r.code.logvar, static_cast<Index>(i)));
    images.push(std::move(item));
  }
  Json json;
  return json.set("unit", "nats per image").set("decoded_at", "mu").set("images", std::move(images));
}

Json samples_json(const Samples& samples, const SampleRequest& request, std::string_view from) {
  Json points{Json::Array{}};
  for (Index i = 0; i < samples.z.rows(); ++i) points.push(row_json(samples.z, i));
  Json json;
  json.set("from", from).set("count", request.count).set("seed", request.seed);
  return json.set("pictures", request.bernoulli ? "bernoulli samples" : "means").set("z", std::move(points));
}

}  // namespace loom
