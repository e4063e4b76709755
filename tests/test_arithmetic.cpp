#include <doctest/doctest.h>

#include <Eigen/Core>
#include <limits>
#include <thread>

#include "core/arithmetic.h"

#if LOOM_THREADS  // where there are none there is no mode to set either

using namespace loom;

namespace {

// Half of the smallest normalised number, calculated when the program runs.
float half_of_the_smallest() {
  volatile float smallest = std::numeric_limits<float>::min();
  return smallest / 2;
}

}  // namespace

TEST_CASE("arithmetic: denormals are flushed to 0 in the thread that requests it and in threads that it starts, only") {
  const std::ptrdiff_t first = Eigen::l1CacheSize(), second = Eigen::l2CacheSize(), third = Eigen::l3CacheSize();
  const float before = half_of_the_smallest();
  float here = 1, below = 1;
  std::thread([&] {
    fix_arithmetic();
    here = half_of_the_smallest();
    std::thread([&] { below = half_of_the_smallest(); }).join();
  }).join();
  CHECK(before > 0);
  CHECK(half_of_the_smallest() == before);
#if defined(__SSE2__) || defined(__aarch64__)
  CHECK(here == 0);
  CHECK(below == 0);
#endif
  CHECK(Eigen::l1CacheSize() == 32 << 10);
  CHECK(Eigen::l2CacheSize() == 1 << 20);
  Eigen::setCpuCacheSizes(first, second, third);  // as it was for the other tests
}

#endif
