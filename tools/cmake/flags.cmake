# loom_flags: compile flags of all our targets. They are not used for third-party code.
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_FLAGS_RELEASE "-O3 -DNDEBUG")
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")  # -O0 Eigen is too slow to run tests with; full debug information too slow to link

# On everything, including third-party libraries: in a partly instrumented program AddressSanitizer misses container
# overflows.
set(LOOM_SANITIZE "" CACHE STRING "Sanitizers, for example address,undefined")
if(LOOM_SANITIZE)
  add_compile_options(-fsanitize=${LOOM_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${LOOM_SANITIZE})
endif()

add_library(loom_flags INTERFACE)
target_compile_features(loom_flags INTERFACE cxx_std_20)
target_include_directories(loom_flags INTERFACE ${CMAKE_SOURCE_DIR}/src)
target_compile_options(loom_flags INTERFACE
  -Wall -Wextra -Wconversion -Wshadow -Werror
  -fno-math-errno  # errno is never read after std::sqrt; setting it would prevent vectorization
  -ffp-contract=off)  # so that a*b+c rounds the same with every compiler and in the page
if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
  # Clang's -Wconversion includes this warning, g++'s does not. Mixing Eigen's signed Index with size_t would need a
  # cast in every line.
  target_compile_options(loom_flags INTERFACE -Wno-sign-conversion)
  if(NOT EMSCRIPTEN)  # std::stable_sort of libstdc++ 12 calls a function that it has marked as deprecated itself
    target_compile_options(loom_flags INTERFACE -Wno-deprecated-declarations)
  endif()
elseif(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  # g++ 12 warns about its own AVX-512 intrinsics (_mm512_undefined_ps) inlined from Eigen; fixed in g++ 13.
  target_compile_options(loom_flags INTERFACE -Wno-maybe-uninitialized -Wno-uninitialized)
  # Floating-point exception flags are never read; keeping them exact would prevent g++ from vectorizing loops over exp.
  target_compile_options(loom_flags INTERFACE -fno-trapping-math)
  target_compile_options(loom_flags INTERFACE -Wno-restrict)  # and about std::string's assignment; fixed in g++ 13, too
endif()

if(EMSCRIPTEN)
  target_compile_definitions(loom_flags INTERFACE LOOM_THREADS=0)
  include(wasm/flags)
else()
  find_package(Threads REQUIRED)
  target_compile_definitions(loom_flags INTERFACE LOOM_THREADS=1)
  target_link_libraries(loom_flags INTERFACE Threads::Threads)
  if(LOOM_NATIVE_ARCH)
    target_compile_options(loom_flags INTERFACE -march=native)
  endif()
endif()

# The innermost loops of convolutions and products may fuse multiply and add, as Eigen's products do explicitly: twice
# the speed on processors with FMA. The order of the sums is fixed, so a machine still gives the same bits every time.
# g++ fuses fewer of them where it tunes for AMD than for Intel; the limit makes it the same for both.
set(fuse -ffp-contract=fast)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  list(APPEND fuse --param=avoid-fma-max-bits=256)
endif()
set_source_files_properties(${CMAKE_SOURCE_DIR}/src/nn/kernels/window_kernels.cpp
  ${CMAKE_SOURCE_DIR}/src/nn/kernels/gemm.cpp PROPERTIES
  COMPILE_OPTIONS "${fuse}")
# The same loops a second time for portable arithmetic. With options of its own a file is never part of a unity file.
set_source_files_properties(${CMAKE_SOURCE_DIR}/src/nn/portable/kernels.cpp PROPERTIES
  COMPILE_OPTIONS -ffp-contract=off)
