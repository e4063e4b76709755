// GFLOP/s of the kernels that take nearly all the time, compiled natively and, for the page, with and without SIMD. The
// same code runs everywhere: the native program prints the results, and kernels.mjs calls the wasm modules.
#include <chrono>
#include <cstdio>

#include "core/types.h"
#include "nn/conv2d.h"
#include "nn/linear.h"

#define EXPORT extern "C" __attribute__((used, visibility("default")))

namespace {

using namespace loom;

constexpr int kKernels = 4;

struct Kernel {
  const char* name;
  double (*seconds)(int runs);
  double flops;  // of one run
};

template <class Work>
double timed(int runs, Work&& work) {
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < runs; ++i) work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double gemm(int runs) {
  static const Matrix a = Matrix::Constant(256, 256, 0.5f), b = Matrix::Constant(256, 256, 0.25f);
  static Matrix c(256, 256);
  return timed(runs, [] { c.noalias() = a * b; });
}

// The last layer of the dense decoder.
template <Index Images>
double dense(int runs) {
  static Linear layer = [] {
    Linear made(512, 784);
    made.weight.setConstant(0.25f);
    made.bias.setZero();
    return made;
  }();
  static const Matrix x = Matrix::Constant(Images, 512, 0.5f);
  static Matrix y;
  static Scratch scratch;
  return timed(runs, [] { forward(layer, x, y, scratch); });
}

// A middle layer of the convolutional encoder, 8 images.
double convolution(int runs) {
  static Conv2d layer = [] {
    Conv2d made({32, 14, 14}, 32, {3, 3, 2, 2, 1, 1, 1, 1});
    made.weight.setConstant(0.25f);
    made.bias.setZero();
    return made;
  }();
  static const Matrix x = Matrix::Constant(8, layer.in().size(), 0.5f);
  static Matrix y;
  static Scratch scratch;
  return timed(runs, [] { forward(layer, x, y, scratch); });
}

constexpr Kernel kTable[kKernels] = {
    {"Eigen 256 x 256 x 256", gemm, 2.0 * 256 * 256 * 256},
    {"dense 512 to 784, 1 image", dense<1>, 2.0 * 784 * 512},
    {"dense, 64 images", dense<64>, 2.0 * 64 * 784 * 512},
    {"convolution 3x3, 32 to 32", convolution, 2.0 * 8 * 7 * 7 * 32 * 32 * 9},
};

}  // namespace

EXPORT int bench_count() { return kKernels; }
EXPORT const char* bench_name(int kernel) { return kTable[kernel].name; }

// One measurement of about 50 ms, after 10 ms of warm-up.
EXPORT double bench_gflops(int kernel) {
  const Kernel& k = kTable[kernel];
  int runs = 1;
  double seconds = k.seconds(runs);
  while (seconds < 0.01) seconds = k.seconds(runs *= 2);
  runs = static_cast<int>(runs * 0.05 / seconds) + 1;
  return k.flops * runs / k.seconds(runs) / 1e9;
}

#if !defined(__wasm__)
int main() {
  for (int k = 0; k < kKernels; ++k) std::printf("%s\t%.3f\n", bench_name(k), bench_gflops(k));
}
#endif
