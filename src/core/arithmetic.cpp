#include "core/arithmetic.h"

#include <Eigen/Core>
#include <cstdint>

#if defined(__SSE2__) && !defined(__wasm__)
#include <xmmintrin.h>
#endif

namespace loom {
namespace {

#ifndef __wasm__
bool portable_chosen = false;
#endif

void flush_denormals(bool flush) {
#if defined(__SSE2__) && !defined(__wasm__)
  constexpr unsigned kFlushToZero = 0x8000, kDenormalsAreZero = 0x0040;
  constexpr unsigned kBoth = kFlushToZero | kDenormalsAreZero;
  _mm_setcsr(flush ? _mm_getcsr() | kBoth : _mm_getcsr() & ~kBoth);
#elif defined(__aarch64__) && defined(__GNUC__)
  constexpr std::uint64_t kFlushToZero = std::uint64_t{1} << 24;
  std::uint64_t control;
  __asm__ volatile("mrs %0, fpcr" : "=r"(control));
  __asm__ volatile("msr fpcr, %0" : : "r"(flush ? control | kFlushToZero : control & ~kFlushToZero));
#else
  static_cast<void>(flush);
#endif
}

}  // namespace

void fix_arithmetic() {
  flush_denormals(true);
  Eigen::setCpuCacheSizes(32 << 10, 1 << 20, 32 << 20);  // for machines with at least 1 MB of L2 cache
}

#ifdef __wasm__
void set_portable_arithmetic(bool) {}
#else
void set_portable_arithmetic(bool portable) {
  portable_chosen = portable;
  if (portable) flush_denormals(false);
}

bool is_portable() { return portable_chosen; }
#endif

}  // namespace loom
