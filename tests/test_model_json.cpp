#include <doctest/doctest.h>

#include "contains.h"
#include "model/spec_json.h"
#include "model_files.h"

namespace loom {
namespace {

constexpr Index kBudget = 1 << 20;

// What a conv model's description is refused with when one piece of it is replaced.
std::string error_of(std::string_view what, std::string_view with, const char* architecture = "conv") {
  Parts parts(small_model_file(architecture));
  parts.replace(what, with);
  return parts.error();
}

}  // namespace

TEST_CASE("model json: round-trips for every architecture, activation and likelihood") {
  for (const Architecture& architecture : architectures())
    for (const ActivationFunction& function : activation_functions())
      for (const Likelihood& likelihood : likelihoods())
        for (const bool variational : {true, false}) {
          ModelSpec spec = small_spec(28, 27, 3, variational);
          spec.likelihood = likelihood.name;
          spec.logvar_max = 2.5f;
          spec.class_names = {"a", "\"b\"\n"};
          const Model model =
              build_model(spec, architecture.name,
                          {.channels = {2, 3}, .hidden = {4}, .activation = std::string(function.name)}, 1);
          const std::string json = model_json(model);
          const Model back = model_from_json(json, "f", kBudget);
          CHECK(model_json(back) == json);
          CHECK(back.spec.class_names == spec.class_names);
          CHECK(back.spec.likelihood == spec.likelihood);
          const auto a = parameters(model), b = parameters(back);
          REQUIRE(a.size() == b.size());
          for (std::size_t i = 0; i < a.size(); ++i) CHECK(a[i].shape == b[i].shape);
        }
}

TEST_CASE("model json: an unknown kind, option or name is refused, and the known ones are listed") {
  const std::string kind = error_of(R"("kind":"conv2d")", R"("kind":"attention")");
  CHECK(kind.starts_with("f: model: encoder[0].kind: found \"attention\", expected "));
  CHECK(contains(kind, "linear"));
  CHECK(contains(kind, "gelu_tanh"));
  CHECK(contains(error_of(R"("kind":"gelu_tanh")", R"("kind":"gelu_tanh","slope":1)"), "slope"));
  CHECK(contains(error_of(R"("likelihood":"bernoulli")", R"("likelihood":"gauss")"), "gauss"));
  CHECK(contains(error_of(R"("latent_dim":2)", R"("latent_dim":2,"dim":3)"), "dim"));
  CHECK(contains(error_of(R"("latent_dim":2,)", ""), "latent_dim"));
}

TEST_CASE("model json: layers must match each other and the description") {
  CHECK(error_of(R"("kind":"linear","in":6,"out":4)", R"("kind":"linear","in":7,"out":4)", "dense") ==
        "f: model: encoder[2]: takes 7 numbers, but 6 come from the layer before");
  CHECK(error_of(R"("kind":"linear","in":6,"out":4)", R"("kind":"linear","in":6,"out":5)", "dense") ==
        "f: model: the encoder gives 5 numbers, expected 4 for latent_dim 2");
  CHECK(error_of(R"("image":[1,9,7])", R"("image":[1,9,8])", "dense") ==
        "f: model: encoder[0]: takes 63 numbers, but 72 come from the layer before");
  CHECK(error_of(R"("out":[3,5,4])", R"("out":[3,5,5])") ==
        "f: model: encoder[0].out: found 3x5x5, expected 3x5x4 from the other values");
}

TEST_CASE("model json: windows out of range") {
  CHECK(contains(error_of(R"("stride":[2,2])", R"("stride":[0,2])"), "encoder[0].stride[0]"));
  CHECK(contains(error_of(R"("kernel":[3,3])", R"("kernel":[3,999])"), "encoder[0].kernel[1]"));
  CHECK(contains(error_of(R"("pad":[1,1,1,1])", R"("pad":[1,1,3,1])"), "encoder[0].pad[2]"));
  CHECK(contains(error_of(R"("pad":[1,1,1,1])", R"("pad":[1,1,1])"), "4 numbers"));
  CHECK(contains(error_of(R"("kernel":[3,3])", R"("kernel":3)"), "encoder[0].kernel"));
}

TEST_CASE("model json: the clamp of logvar must be a range in which exp does not overflow") {
  for (const char* clamp : {"[4,-12]", "[-90,4]", "[-12,90]", "[4]", "[1e999,2]"})
    CHECK(error_of("[-12,4]", clamp) != "no error");
  CHECK(error_of("[-12,4]", "[-12,4,5]") ==
        "f: model: logvar_clamp: found 3 numbers, expected 2 numbers: lowest, highest");
  CHECK(error_of("[-12,4]", "[-1e300,4]") ==
        "f: model: logvar_clamp[0]: found -1e+300, expected a number in the range of float");
}

// Sizes are checked against the size of the file before memory is allocated: these would need gigabytes.
TEST_CASE("model json: absurd sizes are refused before memory is allocated") {
  CHECK(
      contains(error_of(R"("kind":"linear","in":6,"out":4)", R"("kind":"linear","in":1048576,"out":1048576)", "dense"),
               "weights, expected at most the "));
  CHECK(contains(error_of(R"("kind":"linear","in":6,"out":4)", R"("kind":"linear","in":6,"out":99999999999)", "dense"),
                 "encoder[2].out"));
  CHECK(contains(error_of(R"("out":[3,5,4])", R"("out":[4096,16,16])"), "weights, expected at most the "));
  CHECK(contains(error_of(R"("out":[3,5,4])", R"("out":[4096,256,256])"), "numbers, expected at most "));
  CHECK(contains(error_of(R"("out":[3,5,4])", R"("out":[4097,5,4])"), "encoder[0].out[0]"));
  CHECK(contains(error_of(R"("image":[1,9,7])", R"("image":[1,65,7])"), "image"));
  CHECK(contains(error_of(R"("image":[1,9,7])", R"("image":[2,9,7])"), "image"));
  CHECK(contains(error_of(R"("latent_dim":2)", R"("latent_dim":1025)"), "latent_dim"));
  CHECK(contains(error_of(R"("latent_dim":2)", R"("latent_dim":-1)"), "latent_dim"));
  std::string many = "[";
  for (int i = 0; i < 101; ++i) many += R"({"kind":"relu"},)";
  CHECK(contains(error_of(R"("encoder":[)", R"("encoder":)" + many), "layers, expected 1 to 100"));
}

// Few weights can mean much work: 256x256 positions of a window of 16x16 with 16 channels each way.
TEST_CASE("model json: too many operations for one image are refused") {
  const std::string description =
      R"({"image":[1,64,64],"latent_dim":16,"variational":false,"likelihood":"bernoulli",)"
      R"("class_names":[],"encoder":[{"kind":"linear","in":4096,"out":16}],"decoder":[)"
      R"({"kind":"conv_transpose2d","in":[16,1,1],"out":[16,16,16],"kernel":[16,16],"stride":[1,1],"pad":[0,0,0,0]},)"
      R"({"kind":"conv_transpose2d","in":[16,16,16],"out":[16,256,256],"kernel":[16,16],"stride":[16,16],"pad":[0,0,0,0]},)"
      R"({"kind":"conv2d","in":[16,256,256],"out":[16,241,241],"kernel":[16,16],"stride":[1,1],"pad":[0,0,0,0]}]})";
  const std::string error = message_of([&] { model_from_json(description, "f", kBudget); });
  CHECK(error.starts_with("f: decoder: found "));
  CHECK(contains(error, "multiply-adds per image, expected at most"));
}

}  // namespace loom
