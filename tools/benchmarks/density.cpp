// Milliseconds to compute the density of all classes on a square grid from a weight file's encoded test set: natively
// with `bench_density WEIGHTS`, and as a wasm module that density.mjs calls.
#include <chrono>
#include <cstdio>
#include <span>

#include "analysis/density/aggregate_posterior.h"
#include "analysis/density/density_field.h"
#include "analysis/plane/latent_plane.h"
#include "core/files/file.h"
#include "model/checkpoint.h"
#include "weights/tensor.h"

#define EXPORT extern "C" __attribute__((used, visibility("default")))

namespace {

using namespace loom;

constexpr float kHalf = 4;  // half side of the square around 0: about the extent of the page's view
constexpr Index kCells = 128;

struct Subject {
  PlaneSet set;
  std::vector<std::uint8_t> labels;
  std::size_t classes = 0;
};

Subject subject;

void open(std::span<const std::byte> bytes, const char* name) {
  const ModelFile file = load_model(bytes, name);
  subject = {plane_set(first_axes_plane(file.model.spec.latent_dim), file.test), file.test.labels, class_count(file)};
  if (subject.set.sigma.empty()) subject.set.sigma = {scott_width(subject.set.mu)};
}

}  // namespace

// The number of encoded images.
EXPORT int bench_open(const std::byte* bytes, int size) {
  open({bytes, static_cast<std::size_t>(size)}, "weights");
  return static_cast<int>(subject.set.mu.size());
}

EXPORT double bench_density() {
  const auto start = std::chrono::steady_clock::now();
  const DensityField field = density_field(square_grid({0, 0}, kHalf, kCells), subject.set.mu, subject.set.sigma,
                                           subject.labels, subject.classes);
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

#if !defined(__wasm__)
int main(int argc, char** argv) {
  if (argc != 2) return std::fprintf(stderr, "usage: bench_density WEIGHTS\n"), 2;
  try {
    open(read_file(argv[1], kMaxWeightFileBytes), argv[1]);
    for (int run = 0; run < 21; ++run) std::printf("%.4f\n", bench_density());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_density: %s\n", error.what());
    return 1;
  }
}
#endif
