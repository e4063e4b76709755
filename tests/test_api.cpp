// The C functions behind the JavaScript module, natively: numbers against those of the libraries below them.
#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "analysis/bound/anomaly.h"
#include "analysis/density/prior.h"
#include "api/core_api.h"
#include "explorer_models.h"
#include "nn/gaussian.h"

namespace loom {
namespace {

int open_file(const ModelFile& file, const char* name) {
  const std::vector<std::byte> bytes = save_model(file, Precision::f32);
  return loom_open(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(), name);
}

// A model that closes itself.
struct Opened {
  explicit Opened(const ModelFile& file) : number(open_file(file, "small")) { REQUIRE(number > 0); }
  ~Opened() { loom_close(number); }
  int number;
};

}  // namespace

TEST_CASE("api: sizes, and errors that name file, item, found and expected") {
  const ModelFile file = explorer_file();
  const Opened model(file);
  CHECK(loom_latent_dim(model.number) == 2);
  CHECK(loom_image_height(model.number) == 6);
  CHECK(loom_image_width(model.number) == 5);
  CHECK(loom_class_count(model.number) == 3);
  CHECK(loom_encoded_count(model.number) == 300);
  CHECK(std::string(loom_error()).empty());
  CHECK(loom_class_count(99) == 0);
  CHECK(std::string(loom_error()) == "model 99 is not open");
  CHECK(loom_open(nullptr, 0, "empty.safetensors") == 0);
  CHECK(std::string(loom_error()).starts_with("empty.safetensors: "));
}

TEST_CASE("api: the encoded test set is that of the file") {
  for (const bool variational : {true, false}) {
    const ModelFile file = explorer_file(variational, 3);
    const Opened model(file);
    std::vector<float> mu(900), logvar(900, 7.0f);
    std::vector<std::uint8_t> labels(300);
    REQUIRE(loom_encoded(model.number, mu.data(), logvar.data(), labels.data()) == 1);
    CHECK(std::memcmp(mu.data(), file.test.mu.data(), 900 * sizeof(float)) == 0);
    CHECK(labels == file.test.labels);
    if (variational)
      CHECK(std::memcmp(logvar.data(), file.test.logvar.data(), 900 * sizeof(float)) == 0);
    else
      CHECK(logvar[0] == 7.0f);
  }
}

TEST_CASE("api: densities equal those of the aggregate posterior, holes those of the explorer") {
  for (const Index latent : {1, 2, 4}) {
    const ModelFile file = explorer_file(true, latent);
    const Opened model(file);
    const Matrix z = random_matrix(50, latent, 7) * 2.0f;
    std::vector<double> densities(150), by_class(150);
    REQUIRE(loom_density(model.number, z.data(), 50, densities.data(), by_class.data()) == 1);
    bool some_hole = false, some_images = false;
    for (std::size_t n = 0; n < 50; ++n) {
      const auto row = static_cast<Index>(n);
      double direct = 0;  // the marginal over the first two dimensions; of one, times the prior's of an absent second
      for (Index i = 0; i < file.test.size(); ++i) {
        double term = latent == 1 ? 1 / std::sqrt(2 * 3.14159265358979) : 1;
        for (Index d = 0; d < std::min<Index>(latent, 2); ++d) {
          const double variance = std::exp(double{file.test.logvar(i, d)}),
                       off = double{z(row, d)} - double{file.test.mu(i, d)};
          term *= std::exp(-off * off / (2 * variance)) / std::sqrt(2 * 3.14159265358979 * variance);
        }
        direct += term / static_cast<double>(file.test.size());
      }
      CHECK(densities[3 * n] == doctest::Approx(direct).epsilon(1e-4).scale(1e-4));
      CHECK(by_class[3 * n] + by_class[3 * n + 1] + by_class[3 * n + 2] == doctest::Approx(densities[3 * n]));
      CHECK(densities[3 * n + 1] == doctest::Approx(prior_density({z(row, 0), latent > 1 ? z(row, 1) : 0})));
      CHECK(densities[3 * n + 2] == (densities[3 * n] < densities[3 * n + 1] / 10 ? 1 : 0));
      (densities[3 * n + 2] == 1 ? some_hole : some_images) = true;
    }
    CHECK(some_hole);
    CHECK(some_images);
    CHECK(loom_typical_density(model.number) > 0);
  }
}

TEST_CASE(
    "api: a plain autoencoder has densities by Scott's rule and no holes, a file without a test set none at all") {
  const Opened plain(explorer_file(false));
  const float far[] = {30, 30}, near[] = {0, 0};
  double densities[3], by_class[3];
  REQUIRE(loom_density(plain.number, far, 1, densities, by_class) == 1);
  CHECK(densities[0] == 0);
  CHECK(densities[2] == 0);
  REQUIRE(loom_density(plain.number, near, 1, densities, by_class) == 1);
  CHECK(densities[0] > 0);
  ModelFile bare = explorer_file();
  bare.test = {};
  const Opened model(bare);
  CHECK(loom_density(model.number, near, 1, densities, by_class) == 0);
  CHECK(std::string(loom_error()).find("aux.test_mu") != std::string::npos);
  CHECK(loom_typical_density(model.number) == 0);
  CHECK(loom_encoded_count(model.number) == 0);
}

TEST_CASE("api: scores are reconstruction, KL, floor and squared error at mu, for more images than one group holds") {
  for (const bool variational : {true, false}) {
    const ModelFile file = explorer_file(variational);
    const Opened model(file);
    const Index images = 70;
    const Matrix x = random_matrix(images, 30, 3).array().abs().min(1.0f);
    std::vector<float> decoded(static_cast<std::size_t>(x.size()));
    std::vector<double> terms(4 * static_cast<std::size_t>(images));
    REQUIRE(loom_score(model.number, x.data(), static_cast<int>(images), decoded.data(), terms.data()) == 1);
    Workspace workspace;
    Posterior posterior;
    Matrix picture;
    encode(file.model, x, workspace, posterior);
    const Likelihood& likelihood = *find_likelihood(file.model.spec.likelihood);
    for (Index n = 0; n < images; ++n) {
      const double* row = &terms[4 * static_cast<std::size_t>(n)];
      const Matrix one = x.row(n), mu = posterior.mu.row(n), logits = decode_logits(file.model, mu, workspace);
      likelihood.mean(logits, picture);
      CHECK(row[0] == doctest::Approx(likelihood.reconstruction(logits, one, file.model.spec.image, 1, nullptr)));
      CHECK(row[1] == doctest::Approx(variational ? kl_divergence(mu, posterior.logvar.row(n)) : 0).epsilon(1e-5));
      CHECK(row[2] == doctest::Approx(least_losses(likelihood, file.model.spec.image, one)[0]));
      CHECK(row[0] >= row[2]);
      CHECK(row[3] == doctest::Approx(double{(picture - one).squaredNorm()} / 30));
      CHECK(decoded[static_cast<std::size_t>(30 * n + 11)] == doctest::Approx(picture(0, 11)).epsilon(1e-6));
    }
  }
}

}  // namespace loom
