// The floating-point environment (flush-to-zero) and Eigen's block sizes, set once at the start of a program.
#pragma once

namespace loom {

// To be called first in main(), before threads are started. Sets two things that otherwise depend on the machine:
//
// - Denormal numbers (below 1.2e-38 as float) are flushed to zero, in this thread and in those that it starts. A
//   saturated GELU produces them by the thousand, and an Intel Xeon takes over a hundred cycles for each: training
//   fashion-sharp-vae-2d was five times as slow. This works on x86 and ARM; elsewhere nothing happens. WebAssembly has
//   no such mode, so nn/activation.cpp does it there.
// - Eigen cuts matrix products into blocks by the sizes of the caches, which decides the order of its sums. With fixed
//   sizes the same seed gives the same weights on every machine with the same instruction set.
void fix_arithmetic();

}  // namespace loom
