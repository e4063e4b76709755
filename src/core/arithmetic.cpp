#include "core/arithmetic.h"

#include <Eigen/Core>
#include <cstdint>

#if defined(__SSE2__) && !defined(__wasm__)
#include <xmmintrin.h>
#endif

namespace loom {
namespace {

void flush_denormals() {
#if defined(__SSE2__) && !defined(__wasm__)
  constexpr unsigned kFlushToZero = 0x8000, kDenormalsAreZero = 0x0040;
  _mm_setcsr(_mm_getcsr() | kFlushToZero | kDenormalsAreZero);
#elif defined(__aarch64__) && defined(__GNUC__)
  constexpr std::uint64_t kFlushToZero = std::uint64_t{1} << 24;
  std::uint64_t control;
  __asm__ volatile("mrs %0, fpcr" : "=r"(control));
  __asm__ volatile("msr fpcr, %0" : : "r"(control | kFlushToZero));
#endif
}

}  // namespace

void fix_arithmetic() {
  flush_denormals();
  Eigen::setCpuCacheSizes(32 << 10, 1 << 20, 32 << 20);  // for machines with at least 1 MB of L2 cache
}

}  // namespace loom
