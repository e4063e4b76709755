// The files that tools/make_import_golden.py wrote: networks as other frameworks keep them, and what they compute.
#include <doctest/doctest.h>

#include "convert/foreign.h"
#include "core/files/file.h"
#include "core/text.h"
#include "message_of.h"
#include "source_path.h"
#include "weights/safetensors.h"

namespace loom {
namespace {

using Bytes = std::vector<std::byte>;

Bytes golden_file(std::string_view name) { return read_file(source_path(text("tests/golden/", name)), 1 << 20); }

std::string text_of(const Bytes& bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

Matrix matrix(const TensorFile& file, std::string_view name) {
  const TensorView* tensor = file.find(name);
  REQUIRE(tensor);
  const std::vector<float> values = to_floats(*tensor);
  Matrix m(tensor->shape[0], tensor->shape[1]);
  std::copy(values.begin(), values.end(), m.data());
  return m;
}

double largest_error(const Matrix& a, const Matrix& b) {
  REQUIRE(a.rows() == b.rows());
  REQUIRE(a.cols() == b.cols());
  return static_cast<double>((a - b).cwiseAbs().maxCoeff());
}

std::string replaced(std::string where, std::string_view from, std::string_view to) {
  const std::size_t at = where.find(from);
  REQUIRE(at != std::string::npos);
  return where.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("import: networks of PyTorch and Keras give the same results as there") {
  for (const char* name : {"import_pytorch", "import_keras"}) {
    CAPTURE(name);
    const std::string layers = text_of(golden_file(text(name, ".json")));
    const Model model = import_model(golden_file(text(name, ".safetensors")), name, layers, "layers");
    const Bytes expected_bytes = golden_file(text(name, "_expected.safetensors"));
    const TensorFile expected = read_safetensors(expected_bytes, name);
    Workspace workspace;
    Posterior posterior;
    encode(model, matrix(expected, "x"), workspace, posterior);
    // Sums of some ten products of numbers around 1, in single precision.
    CHECK(largest_error(posterior.mu, matrix(expected, "mu")) < 2e-6);
    CHECK(largest_error(posterior.logvar, matrix(expected, "logvar")) < 2e-6);
    CHECK(largest_error(decode_logits(model, matrix(expected, "z"), workspace), matrix(expected, "logits")) < 1e-5);
  }
}

TEST_CASE("import: errors name what does not fit") {
  const std::string layers = text_of(golden_file("import_keras.json"));
  const Bytes tensors = golden_file("import_keras.safetensors");
  const auto message = [&](std::string_view from, std::string_view to) {
    const std::string changed = replaced(layers, from, to);
    return message_of([&] { import_model(tensors, "t.safetensors", changed, "l.json"); });
  };
  const auto check = [&](std::string_view from, std::string_view to, std::initializer_list<const char*> words) {
    const std::string found = message(from, to);
    for (const char* word : words)
      CHECK_MESSAGE(found.find(word) != std::string::npos, "'" << found << "' lacks '" << std::string(word) << "'");
  };
  check("\"dense.kernel\"", "\"dense.kernal\"",
        {"l.json", "encoder[3].weight", "dense.kernal", "t.safetensors", "z_mean.kernel"});
  check("\"dense.kernel\"", "\"z_mean.kernel\"", {"encoder[3].weight", "z_mean.kernel (5, 2)", "(36, 5)"});
  check("\"dense.kernel\"", "\"conv2d.kernel\"", {"encoder[3].weight", "conv2d.kernel", "second time"});
  check("\"dense.bias\"", "\"z_mean.bias\"", {"encoder[3].bias", "z_mean.bias (2)", "(5)"});
  check(", \"bias\": \"dense.bias\"", "", {"t.safetensors", "dense.bias (5)", "no layer of l.json"});
  check("[\"z_mean.kernel\", \"z_log_var.kernel\"]", "[\"z_mean.kernel\"]", {"encoder[5].weight", "(5, 2)", "(5, 4)"});
  check("[\"z_mean.kernel\", \"z_log_var.kernel\"]", "[]", {"encoder[5].weight", "no names"});
  check("\"keras\"", "\"caffe\"", {"convention", "caffe", "pytorch", "keras"});
  check("\"keras\"", "\"pytorch\"", {"encoder[0].pad", "PyTorch"});
  check("\"same\"", "\"valid\"", {"encoder[0].pad", "valid", "same"});
  check("{\"kind\": \"tanh\"}", "{\"kind\": \"tanh\", \"weight\": \"dense.kernel\"}",
        {"encoder[4]", "tanh has no numbers"});
  check("\"latent_dim\": 2", "\"latent_dim\": 3", {"l.json", "encoder gives 4"});
  check("\"out\": 5", "\"out\": 6", {"l.json", "encoder"});
  check("{", "", {"l.json"});
  const std::string last = ", \"bias\": \"conv2d_transpose_1.bias\"}";
  check(last, last + ", {\"kind\": \"sigmoid\"}", {"decoder[6]", "sigmoid", "logits"});
  check(last, "}, {\"kind\": \"relu\"}", {"conv2d_transpose_1.bias (1)", "ignore"});
  const std::string ignored = replaced(replaced(layers, last, "}"), "\"convention\"",
                                       "\"ignore\": [\"conv2d_transpose_1.bias\"], \"convention\"");
  CHECK_NOTHROW(import_model(tensors, "t", ignored, "l"));
}

TEST_CASE("import: truncated or changed files give an error or a model, never a crash") {
  const std::string layers = text_of(golden_file("import_keras.json"));
  const Bytes good = golden_file("import_keras.safetensors");
  for (std::size_t size = 0; size < good.size(); size += 7) {
    const Bytes cut(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size));
    CHECK(message_of([&] { import_model(cut, "t.safetensors", layers, "l"); }).starts_with("t.safetensors"));
  }
  for (std::size_t at = 0; at < layers.size(); ++at) {
    std::string changed = layers;
    changed[at] = changed[at] == '1' ? '9' : '1';
    try {
      import_model(good, "t", changed, "l");
    } catch (const Error&) {
    }
  }
}

}  // namespace loom
