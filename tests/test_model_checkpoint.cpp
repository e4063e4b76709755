#include "contains.h"
#include "model/checkpoint.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <limits>

#include "model_files.h"

namespace loom {
namespace {

ModelFile reload(const ModelFile& file, Precision precision) { return load_model(save_model(file, precision), "f"); }

}  // namespace

TEST_CASE("checkpoint: f32 round-trips exactly, with everything else in the file") {
  for (const char* architecture : {"dense", "conv"})
    for (const bool variational : {true, false}) {
      const ModelFile file = small_model_file(architecture, variational);
      const ModelFile back = reload(file, Precision::f32);
      const auto a = parameters(file.model), b = parameters(back.model);
      REQUIRE(a.size() == b.size());
      for (std::size_t i = 0; i < a.size(); ++i) {
        CHECK(a[i].name == b[i].name);
        CHECK(a[i].shape == b[i].shape);
        CHECK(std::equal(a[i].value.begin(), a[i].value.end(), b[i].value.begin()));
      }
      CHECK(model_json(file.model) == model_json(back.model));
      CHECK(back.model.spec.class_names == file.model.spec.class_names);
      CHECK(back.model.spec.provenance == file.model.spec.provenance);
      CHECK(back.test.mu == file.test.mu);
      CHECK(back.test.logvar == file.test.logvar);
      CHECK(back.test.labels == file.test.labels);
      CHECK(back.test.excess == file.test.excess);
      const Matrix z = random_matrix(3, 2, 9);
      Workspace x, y;
      CHECK(decode_logits(file.model, z, x) == decode_logits(back.model, z, y));
    }
}

TEST_CASE("checkpoint: f16 round-trips within its rounding, and from then on exactly") {
  const ModelFile file = small_model_file("conv");
  const ModelFile back = reload(file, Precision::f16);
  const auto a = parameters(file.model), b = parameters(back.model);
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t k = 0; k < a[i].value.size(); ++k)  // half a unit of 11 bits, or of the subnormals
      CHECK(std::abs(a[i].value[k] - b[i].value[k]) <= std::max(std::abs(a[i].value[k]) * 0x1p-11f, 0x1p-25f));
  CHECK(save_model(back, Precision::f16) == save_model(file, Precision::f16));
}

TEST_CASE("checkpoint: the decoder comes first and can be used before the rest has arrived") {
  for (const char* architecture : {"dense", "conv"}) {
    const ModelFile file = small_model_file(architecture);
    const auto bytes = save_model(file, Precision::f32);
    const std::size_t rest = [&] {  // encoder and encoded set
      std::size_t size = static_cast<std::size_t>(file.test.size()) *
                         (sizeof(float) * (2 * static_cast<std::size_t>(file.model.spec.latent_dim) + 1) + 1);
      for (const ConstParameter& p : parameters(file.model))
        if (p.name.starts_with("encoder.")) size += p.value.size() * sizeof(float);
      return size;
    }();
    CHECK_FALSE(load_decoder(std::span(bytes).first(bytes.size() - rest - 1), "f"));
    const auto start = load_decoder(std::span(bytes).first(bytes.size() - rest), "f");
    REQUIRE(start);
    CHECK(start->first_code == file.test.mu.row(0));
    const Matrix z = random_matrix(3, 2, 9);
    Workspace x, y;
    CHECK(decode_logits(file.model, z, x) == decode_logits(start->model, z, y));
    CHECK(load_decoder(bytes, "f"));
    auto broken = bytes;
    broken[9] = std::byte{'!'};
    CHECK_THROWS_AS(load_decoder(broken, "f"), Error);
  }
  ModelFile alone = small_model_file("dense");
  alone.test = {};
  CHECK(load_decoder(save_model(alone, Precision::f16), "f")->first_code.size() == 0);
}

TEST_CASE("checkpoint: a first code beyond float, or of another size, is refused") {
  Parts parts(small_model_file("dense"));
  const auto error = [&](const char* code) {
    parts.metadata.find("first_code")->second = code;
    const std::vector<std::byte> bytes = write_safetensors(parts.metadata, parts.tensors);
    return message_of([&] { load_decoder(bytes, "f"); });
  };
  CHECK(error("[0.5,-3.4e38]") == "no error");
  CHECK(error("[0.5,1e39]") == "f: first_code: [1]: found 1e+39, expected a number in the range of float");
  CHECK(error("[-1e300,0]") == "f: first_code: [0]: found -1e+300, expected a number in the range of float");
  CHECK(error("[0.5]") == "f: first_code: found 1 numbers, expected 2");
}

TEST_CASE("checkpoint: equal content gives equal bytes, other content other bytes") {
  ModelFile file = small_model_file("dense");
  const auto bytes = save_model(file, Precision::f32);
  CHECK(save_model(small_model_file("dense"), Precision::f32) == bytes);
  CHECK(save_model(reload(file, Precision::f32), Precision::f32) == bytes);
  file.model.spec.provenance["seed"] = "2";
  CHECK(save_model(file, Precision::f32) != bytes);
}

TEST_CASE("checkpoint: an error names the tensor that cannot be written") {
  ModelFile file = small_model_file("dense");
  Scalar& weight = std::get<Linear>(file.model.decoder[2]).weight(0, 0);
  for (const Scalar bad : {std::numeric_limits<Scalar>::quiet_NaN(), std::numeric_limits<Scalar>::infinity()}) {
    weight = bad;
    CHECK(message_of([&] { save_model(file, Precision::f32); }) ==
          "save: decoder.2.weight holds a number that is not finite; nothing was written");
  }
  weight = 1e5f;  // beyond 65504
  CHECK(contains(message_of([&] { save_model(file, Precision::f16); }), "decoder.2.weight"));
  CHECK(message_of([&] { save_model(file, Precision::f32); }) == "no error");
}

TEST_CASE("checkpoint: one error names all missing, extra and misshaped tensors") {
  Parts parts(small_model_file("dense"));
  parts.remove("encoder.0.bias");
  parts.tensor("decoder.2.weight").shape = {6, 63};
  parts.add("decoder.7.weight", DType::f32, {1}, std::vector<std::byte>(4));
  const std::string error = parts.error();
  CHECK(error.starts_with("f: "));
  CHECK(contains(error, "encoder.0.bias (6) is missing"));
  CHECK(contains(error, "decoder.2.weight is (6, 63), expected (63, 6)"));
  CHECK(contains(error, "decoder.7.weight (1) belongs to no layer"));
}

TEST_CASE("checkpoint: of many problems the first are listed and the rest counted") {
  Parts parts(small_model_file("conv"));
  std::erase_if(parts.tensors, [](const TensorView& t) { return !t.name.starts_with("aux."); });
  parts.add("decoder.99.weight", DType::f32, {5000}, std::vector<std::byte>(20000));  // room for the weights described
  const std::string error = parts.error();
  CHECK(contains(error, "is missing"));
  CHECK(contains(error, " more"));
  CHECK(error.size() < 1000);
}

TEST_CASE("checkpoint: weights must be finite floating-point numbers") {
  Parts parts(small_model_file("dense"));
  const float nan = std::numeric_limits<float>::quiet_NaN();
  std::memcpy(parts.bytes_of("encoder.2.bias").data(), &nan, sizeof nan);
  CHECK(parts.error() == "f: encoder.2.bias holds infinite numbers or NaN");
  Parts integers(small_model_file("dense"));
  integers.tensor("encoder.2.bias").dtype = DType::i32;
  CHECK(integers.error() == "f: encoder.2.bias holds integers, expected F32, F16 or BF16");
}

TEST_CASE("checkpoint: other safetensors files") {
  Parts parts(small_model_file("dense"));
  parts.metadata["spec_version"] = "2";
  CHECK(parts.error() == "f: spec_version is \"2\", this program reads 1");
  parts.metadata.erase("spec_version");
  CHECK(parts.error() == "f: spec_version is missing, this program reads 1");
  parts.metadata.erase("model");
  CHECK(contains(parts.error(), "a safetensors file, but not of a model of this program"));
  CHECK(message_of([] { load_model({}, "f"); }).starts_with("f: "));
}

TEST_CASE("checkpoint: every truncation is refused") {
  const auto bytes = save_model(small_model_file("dense"), Precision::f16);
  for (std::size_t size = 0; size < bytes.size(); size += 97) {
    const std::vector<std::byte> part(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    CHECK(message_of([&] { load_model(part, "f"); }).starts_with("f: "));
  }
}

TEST_CASE("checkpoint: the encoded set must fit the model") {
  const ModelFile file = small_model_file("dense");
  Parts labels(file);
  labels.bytes_of("aux.test_label")[3] = std::byte{3};
  CHECK(labels.error() == "f: aux.test_label holds class 3, but there are 3 class names");
  Parts missing(file);
  missing.remove("aux.test_logvar");
  missing.remove("aux.test_label");
  CHECK(missing.error() ==
        "f: aux.test_logvar is missing, though aux.test_mu is there; "
        "aux.test_label is missing, though aux.test_mu is there");
  Parts shape(file);
  shape.tensor("aux.test_mu").shape = {8, 1};
  CHECK(contains(shape.error(), "aux.test_mu is (8, 1), expected (8, 2)"));
  Parts logvar(file);
  const float huge = 50;
  std::memcpy(logvar.bytes_of("aux.test_logvar").data(), &huge, sizeof huge);
  CHECK(logvar.error() == "f: aux.test_logvar leaves the model's range [-12, 4]");
  Parts none(file);
  for (const char* name : {"aux.test_mu", "aux.test_logvar", "aux.test_label"}) none.remove(name);
  CHECK(none.error() == "no error");
  none.add("aux.other", DType::i64, {1}, std::vector<std::byte>(8));  // of a later version
  CHECK(none.error() == "no error");
}

}  // namespace loom
