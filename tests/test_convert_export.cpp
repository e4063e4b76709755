// What a new layer, activation or likelihood still lacks outside nn/, by name. tests/onnx and
// test_model_pytorch_python.cpp compare the numbers, where ONNX Runtime and PyTorch are installed.
#include <doctest/doctest.h>

#include "contains.h"
#include "convert/onnx.h"
#include "core/files/file.h"
#include "core/find_named.h"
#include "message_of.h"
#include "model/architectures.h"
#include "small_spec.h"
#include "source_path.h"

namespace loom {
namespace {

constexpr std::uint64_t kMostBytes = 1 << 20;

std::string onnx_error(const ArchitectureOptions& options, std::string_view likelihood) {
  ModelSpec spec = small_spec(9, 7, 2);
  spec.likelihood = likelihood;
  const Model model = build_model(spec, "dense", options, 1);
  return message_of([&] { onnx_encoder(model), onnx_decoder(model); });
}

std::string source_text(std::string_view path) {
  const std::vector<std::byte> bytes = read_file(source_path(path), kMostBytes);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

TEST_CASE("export: ONNX supports every activation and likelihood") {
  for (const ActivationFunction& function : activation_functions())
    CHECK_MESSAGE(onnx_error({.hidden = {3}, .activation = std::string(function.name)}, "bernoulli") == "no error",
                  "kActivations of src/convert/onnx.cpp has no row for ", function.name);
  for (const Likelihood& likelihood : likelihoods())
    CHECK_MESSAGE(onnx_error({.hidden = {3}}, likelihood.name) == "no error",
                  "kMeans of src/convert/onnx.cpp has no row for ", likelihood.name);
}

// That ONNX has every kind of layer, the compiler checks.
TEST_CASE("export: tools/load_in_pytorch.py supports every kind of layer and every likelihood") {
  const std::string python = source_text("tools/load_in_pytorch.py");
  const auto check = [&](const auto& kinds) {
    for (const std::string_view kind : kinds)
      CHECK_MESSAGE(contains(python, text('"', kind, '"')), "tools/load_in_pytorch.py does not know the layer ", kind);
  };
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (check(std::variant_alternative_t<I, Layer>::kinds()), ...);
  }(std::make_index_sequence<std::variant_size_v<Layer>>());
  for (const Likelihood& likelihood : likelihoods())
    CHECK_MESSAGE(contains(python, text('"', likelihood.name, "\":")), "PICTURES of tools/load_in_pytorch.py has no ",
                  likelihood.name);
}

}  // namespace loom
