// The uses (src/uses): what the command line prints and the page's tools draw, each computed in one place.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "analysis/bound/anomaly.h"
#include "analysis/metric/path.h"
#include "analysis/metric/path_length.h"
#include "core/rng.h"
#include "data/images/corruption.h"
#include "data/images/median_filter.h"
#include "message_of.h"
#include "model/architectures.h"
#include "random_matrix.h"
#include "small_spec.h"
#include "uses/anomalies.h"
#include "uses/compression.h"
#include "uses/denoising.h"
#include "uses/images.h"
#include "uses/interpolation.h"
#include "uses/latent_place.h"
#include "uses/merging.h"
#include "uses/reconstruction.h"
#include "uses/samples.h"

namespace loom {
namespace {

constexpr Index kHeight = 6, kWidth = 5, kImages = 12;

// A dense model with an encoded set of three classes, images 0, 3, 6 ... of the first.
ModelFile small_file(bool variational = true, Index latent_dim = 2) {
  ModelSpec spec = small_spec(kHeight, kWidth, latent_dim, variational);
  spec.class_names = {"coat", "shoe", "bag"};
  ModelFile file{build_model(spec, "dense", {.channels = {}, .hidden = {8}, .activation = "tanh"}, 1), {}};
  file.test.mu = random_matrix(kImages, latent_dim, 1);
  if (variational) file.test.logvar = random_matrix(kImages, latent_dim, 2).array() * 0.3f - 2;
  for (Index n = 0; n < kImages; ++n) file.test.labels.push_back(static_cast<std::uint8_t>(n % 3));
  return file;
}

Dataset small_set() {
  Dataset data;
  data.shape = {1, kHeight, kWidth};
  Rng rng(4, Stream::test);
  for (Index n = 0; n < kImages; ++n) {
    data.labels.push_back(static_cast<std::uint8_t>(n % 3));
    for (Index p = 0; p < data.shape.size(); ++p) data.pixels.push_back(static_cast<std::uint8_t>(rng.below(256)));
  }
  return data;
}

SampleRequest request_of(SampleSource source, Index count = 8, std::uint64_t seed = 3) {
  return {.source = source, .label = 1, .count = count, .seed = seed, .bernoulli = false};
}

constexpr SampleSource kSources[]{SampleSource::prior, SampleSource::aggregate, SampleSource::one_class};

}  // namespace

TEST_CASE("samples: each has its own random stream, so it does not depend on how many are drawn") {
  const ModelFile file = small_file();
  for (const SampleSource source : kSources)
    for (const bool bernoulli : {false, true}) {
      SampleRequest few = request_of(source, 3), many = request_of(source, 50);
      few.bernoulli = many.bernoulli = bernoulli;
      const Samples a = draw_samples(file, few), b = draw_samples(file, many);
      CHECK(a.z == b.z.topRows(3));
      CHECK(a.images == b.images.topRows(3));
      many.seed = few.seed + 1;
      CHECK(draw_codes(file, many).topRows(3) != a.z);
    }
}

TEST_CASE("samples: from the prior they are the numbers of their streams, else mean plus sigma times these") {
  const ModelFile file = small_file();
  const Matrix prior = draw_codes(file, request_of(SampleSource::prior));
  for (Index i = 0; i < prior.rows(); ++i) {
    Rng rng(3, Stream::sample, static_cast<std::uint64_t>(i));
    CHECK(prior(i, 0) == static_cast<Scalar>(rng.normal()));
    CHECK(prior(i, 1) == static_cast<Scalar>(rng.normal()));
  }
  const Matrix of_class = draw_codes(file, request_of(SampleSource::one_class, 40));
  std::set<Index> used;
  for (Index i = 0; i < of_class.rows(); ++i) {
    Rng rng(3, Stream::sample, static_cast<std::uint64_t>(i));
    const Index n = 1 + 3 * static_cast<Index>(rng.below(4));  // images 1, 4, 7, 10 are the shoes
    used.insert(n);
    for (Index d = 0; d < 2; ++d) {
      const double sigma = std::exp(static_cast<double>(file.test.logvar(n, d)) / 2);
      CHECK(of_class(i, d) == doctest::Approx(static_cast<double>(file.test.mu(n, d)) + sigma * rng.normal()));
    }
  }
  CHECK(used == std::set<Index>{1, 4, 7, 10});
}

TEST_CASE("samples: those of a plain autoencoder are codes of images") {
  const ModelFile file = small_file(false);
  const Matrix z = draw_codes(file, request_of(SampleSource::aggregate, 30));
  for (Index i = 0; i < z.rows(); ++i) {
    bool found = false;
    for (Index n = 0; n < kImages; ++n) found = found || z.row(i) == file.test.mu.row(n);
    CHECK(found);
  }
}

TEST_CASE("samples: Bernoulli pixels are black or white, white with the probability of the mean") {
  std::vector<Scalar> pixels(20'000, 0.3f);
  draw_pixels(1, 0, pixels);
  CHECK(std::ranges::count(pixels, Scalar(0)) + std::ranges::count(pixels, Scalar(1)) == 20'000);
  CHECK(std::accumulate(pixels.begin(), pixels.end(), 0.0) / 20'000 == doctest::Approx(0.3).epsilon(0.05));
  std::vector<Scalar> other(20'000, 0.3f), ends{0, 1, 0, 1};
  draw_pixels(1, 1, other);
  CHECK(other != pixels);
  draw_pixels(1, 0, ends);
  CHECK(ends == std::vector<Scalar>{0, 1, 0, 1});
}

TEST_CASE("samples: an error if there are no images to draw from") {
  ModelFile file = small_file();
  SampleRequest request = request_of(SampleSource::one_class);
  request.label = 7;
  CHECK(message_of([&] { draw_codes(file, request); }) ==
        "the weight file holds no encoded image of this class to draw from");
  file.test = {};
  CHECK(message_of([&] { draw_codes(file, request_of(SampleSource::aggregate)); }) ==
        "the weight file holds no encoded image to draw from");
  CHECK(draw_codes(file, request_of(SampleSource::prior)).rows() == 8);
}

TEST_CASE("merge: halfway between the codes, and by the step from one class to the other") {
  const ModelFile file = small_file();
  const RowVector a = file.test.mu.row(0), b = file.test.mu.row(1);
  RowVector coats = RowVector::Zero(2), shoes = coats;
  for (Index n = 0; n < kImages; n += 3) coats += file.test.mu.row(n) / 4, shoes += file.test.mu.row(n + 1) / 4;
  const RowVector step = class_step(file.test, 3, 0, 1);
  CHECK((step - (shoes - coats)).norm() < 1e-6f);
  Workspace workspace;
  const MergedCodes merged = merge_codes(file.model, a, b, step, workspace);
  CHECK(merged.z.row(0) == a);
  CHECK(merged.z.row(1) == b);
  CHECK((merged.z.row(2) - (a + b) / 2).norm() < 1e-6f);
  CHECK((merged.z.row(3) - (a + step)).norm() < 1e-6f);
  Matrix alone;
  decode(file.model, Matrix(merged.z.row(3)), workspace, alone);
  CHECK((alone.row(0) - merged.images.row(3)).cwiseAbs().maxCoeff() < 1e-6f);  // one row or four: another product
}

TEST_CASE("merge: two images of a data set, with their pixels and classes") {
  const ModelFile file = small_file();
  const Dataset data = small_set();
  const LatentPlace a = image_place(file.model, data, 0), b = image_place(file.model, data, 4);
  CHECK(a.words == "coat no. 0");
  CHECK(b.image == 4);
  const Merging merging = merge_images(file.model, data, file.test, a, b);
  CHECK(merging.class_b == "shoe");
  CHECK(merging.originals.row(1) == image_at(data, 4).row(0));
  CHECK(merging.pixels(0, 7) == doctest::Approx((data.pixels[7] + data.pixels[4 * kHeight * kWidth + 7]) / 2.0 / 255));
  CHECK((merging.codes.z.row(3) - a.z - class_step(file.test, 3, 0, 1)).norm() < 1e-6f);
}

TEST_CASE("interpolate: all paths have the right ends, and along a geodesic the image changes evenly") {
  const ModelFile file = small_file();
  RowVector from(2), to(2);
  from << -1.5f, 0.2f;
  to << 1.2f, -0.7f;
  constexpr Index kSteps = 9;
  double straight = 0;
  for (const PathKind kind : {PathKind::straight, PathKind::spherical, PathKind::geodesic}) {
    CAPTURE(path_name(kind));
    const InterpolatedPath path = interpolate(file.model, kind, from, to, kSteps);
    REQUIRE(path.z.rows() == kSteps);
    CHECK((path.z.row(0) - from).norm() < 1e-6f);
    CHECK((path.z.row(kSteps - 1) - to).norm() < 1e-6f);
    REQUIRE(path.changes.size() == kSteps - 1);
    for (Index i = 0; i + 1 < kSteps; ++i)
      CHECK(path.changes[static_cast<std::size_t>(i)] ==
            doctest::Approx(std::sqrt(mean_squared_error(path.images.row(i + 1), path.images.row(i)))));
    // A sum over very many steps, by brute force.
    Matrix fine = kind == PathKind::spherical ? spherical_path(from, to, 20000) : straight_path(from, to, 20000);
    ChangeScratch scratch;
    double length = 0;
    for (const double change : picture_steps(file.model, fine, scratch)) length += change;
    if (kind == PathKind::straight) straight = path.length;
    if (kind != PathKind::geodesic) {
      CHECK(path.length == doctest::Approx(length).epsilon(0.005));
      continue;
    }
    CHECK(path.length <= straight);
    CHECK(path.largest() < 1.05 * path.length / (kSteps - 1));
  }
}

TEST_CASE("interpolate: a geodesic needs a plane") {
  const ModelFile file = small_file(true, 3);
  const RowVector from = RowVector::Zero(3), to = RowVector::Ones(3);
  CHECK(interpolate(file.model, PathKind::straight, from, to, 5).z.rows() == 5);
  CHECK(message_of([&] { interpolate(file.model, PathKind::geodesic, from, to, 5); }) ==
        "a geodesic needs two latent dimensions, but the model has 3");
}

TEST_CASE("interpolate: the same in slices as at once, also on an oblique plane") {
  const ModelFile file = small_file();
  LatentPlane turned = first_axes_plane(2);
  turned.axes << 0.6f, 0.8f, -0.8f, 0.6f;
  MetricField field = empty_metric_field(square_grid({}, 4.5f, 24));
  MetricScratch scratch;
  while (!field.complete()) fill_metric_field(field, file.model, PictureSpace::pixels, turned, 64, scratch);
  RowVector from(2), to(2);
  from << -1.5f, 0.2f;
  to << 1.2f, -0.7f;
  PathSearch search(PathKind::geodesic, from, to, 9);
  CHECK(search.codes().rows() == 0);
  int slices = 0;
  while (!search.advance(file.model, turned, field)) ++slices;
  CHECK(slices > 8);
  REQUIRE(search.codes().rows() == 9);
  CHECK((search.codes().row(0) - from).norm() < 1e-5f);
  CHECK((search.codes().row(8) - to).norm() < 1e-5f);
  while (!search.measure(file.model, 5)) {
  }
  CHECK(search.length() <= search.straight_length());
  CHECK(search.advance(file.model, turned, field));
}

TEST_CASE(
    "denoise: noise depends on seed and image number, autoencode restores the image, the error is to the clean one") {
  const ModelFile file = small_file();
  const Dataset data = small_set();
  const Corruption& noise = find_corruption("gaussian");
  ThreadPool pool(2);
  const std::vector<Index> shown{7, 2};
  const Denoising d = denoise({{"small", &file.model}}, data, noise, 0.4, 5, shown, pool);
  REQUIRE(d.methods.size() == 3);
  CHECK(d.heads == std::vector<std::string>{"shoe", "bag"});
  PictureError noisy_sum, model_sum;
  for (Index n = 0; n < data.size(); ++n) {
    const Matrix clean = image_at(data, n);
    Matrix noisy = clean, mended;
    corrupt(noise, 0.4, 5, static_cast<std::uint64_t>(n), noisy);
    Workspace workspace;
    Posterior code;
    autoencode(file.model, noisy, workspace, code, mended);
    noisy_sum.mse += mean_squared_error(noisy, clean) / static_cast<double>(data.size());
    model_sum.mse += mean_squared_error(mended, clean) / static_cast<double>(data.size());
    if (n != 7) continue;
    CHECK(d.methods[0].shown.row(0) == noisy.row(0));
    CHECK(d.methods[1].shown.row(0) == mended.row(0));
    CHECK(d.methods[2].shown.row(0) == median_filtered(noisy, data.shape).row(0));
  }
  CHECK(d.methods[0].error.mse == doctest::Approx(noisy_sum.mse));
  CHECK(d.methods[1].error.mse == doctest::Approx(model_sum.mse));
}

TEST_CASE("anomaly: the score of an image in a set is its loss alone") {
  for (const bool variational : {true, false}) {
    const ModelFile file = small_file(variational);
    const Dataset data = small_set();
    ThreadPool pool(2);
    const std::vector<Scalar> scores = excess_scores(file.model, data, pool);
    REQUIRE(scores.size() == kImages);
    BoundScratch scratch;
    Workspace workspace;
    Posterior posterior;
    for (Index n = 0; n < data.size(); ++n) {
      const Matrix x = image_at(data, n);
      encode(file.model, x, workspace, posterior);
      const ImageLoss loss = image_loss(file.model, x, posterior, scratch);
      CHECK(loss.excess() == doctest::Approx(static_cast<double>(scores[static_cast<std::size_t>(n)])).epsilon(1e-5));
      CHECK(loss.floor < loss.reconstruction);
      CHECK((loss.kl > 0) == variational);
    }
  }
}

TEST_CASE("anomaly: scores split by class") {
  const std::vector<MeasuredScores> all{{"excess", "", "", {1, 2, 3, 4, 5, 6}}};
  const Anomalies a = against_class(all, {0, 1, 2, 0, 1, 2}, 2, "bag");
  CHECK(a.outlier_scores[0].scores == std::vector<double>{3, 6});
  CHECK(a.inlier_scores[0].scores == std::vector<double>{1, 2, 4, 5});
  CHECK(a.auroc_of(0) == doctest::Approx(0.75));
}

TEST_CASE("compress: PCA with as many axes as pixels loses only the rounding of f16, and bits are counted") {
  const ModelFile file = small_file();
  const Dataset data = small_set();
  PrincipalComponents pca;
  const Index pixels = data.shape.size(), sizes = principal_components_for(file.model);
  CHECK(sizes == 16);  // the largest power of two below 30 pixels
  pca.mean.setZero(pixels);
  pca.axes.setIdentity(sizes, pixels);
  ThreadPool pool(1);
  Index steps = 0, total = 0;
  const Compression c = compress("small", file.model, data, pca, 1, pool, [&](Index done, Index of) {
    steps += done;
    total = of;
  });
  CHECK(steps == 2 * kImages);
  CHECK(total == 2 * kImages);
  CHECK(c.raw_bits == 8 * pixels);
  REQUIRE(c.kl_bits);
  CHECK(*c.kl_bits > 0);
  // Axis k is pixel k: what is lost are the pixels behind.
  double lost = 0;
  for (Index n = 0; n < data.size(); ++n)
    for (Index p = sizes; p < pixels; ++p) {
      const double value = data.pixels[static_cast<std::size_t>(n * pixels + p)] / 255.0;
      lost += value * value / static_cast<double>(data.size() * pixels);
    }
  const RateDistortion& best = c.ways.back();
  CHECK(best.kind == "pca");
  CHECK(best.bits == 16 * 16);
  CHECK(best.mse == doctest::Approx(lost).epsilon(1e-4));
  CHECK(c.ways[1].kind == "model, f16");
  CHECK(c.ways[1].bits == 32);
}

}  // namespace loom
