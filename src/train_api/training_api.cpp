#include "train_api/training_api.h"

#include <algorithm>
#include <exception>
#include <new>
#include <optional>

#include "core/error.h"
#include "nn/likelihood/likelihood.h"
#include "train/recipe_json.h"
#include "train/session/dataset.h"
#include "train/session/session.h"

#define LOOM_API __attribute__((used, visibility("default")))

namespace loom {
namespace {

// The whole state of the module. JavaScript calls from one thread only.
struct Run {
  std::optional<Dataset> data;
  std::optional<TrainingSession> session;
  std::string error, text;
  std::vector<std::byte> bytes;
};

Run& run() {
  static Run the_run;
  return the_run;
}

TrainingSession& session() {
  if (!run().session) fail("training: no run has begun");
  return *run().session;
}

// Stops exceptions: returns the result of `work`, or `failed` after storing the message for training_error.
template <class Result, class Work>
Result guarded(Result failed, Work&& work) {
  run().error.clear();
  try {
    return work();
  } catch (const std::bad_alloc&) {
    run().error = "training: there is not enough memory; a smaller network, batch or number of images needs less";
  } catch (const std::exception& error) {
    run().error = error.what();
  }
  return failed;
}

const char* guarded_text(auto&& make) {
  return guarded<const char*>(nullptr, [&] {
    run().text = make();
    return run().text.c_str();
  });
}

const std::uint8_t* guarded_bytes(auto&& make) {
  return guarded<const std::uint8_t*>(nullptr, [&] {
    run().bytes = make();
    return reinterpret_cast<const std::uint8_t*>(run().bytes.data());
  });
}

std::vector<std::string> names_from_json(const char* json) {
  std::vector<std::string> names;
  const Json list = parse_json(json, "class names");
  for (const JsonItem& name : JsonItem(list, "class names").elements()) names.push_back(name.string());
  return names;
}

Dataset take_data() {
  if (!run().data) fail("training: there are no images to train on");
  Dataset data = std::move(*run().data);
  run().data.reset();
  run().session.reset();  // before the new one needs memory
  return data;
}

std::vector<Index> image_numbers(const std::int32_t* images, int count) {
  std::vector<Index> numbers(images, images + count);
  for (const Index image : numbers)
    if (image < 0 || image >= session().data().size())
      fail("training: there is no image ", image, ", the data set has 0 to ", session().data().size() - 1);
  return numbers;
}

std::string description() {
  const TrainingSession& s = session();
  const Model& model = s.trainer().state().model;
  Json json, names{Json::Array{}}, watched{Json::Array{}};
  for (const std::string& name : s.data().class_names) names.push(name);
  for (const Index image : s.watched()) watched.push(image);
  json.set("images", s.data().size()).set("height", s.data().shape.height).set("width", s.data().shape.width);
  json.set("class_names", std::move(names)).set("dataset", s.data().name);
  json.set("images_sha256", s.data().images_sha256).set("recipe", s.recipe().name);
  json.set("latent_dim", model.spec.latent_dim).set("variational", model.spec.variational);
  json.set("parameters", parameter_count(model)).set("settings", recipe_json(s.recipe()));
  return json.set("watched", std::move(watched)).dump();
}

}  // namespace
}  // namespace loom

using namespace loom;

extern "C" {

LOOM_API const char* training_error() { return run().error.c_str(); }

LOOM_API int training_data(const std::uint8_t* pixels, std::size_t pixel_count, int height, int width,
                           const std::uint8_t* labels, std::size_t label_count, const char* class_names) {
  return guarded(0, [&] {
    run().data = memory_dataset({pixels, pixels + pixel_count}, {labels, labels + label_count}, {1, height, width},
                                names_from_json(class_names));
    return 1;
  });
}

LOOM_API int training_begin(const char* settings, const std::uint8_t* weights, std::size_t size) {
  return guarded(0, [&] {
    run().session.emplace(take_data(), settings, std::as_bytes(std::span(weights, size)));
    return 1;
  });
}

LOOM_API int training_resume(const std::uint8_t* state, std::size_t size) {
  return guarded(0, [&] {
    run().session.emplace(take_data(), std::as_bytes(std::span(state, size)));
    return 1;
  });
}

LOOM_API int training_run(int steps, double milliseconds) {
  return guarded(0, [&] {
    const bool ended = session().run(steps, milliseconds).epoch_ended;
    return 1 + (ended ? 2 : 0) + (session().finished() ? 4 : 0);
  });
}

LOOM_API int training_change(const char* setting, double value) {
  return guarded(0, [&] {
    session().change(setting, value);
    return 1;
  });
}

LOOM_API const char* training_description() { return guarded_text(description); }
LOOM_API const char* training_progress() {
  return guarded_text([] { return session().progress().dump(); });
}
LOOM_API const char* training_history() {
  return guarded_text([] { return session().history().dump(); });
}
LOOM_API const char* training_last_epoch() {
  return guarded_text([] { return session().last_epoch().dump(); });
}
LOOM_API const char* training_command(const char* file_name, int f32) {
  return guarded_text([&] { return session().command(file_name, f32 != 0); });
}
LOOM_API const char* training_card(const char* file_name, int f32, int encoded) {
  return guarded_text([&] { return session().card(file_name, f32 != 0, encoded != 0); });
}

LOOM_API int training_codes(const std::int32_t* images, int count, float* mu, float* logvar) {
  return guarded(0, [&] {
    const EncodedSet set = session().codes(image_numbers(images, count));
    std::copy_n(set.mu.data(), set.mu.size(), mu);
    if (logvar) std::copy_n(set.logvar.data(), set.logvar.size(), logvar);
    return 1;
  });
}

LOOM_API int training_reconstruct(const std::int32_t* images, int count, float* pictures) {
  return guarded(0, [&] {
    const Matrix decoded = session().reconstructions(image_numbers(images, count));
    std::copy_n(decoded.data(), decoded.size(), pictures);
    return 1;
  });
}

LOOM_API const std::uint8_t* training_model(int f32, int encoded) {
  return guarded_bytes([&] { return session().model(f32 != 0, encoded != 0); });
}
LOOM_API const std::uint8_t* training_replay(const char* model_name) {
  return guarded_bytes([&] { return session().replay(model_name); });
}
LOOM_API const std::uint8_t* training_state() {
  return guarded_bytes([] { return session().save_state(); });
}
LOOM_API std::size_t training_size() { return run().bytes.size(); }
}
