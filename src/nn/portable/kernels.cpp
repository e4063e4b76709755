// Compiles the kernels a second time, for portable arithmetic (core/arithmetic.h): vectors of 16 bytes on every
// processor and, by the flags of this file (tools/cmake/flags.cmake), no fused multiply-add. WebAssembly does not need
// this second version.
#ifndef __wasm__
#define LOOM_SECOND_TIME
#include "nn/kernels/gemm.cpp"
#include "nn/kernels/window_kernels.cpp"
#endif
