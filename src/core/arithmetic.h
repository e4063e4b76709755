// The floating-point environment (flush-to-zero) and Eigen's block sizes, set once at the start of a program.
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

}  // namespace loom
