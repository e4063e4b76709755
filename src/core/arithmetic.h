// How this machine calculates, fixed once for a whole program.
#pragma once

namespace loom {

// For programs to call first, before they start threads. Two things that are otherwise left to the machine:
//
// - Numbers too small for a normalised exponent (below 1.2e-38 as float) count as 0, in this thread and those that it
//   starts. A saturated GELU gives them by the thousand, and an Intel Xeon takes over a hundred cycles for each:
//   training fashion-sharp-vae-2d was five times as slow. They are set to 0 by x86 and ARM processors; elsewhere
//   nothing happens. WebAssembly has no such mode, so nn/activation does it there.
// - Eigen cuts products into blocks by the size of the caches, and so orders its sums. The same sizes everywhere give
//   the same weights from the same seed on every machine with the same instructions.
void fix_arithmetic();

}  // namespace loom
