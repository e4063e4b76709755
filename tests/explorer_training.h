// A page with the tool "Train a model", and what a page would tell it, for tests.
#pragma once

#include <doctest/doctest.h>

#include "core/text.h"
#include "explorer/app/training.h"
#include "explorer_entries.h"

namespace loom {

inline std::string status_json(std::string_view phase, std::string_view more = "") {
  return text("{\"phase\": \"", phase, '"', more, '}');
}

inline constexpr std::string_view kProgress =
    ", \"progress\": {\"epoch\": 4, \"epochs\": 24, \"training\": {\"negative_elbo\": 271.28}, "
    "\"images_per_second\": 6412.5, \"seconds_left\": 20.4}";
inline constexpr std::string_view kHistory =
    ", \"history\": {\"unit\": \"nats per image\", \"entropy_floor\": 189.5, \"epochs\": ["
    "{\"training\": {\"negative_elbo\": 330.5, \"kl\": 4.5}, \"validation\": {\"negative_elbo\": 320.5}, "
    "\"active_units\": 1},"
    "{\"training\": {\"negative_elbo\": 280.5, \"kl\": 5.5}, \"validation\": {\"negative_elbo\": 282.5}, "
    "\"active_units\": 2}]}";

// A page with images to train on, three models, and the tool open.
inline std::unique_ptr<Explorer> page_with_tool() {
  auto explorer = three_entries(small_bytes());
  explorer->is_page = explorer->can_train = true;
  edit(*explorer, [](ExplorerState& s) { s.tool = find_tool("train"); });
  return explorer;
}

inline std::vector<TrainAsk> asked(Explorer& explorer) {
  std::vector<TrainAsk> asks;
  for (const Request& request : take_requests(explorer)) {
    CHECK(request.kind == Request::Kind::training);
    asks.push_back(request.ask);
  }
  return asks;
}

inline void one_frame(Explorer& explorer) {
  Input input;
  input.plane = {0, 0, 400, 400};
  advance(explorer, input);
  for (int i = 0; i < 1000 && work(explorer, input, Deadline(100)); ++i) {
  }
}

// The model after some more training: all codes are moved by `by`.
inline std::vector<std::byte> trained_bytes(float by, bool variational = true, Index latent_dim = 2,
                                            Index images = 300) {
  ModelFile file = explorer_file(variational, latent_dim, images);
  file.test.mu.array() += by;
  return save_model(file, Precision::f32);
}

// The same with a run that has just been started.
inline std::unique_ptr<Explorer> page_that_trains() {
  auto explorer = page_with_tool();
  apply(*explorer, Train{TrainAsk::start});
  take_requests(*explorer);
  return explorer;
}

inline Input input_after(float seconds) {
  Input input;
  input.plane = {0, 0, 400, 400};
  input.seconds = seconds;
  return input;
}

// Finished epochs, and their losses as JSON.
inline void tell_epoch(Explorer& explorer, int epoch, std::string_view losses, double seconds_left = 100) {
  receive_training_status(
      explorer,
      text("{\"phase\": \"running\", \"progress\": {\"epoch\": ", epoch,
           ", \"epochs\": 20, \"training\": null, \"images_per_second\": 100, \"seconds_left\": ", seconds_left,
           "}, \"history\": {\"unit\": \"nats per image\", \"entropy_floor\": 189.5, \"epochs\": [", losses, "]}}"));
}
inline constexpr std::string_view kOneEpoch =
    "{\"training\": {\"negative_elbo\": 300.5, \"reconstruction\": 296, \"kl\": 4.5}, "
    "\"validation\": {\"negative_elbo\": 310.5, \"reconstruction\": 305.25, \"kl\": 5.25}, "
    "\"active_units\": 2, \"kl_per_dimension\": [4, 0.5]}";

}  // namespace loom
