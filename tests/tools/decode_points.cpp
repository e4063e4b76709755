// decode_points WEIGHTS: points (N, latent_dim) as float32 from standard input to pictures (N, pixels) on standard
// output. tests/browser compares them with those of the wasm module.
#include <cstdio>
#include <vector>

#include "core/error.h"
#include "core/files/file.h"
#include "model/checkpoint.h"

using namespace loom;

namespace {

constexpr std::uint64_t kLargestFile = 64u << 20;  // bytes

std::vector<float> read_floats(std::FILE* in) {
  std::vector<float> values;
  for (float value; std::fread(&value, sizeof value, 1, in) == 1;) values.push_back(value);
  return values;
}

void run(const char* path) {
  const Model model = load_model(read_file(path, kLargestFile), path).model;
  const std::vector<float> points = read_floats(stdin);
  Workspace workspace;
  Matrix picture;
  // One at a time, as a person moves through the plane.
  for (std::size_t at = 0; at + static_cast<std::size_t>(model.spec.latent_dim) <= points.size();
       at += static_cast<std::size_t>(model.spec.latent_dim)) {
    const Matrix z = ConstMatrixMap(points.data() + at, 1, model.spec.latent_dim);
    decode(model, z, workspace, picture);
    std::fwrite(picture.data(), sizeof(float), static_cast<std::size_t>(picture.size()), stdout);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return std::fputs("usage: decode_points WEIGHTS <points >pictures\n", stderr), 2;
  try {
    run(argv[1]);
    return 0;
  } catch (const Error& error) {
    return std::fprintf(stderr, "%s\n", error.what()), 1;
  }
}
