# Compile flags of our targets for wasm; the link flags are in modules.cmake.
target_compile_options(loom_flags INTERFACE
  -fwasm-exceptions  # native exceptions: 10 % smaller than Emscripten's JavaScript ones, and free until thrown
  -msimd128 -msse4.2  # Eigen has no wasm packets, but Emscripten translates its SSE packets: GEMV 2.4 times faster
  # Eigen 3.4 uses x86 assembler depending on the version of g++: below 5 in pmin and pmax, from 6 on in the matrix
  # product. Clang claims to be 4.2 by default; with 5.13 Eigen uses plain code in both places.
  -fgnuc-version=5.13)
# Finds the empty mmintrin.h before Emscripten's own headers.
target_include_directories(loom_flags INTERFACE ${CMAKE_CURRENT_LIST_DIR}/shims)

# For code that does little arithmetic: two thirds of the size at the same frame rate.
set(LOOM_WASM_SMALL -Os)
# For code that runs once, when a file is read: another 10 % smaller.
set(LOOM_WASM_SMALLEST -Oz)
