// tools/load_in_pytorch.py, which has none of our code, decodes our files to our pictures.
#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <string>

#include "core/files/file.h"
#include "model_files.h"
#include "run_command.h"
#include "source_path.h"
#include "temporary_directory.h"

namespace loom {
namespace {

// A decoder with Fourier features, with pads that differ at every side, which PyTorch's layers have no option for, and
// several activations.
ModelFile uneven_model() {
  Model model;
  model.spec = small_spec(12, 10, 2, false);
  model.encoder = {Linear(120, 2)};
  const ConvTranspose2d first({20, 3, 3}, 3, {4, 3, 2, 1, 0, 2, 3, 0});
  const Conv2d second(first.out(), 5, {2, 3, 1, 1, 1, 2, 0, 1});
  const ImageShape middle = second.out();
  model.decoder = {Fourier(2, 9), Linear(20, 180), Activation{}, Unflatten{{20, 3, 3}}, first,
                   Activation{},  second,          Activation{}, Flatten{middle},       Linear(middle.size(), 33),
                   Activation{},  Linear(33, 40),  Activation{}, Linear(40, 120)};
  std::size_t used = 0;
  for (Layer& layer : model.decoder)
    if (auto* activation = std::get_if<Activation>(&layer))
      activation->function = &activation_functions()[used++ % activation_functions().size()];
  check_model(model, "uneven");
  for (Parameter& p : parameters(model)) {
    const Matrix values = random_matrix(1, static_cast<Index>(p.value.size()), p.value.size());
    std::transform(values.data(), values.data() + values.size(), p.value.begin(), [](Scalar v) { return v * 0.3f; });
  }
  return {model, {}};
}

}  // namespace

TEST_CASE("pytorch: reads our weight files and decodes the same images") {
  const std::string python = python_with("torch, numpy");
  if (python.empty()) {
    MESSAGE("skipped: no python3 with torch and numpy");
    return;
  }
  const TemporaryDirectory directory;
  std::vector<ModelFile> files{small_model_file("dense"), small_model_file("conv"), uneven_model()};
  for (const ActivationFunction& function : activation_functions()) {
    files.push_back(small_model_file("dense"));
    for (Layer& layer : files.back().model.decoder)
      if (auto* activation = std::get_if<Activation>(&layer)) activation->function = &function;
  }
  for (const Likelihood& likelihood : likelihoods()) {
    files.push_back(small_model_file("dense"));
    files.back().model.spec.likelihood = likelihood.name;
  }
  for (const Precision precision : {Precision::f32, Precision::f16})
    for (const ModelFile& file : files) {
      const std::string path = directory / "model.safetensors";
      const std::vector<std::byte> bytes = save_model(file, precision);
      write_file_atomic(path, bytes);
      const Run run =
          run_command(text(python, " '", source_path("tools/load_in_pytorch.py"), "' '", path, "' --z=0.5,-1.25"));
      REQUIRE_MESSAGE(run.status == 0, run.output);

      // Compared is the model as it is in the file, so rounding to f16 makes no difference.
      const Matrix z = (Matrix(1, 2) << 0.5f, -1.25f).finished();
      Workspace workspace;
      Matrix picture;
      decode(load_model(bytes, "f").model, z, workspace, picture);
      std::istringstream numbers(run.output);
      double worst = 0;
      for (Index i = 0; i < picture.size(); ++i) {
        double wanted = -1;
        numbers >> wanted;
        worst = std::max(worst, std::abs(static_cast<double>(picture.data()[i]) - wanted));
      }
      CHECK(worst <= 1e-5);
      std::string more;
      CHECK_FALSE(static_cast<bool>(numbers >> more));
      MESSAGE("worst difference of a pixel ", worst);
    }
}

}  // namespace loom
