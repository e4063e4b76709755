#include "api/core_api.h"

#include <algorithm>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analysis/bound/anomaly.h"
#include "analysis/bound/pixel_terms.h"
#include "analysis/density/aggregate_posterior.h"
#include "analysis/density/prior.h"
#include "analysis/plane/latent_plane.h"
#include "analysis/plane/region.h"
#include "core/error.h"
#include "model/checkpoint.h"
#include "nn/gaussian.h"

#define LOOM_API __attribute__((used, visibility("default")))

namespace loom {
namespace {

struct OpenModel {
  Model model;
  EncodedSet test;
  std::size_t classes = 0;
  std::optional<AggregatePosterior> aggregate;  // made on first use
  Workspace workspace;
  Posterior posterior;
  Matrix input, output;
};

// The whole state of the module. JavaScript calls from one thread only.
struct Session {
  std::vector<std::unique_ptr<OpenModel>> models;
  std::string error;
};

Session& session() {
  static Session the_session;
  return the_session;
}

OpenModel& open_model(int number) {
  auto& models = session().models;
  if (number < 1 || static_cast<std::size_t>(number) > models.size() || !models[static_cast<std::size_t>(number - 1)])
    fail("model ", number, " is not open");
  return *models[static_cast<std::size_t>(number - 1)];
}

// Stops exceptions: returns the result of `work`, or `failed` after storing the message for loom_error.
template <class Result, class Work>
Result guarded(Result failed, Work&& work) {
  session().error.clear();
  try {
    return work();
  } catch (const std::exception& error) {
    session().error = error.what();
    return failed;
  }
}

// Rows are processed in groups of this size, so that memory does not grow with the number of points.
constexpr Index kRows = 64;
constexpr int kTerms = 4, kDensities = 3;  // columns of loom_score and loom_density

template <class Work>
int in_groups(int count, Work&& work) {
  for (Index first = 0; first < count; first += kRows) work(first, std::min<Index>(kRows, count - first));
  return 1;
}

// The aggregate posterior on the plane of the first two dimensions, as in the explorer.
const AggregatePosterior& aggregate_posterior(OpenModel& m) {
  if (m.aggregate) return *m.aggregate;
  if (m.test.size() == 0) fail("the file has no encoded test set (aux.test_mu), which densities need");
  PlaneSet seen = plane_set(first_axes_plane(m.model.spec.latent_dim), m.test);
  if (m.model.spec.latent_dim == 1)
    for (Point& sigma : seen.sigma) sigma.y = 1;  // the prior's sigma, because there is no second dimension
  if (seen.sigma.empty()) seen.sigma.push_back(scott_width(seen.mu));
  return m.aggregate.emplace(seen.mu, seen.sigma, m.test.labels, m.classes);
}

// Writes one row per image of m.input, as `loom reconstruct` shows it: the reconstruction loss at z = mu, the KL
// divergence, the least possible reconstruction loss, the squared error per pixel.
void score(OpenModel& m, double* terms) {
  const Model& model = m.model;
  const Likelihood& likelihood = *find_likelihood(model.spec.likelihood);
  const std::vector<double> floor = least_losses(likelihood, model.spec.image, m.input);
  const Matrix& logits = decode_logits(model, m.posterior.mu, m.workspace);
  const std::vector<double> losses = row_losses(likelihood, model.spec.image, logits, m.input);
  likelihood.mean(logits, m.output);
  for (std::size_t i = 0; i < losses.size(); ++i, terms += kTerms) {
    const auto row = static_cast<Index>(i);
    double kl = 0, squares = 0;
    for (Index d = 0; d < m.posterior.logvar.cols(); ++d)
      kl += kl_divergence(double{m.posterior.mu(row, d)}, double{m.posterior.logvar(row, d)});
    for (Index p = 0; p < m.input.cols(); ++p) {
      const double difference = double{m.output(row, p)} - double{m.input(row, p)};
      squares += difference * difference;
    }
    terms[0] = losses[i], terms[1] = kl, terms[2] = floor[i], terms[3] = squares / static_cast<double>(m.input.cols());
  }
}

}  // namespace
}  // namespace loom

using namespace loom;

extern "C" {

LOOM_API int loom_open(const std::uint8_t* bytes, std::size_t size, const char* name) {
  return guarded(0, [&] {
    auto opened = std::make_unique<OpenModel>();
    ModelFile file = load_model(std::as_bytes(std::span(bytes, size)), name ? name : "weights");
    opened->classes = file.test.size() == 0 ? 0 : class_count(file);
    opened->model = std::move(file.model);
    opened->test = std::move(file.test);
    session().models.push_back(std::move(opened));
    return static_cast<int>(session().models.size());
  });
}

LOOM_API void loom_close(int model) {
  guarded(0, [&] {
    open_model(model);
    session().models[static_cast<std::size_t>(model - 1)].reset();
    return 1;
  });
}

LOOM_API const char* loom_error() { return session().error.c_str(); }

LOOM_API int loom_latent_dim(int model) {
  return guarded(0, [&] { return static_cast<int>(open_model(model).model.spec.latent_dim); });
}

LOOM_API int loom_image_height(int model) {
  return guarded(0, [&] { return static_cast<int>(open_model(model).model.spec.image.height); });
}

LOOM_API int loom_image_width(int model) {
  return guarded(0, [&] { return static_cast<int>(open_model(model).model.spec.image.width); });
}

LOOM_API int loom_class_count(int model) {
  return guarded(0, [&] { return static_cast<int>(open_model(model).classes); });
}

LOOM_API int loom_encoded_count(int model) {
  return guarded(0, [&] { return static_cast<int>(open_model(model).test.size()); });
}

LOOM_API int loom_decode(int model, const float* z, int count, float* pictures) {
  return guarded(0, [&] {
    OpenModel& m = open_model(model);
    const Index latent = m.model.spec.latent_dim, pixels = m.model.spec.image.size();
    return in_groups(count, [&](Index first, Index rows) {
      m.input = ConstMatrixMap(z + first * latent, rows, latent);
      decode(m.model, m.input, m.workspace, m.output);
      MatrixMap(pictures + first * pixels, rows, pixels) = m.output;
    });
  });
}

LOOM_API int loom_encode(int model, const float* pictures, int count, float* mu, float* logvar) {
  return guarded(0, [&] {
    OpenModel& m = open_model(model);
    const Index latent = m.model.spec.latent_dim, pixels = m.model.spec.image.size();
    return in_groups(count, [&](Index first, Index rows) {
      m.input = ConstMatrixMap(pictures + first * pixels, rows, pixels);
      encode(m.model, m.input, m.workspace, m.posterior);
      MatrixMap(mu + first * latent, rows, latent) = m.posterior.mu;
      if (logvar && m.model.spec.variational) MatrixMap(logvar + first * latent, rows, latent) = m.posterior.logvar;
    });
  });
}

LOOM_API int loom_encoded(int model, float* mu, float* logvar, std::uint8_t* labels) {
  return guarded(0, [&] {
    const EncodedSet& test = open_model(model).test;
    std::copy_n(test.mu.data(), test.mu.size(), mu);
    if (logvar) std::copy_n(test.logvar.data(), test.logvar.size(), logvar);
    std::copy(test.labels.begin(), test.labels.end(), labels);
    return 1;
  });
}

LOOM_API int loom_score(int model, const float* pictures, int count, float* decoded, double* terms) {
  return guarded(0, [&] {
    OpenModel& m = open_model(model);
    const Index pixels = m.model.spec.image.size();
    return in_groups(count, [&](Index first, Index rows) {
      m.input = ConstMatrixMap(pictures + first * pixels, rows, pixels);
      encode(m.model, m.input, m.workspace, m.posterior);
      score(m, terms + first * kTerms);
      MatrixMap(decoded + first * pixels, rows, pixels) = m.output;
    });
  });
}

LOOM_API int loom_density(int model, const float* z, int count, double* densities, double* by_class) {
  return guarded(0, [&] {
    OpenModel& m = open_model(model);
    const AggregatePosterior& q = aggregate_posterior(m);
    const Index latent = m.model.spec.latent_dim;
    for (int n = 0; n < count; ++n, z += latent, densities += kDensities, by_class += m.classes) {
      const Point place{z[0], latent > 1 ? z[1] : 0};
      densities[0] = q.density(place, {by_class, m.classes});
      densities[1] = prior_density(place);
      densities[2] = m.model.spec.variational && is_prior_hole(densities[0], densities[1]) ? 1 : 0;
    }
    return 1;
  });
}

LOOM_API double loom_typical_density(int model) {
  return guarded(0.0, [&] { return aggregate_posterior(open_model(model)).typical_density(); });
}
}
