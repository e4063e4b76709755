# Compile flags of our targets for wasm; the link flags are in modules.cmake.
target_compile_options(loom_flags INTERFACE
  -fwasm-exceptions  # the engine's own: 10 % smaller than Emscripten's JavaScript ones and free until thrown
  -msimd128 -msse4.2  # Eigen has no wasm packets, but Emscripten translates its SSE ones: GEMV 2.4 times faster
  # Eigen 3.4 puts x86 assembler behind tests of g++'s version: below 5 into pmin and pmax, from 6 on into the matrix
  # product. Clang normally claims 4.2; 5.13 takes the plain code in both places.
  -fgnuc-version=5.13)
# The empty mmintrin.h, before Emscripten's own headers.
target_include_directories(loom_flags INTERFACE ${CMAKE_CURRENT_LIST_DIR}/shims)

# For what is not arithmetic: two thirds of the size at the same frame rate.
set(LOOM_WASM_SMALL -Os)
# For what runs once, when a file is read: a tenth smaller again.
set(LOOM_WASM_SMALLEST -Oz)
