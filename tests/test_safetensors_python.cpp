// A file that we wrote, read by a program that is not ours.
#include <doctest/doctest.h>

#include <cstdio>
#include <string>

#include "core/files/file.h"
#include "core/text.h"
#include "source_path.h"
#include "temporary_directory.h"
#include "weights/safetensors.h"

namespace loom {
namespace {

struct Run {
  int status;
  std::string output;
};

Run run(const std::string& command) {
  Run result{-1, ""};
  std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return result;
  char buffer[4096];
  while (const std::size_t size = std::fread(buffer, 1, sizeof buffer, pipe)) result.output.append(buffer, size);
  result.status = ::pclose(pipe);
  return result;
}

// A Python with numpy: the first in the path may be a private one without it. Empty if there is none.
std::string python_with_numpy() {
  for (const char* python : {"python3", "/usr/bin/python3"}) {
    if (run(text(python, " -c 'import numpy'")).status == 0) return python;
  }
  return "";
}

}  // namespace

TEST_CASE("safetensors: numpy reads every tensor that we write") {
  const std::string python = python_with_numpy();
  if (python.empty()) {
    MESSAGE("skipped: no python3 with numpy");
    return;
  }
  const std::vector<float> weights = {0.5f, -2.0f, 1024.0f, 65504.0f, 0.0f, -0.25f};
  const std::uint8_t labels[] = {0, 9, 255};
  const std::int16_t codes[] = {-32768, 32767};
  const std::int8_t small[] = {-128, 127};
  const std::int32_t counts[] = {-2147483647, 60000};
  const std::int64_t large[] = {-9007199254740993, 1};
  const auto half = from_floats(weights, DType::f16, "h"), brain = from_floats({weights.data(), 3}, DType::bf16, "b");
  const std::vector<TensorView> tensors = {
      {"aux.test_label", DType::u8, {3}, std::as_bytes(std::span(labels))},
      {"encoder.0.weight", DType::f32, {2, 3}, std::as_bytes(std::span(weights))},
      {"encoder.0.bias", DType::f32, {}, std::as_bytes(std::span(weights).first(1))},
      {"half", DType::f16, {1, 2, 3, 1}, half},
      {"brain", DType::bf16, {3}, brain},
      {"codes", DType::i16, {2}, std::as_bytes(std::span(codes))},
      {"small", DType::i8, {2}, std::as_bytes(std::span(small))},
      {"counts", DType::i32, {2}, std::as_bytes(std::span(counts))},
      {"large", DType::i64, {2}, std::as_bytes(std::span(large))},
      {"empty", DType::f32, {2, 0}, {}}};
  const TemporaryDirectory directory;
  const std::string path = directory / "a.safetensors";
  write_file_atomic(path, write_safetensors({{"format", "pt"}, {"arch", R"({"kind":"dense"})"}}, tensors));
  const Run result = run(text(python, " '", source_path("tests/safetensors_reader.py"), "' '", path, "'"));
  CHECK(result.status == 0);
  CHECK(result.output == R"(arch = {"kind":"dense"}
format = pt
large I64 [2] [-9007199254740993, 1]
encoder.0.weight F32 [2, 3] [0.5, -2.0, 1024.0, 65504.0, 0.0, -0.25]
encoder.0.bias F32 [] [0.5]
counts I32 [2] [-2147483647, 60000]
empty F32 [2, 0] []
half F16 [1, 2, 3, 1] [0.5, -2.0, 1024.0, 65504.0, 0.0, -0.25]
brain BF16 [3] [0.5, -2.0, 1024.0]
codes I16 [2] [-32768, 32767]
aux.test_label U8 [3] [0, 9, 255]
small I8 [2] [-128, 127]
)");
}

}  // namespace loom
