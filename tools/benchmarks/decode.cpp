// bench_decode FILE BATCH...: time of one decode in native code, through the same functions that the page calls. Prints
// p50 and p95 in milliseconds for each batch size.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "api/core_api.h"
#include "core/arithmetic.h"
#include "core/files/file.h"

namespace {

using Clock = std::chrono::steady_clock;

std::vector<double> milliseconds_of_decodes(int model, int batch) {
  const int latent = loom_latent_dim(model), pixels = loom_image_height(model) * loom_image_width(model);
  std::vector<float> z(static_cast<std::size_t>(batch * latent)), pictures(static_cast<std::size_t>(batch * pixels));
  for (std::size_t i = 0; i < z.size(); ++i) z[i] = static_cast<float>(i % 31) / 10 - 1.5f;
  std::vector<double> times;
  for (double total = 0; total < 1000 || times.size() < 20;) {  // a second
    const auto start = Clock::now();
    loom_decode(model, z.data(), batch, pictures.data());
    times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
    total += times.back();
  }
  std::sort(times.begin(), times.end());
  return times;
}

}  // namespace

int main(int count, char** arguments) try {
  loom::fix_arithmetic();
  const std::vector<std::byte> bytes = loom::read_file(arguments[1], std::size_t{1} << 30);
  const int model = loom_open(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(), arguments[1]);
  if (model == 0) throw std::runtime_error(loom_error());
  for (int i = 2; i < count; ++i) {
    const std::vector<double> times = milliseconds_of_decodes(model, std::atoi(arguments[i]));
    std::printf("%s\t%.4f\t%.4f\n", arguments[i], times[times.size() / 2], times[times.size() * 95 / 100]);
  }
} catch (const std::exception& error) {
  std::fprintf(stderr, "bench_decode: %s\n", error.what());
  return EXIT_FAILURE;
}
