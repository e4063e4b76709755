// The inside of the models that are shipped.
#include <doctest/doctest.h>

#include <filesystem>

#include "core/files/file.h"
#include "explorer/model/inside.h"
#include "source_path.h"
#include "weights/tensor.h"

namespace loom {
namespace {

TEST_CASE("look inside: every shipped model, both networks") {
  namespace fs = std::filesystem;
  std::size_t models = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(source_path("weights"))) {
    const std::string path = entry.path().string();
    if (!path.ends_with(".safetensors") || path.ends_with(".replay.safetensors")) continue;
    ++models;
    CAPTURE(path);
    const LoadedModel model = load_for_explorer(read_file(path, kMaxWeightFileBytes), path, "shipped");
    for (const Network network : {Network::decoder, Network::encoder}) {
      Inside inside;
      Workspace workspace;
      Matrix picture;
      const RowVector code = model.file.test.mu.row(0);
      decode(model.file.model, code, workspace, picture);
      inside.show(model, network, network == Network::decoder ? Matrix(code) : picture);
      CHECK(inside.stages().size() >= 2);
      if (network == Network::decoder) CHECK(inside.image() == picture);
      while (inside.measure(Deadline(1000))) {
      }
    }
  }
  CHECK(models == 14);
}

}  // namespace
}  // namespace loom
