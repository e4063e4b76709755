// The inside of the models that are shipped.
#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>

#include "core/file.h"
#include "explorer/model/inside.h"
#include "source_path.h"
#include "weights/tensor.h"

namespace loom {
namespace {

TEST_CASE("look inside: every shipped model, both networks, and what a frame of it costs") {
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
      if (network == Network::decoder) CHECK(inside.image() == picture);
      while (inside.measure(Deadline(1000))) {
      }
      const auto start = std::chrono::steady_clock::now();
      constexpr int kFrames = 20;
      for (int i = 1; i <= kFrames; ++i) {
        const Scalar scale = 1 - Scalar(i) / 100;
        inside.show(model, network, network == Network::decoder ? Matrix(code * scale) : Matrix(picture * scale));
      }
      const double each =
          std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count() / kFrames;
      CHECK(each < 40);  // ms; a busy machine
      MESSAGE(entry.path().stem().string(), network == Network::decoder ? " decoder " : " encoder ", each, " ms");
    }
  }
  CHECK(models == 14);
}

}  // namespace
}  // namespace loom
