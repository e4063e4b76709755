// Small models and their files, for tests of reading and writing them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "message_of.h"
#include "model/architectures.h"
#include "model/checkpoint.h"
#include "model/spec_json.h"
#include "random_matrix.h"
#include "small_spec.h"
#include "weights/safetensors.h"

namespace loom {

inline ModelFile small_model_file(std::string_view architecture, bool variational = true) {
  ModelSpec spec = small_spec(9, 7, 2, variational);
  spec.class_names = {"coat", "shoe", "b\"ag \xC3\xA9"};
  spec.provenance = {{"recipe", "small"}, {"seed", "1"}};
  ModelFile file{build_model(spec, architecture, {.channels = {3, 5}, .hidden = {6}, .activation = "gelu_tanh"}, 1),
                 {}};
  file.test.mu = random_matrix(4, 2, 1);
  if (variational) file.test.logvar = random_matrix(4, 2, 2);
  file.test.labels = {0, 2, 1, 1};
  file.test.excess = {60, 72.5, 58.25, 91};
  return file;
}

// The content of a weight file in parts, which a test can make invalid.
struct Parts {
  Metadata metadata;
  std::vector<std::vector<std::byte>> storage;
  std::vector<TensorView> tensors;

  explicit Parts(const ModelFile& file) {
    const std::vector<std::byte> bytes = save_model(file, Precision::f32);
    const TensorFile read = read_safetensors(bytes, "parts");
    metadata = read.metadata;
    for (const TensorView& tensor : read.tensors)
      add(tensor.name, tensor.dtype, tensor.shape, {tensor.bytes.begin(), tensor.bytes.end()});
  }
  void add(std::string name, DType dtype, Shape shape, std::vector<std::byte> bytes) {
    storage.push_back(std::move(bytes));
    tensors.push_back({std::move(name), dtype, std::move(shape), storage.back()});
  }
  void remove(std::string_view name) {
    std::erase_if(tensors, [&](const TensorView& tensor) { return tensor.name == name; });
  }
  std::vector<std::byte>& bytes_of(std::string_view name) {
    for (std::size_t i = 0; i < tensors.size(); ++i)
      if (tensors[i].name == name) return storage[i];  // before any remove
    fail("no tensor ", name);
  }
  TensorView& tensor(std::string_view name) {
    for (TensorView& t : tensors)
      if (t.name == name) return t;
    fail("no tensor ", name);
  }
  // Replaces the first occurrence in the description of the model.
  void replace(std::string_view what, std::string_view with) {
    std::string& json = metadata.find("model")->second;
    const std::size_t at = json.find(what);
    if (at == std::string::npos) fail("the description has no ", what, ": ", json);
    json.replace(at, what.size(), with);
  }
  std::string error() const {
    const std::vector<std::byte> bytes = write_safetensors(metadata, tensors);
    return message_of([&] { load_model(bytes, "f"); });
  }
};

}  // namespace loom
