// The floating-point environment (flush-to-zero) and Eigen's block sizes, set once at the start of a program; and the
// choice between arithmetic that is fast here and arithmetic that gives the same bits everywhere.
#pragma once

namespace loom {

// Call this first in main(), before any thread is started. It fixes two things that otherwise depend on the machine:
//
// - Denormal numbers (floats below 1.2e-38) are flushed to zero, in this thread and in the threads that it starts. A
//   saturated GELU produces thousands of them, and an Intel Xeon needs over a hundred cycles for each: training
//   fashion-sharp-vae-2d took five times as long. This works on x86 and ARM and has no effect elsewhere. WebAssembly
//   has no such mode, so nn/activation.cpp flushes denormals itself there.
// - Eigen derives the block sizes of its matrix products from the cache sizes, and the blocks decide the order of
//   summation. With fixed sizes the same seed gives the same weights on every machine with the same instruction set.
void fix_arithmetic();

// Portable arithmetic gives the same bits on every machine and in WebAssembly: vectors of 16 bytes, no fused
// multiply-add, no sum whose order depends on the machine, no function of the C library, and denormals that are kept
// (WebAssembly cannot flush them). Training is about half as fast with it. WebAssembly has only this one. Call this
// before any thread is started, for this thread and those that it starts. `false` does not flush denormals again.
void set_portable_arithmetic(bool portable);

// Portable arithmetic has no mode that flushes denormals, so what feeds a product is set to zero where it is
// negligible: two factors above this limit have a normal product. It is far below what changes a sum of losses,
// gradients or pixels.
inline constexpr float kNegligible = 1e-17f;

// `value`, or 0 if it is negligible and arithmetic is portable.
template <bool portable, class Number>
[[gnu::always_inline]] inline Number without_negligible(Number value) {
  constexpr auto kLimit = static_cast<Number>(kNegligible);
  return portable && value < kLimit && value > -kLimit ? Number(0) : value;
}

#ifdef __wasm__
constexpr bool is_portable() { return true; }
#else
bool is_portable();
#endif

}  // namespace loom
