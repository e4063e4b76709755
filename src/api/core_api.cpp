#include "api/core_api.h"

#include <exception>
#include <memory>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/json.h"
#include "model/checkpoint.h"
#include "model/spec_json.h"

#define LOOM_API __attribute__((used, visibility("default")))

namespace loom {
namespace {

struct OpenModel {
  Model model;
  Activations activations;
  Posterior posterior;
  Matrix input, output;
};

// The module's whole state; JavaScript calls from one thread.
struct Session {
  std::vector<std::unique_ptr<OpenModel>> models;
  std::string error, answer;
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

// Exceptions end here: returns what `work` returns, or `failed` with the message kept for loom_error.
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

// Rows go through the network in groups, so that memory does not grow with the number of points.
constexpr Index kRows = 64;

template <class Work>
int in_groups(int count, Work&& work) {
  for (Index first = 0; first < count; first += kRows) work(first, std::min<Index>(kRows, count - first));
  return 1;
}

}  // namespace
}  // namespace loom

using namespace loom;

extern "C" {

LOOM_API int loom_open(const std::uint8_t* bytes, std::size_t size, const char* name) {
  return guarded(0, [&] {
    auto opened = std::make_unique<OpenModel>();
    opened->model = load_model(std::as_bytes(std::span(bytes, size)), name ? name : "weights").model;
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

LOOM_API const char* loom_description(int model) {
  return guarded(static_cast<const char*>(nullptr), [&] {
    const OpenModel& opened = open_model(model);
    Json json, provenance{Json::Object{}};
    for (const auto& [key, value] : opened.model.spec.provenance) provenance.set(key, value);
    json.set("model", parse_json(model_json(opened.model), "model")).set("provenance", std::move(provenance));
    session().answer = json.dump();
    return session().answer.c_str();
  });
}

LOOM_API int loom_decode(int model, const float* z, int count, float* pictures) {
  return guarded(0, [&] {
    OpenModel& m = open_model(model);
    const Index latent = m.model.spec.latent_dim, pixels = m.model.spec.image.size();
    return in_groups(count, [&](Index first, Index rows) {
      m.input = ConstMatrixMap(z + first * latent, rows, latent);
      decode(m.model, m.input, m.activations, m.output);
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
      encode(m.model, m.input, m.activations, m.posterior);
      MatrixMap(mu + first * latent, rows, latent) = m.posterior.mu;
      if (logvar && m.model.spec.variational) MatrixMap(logvar + first * latent, rows, latent) = m.posterior.logvar;
    });
  });
}
}
