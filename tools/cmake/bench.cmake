# Programs of tools/bench; only built on demand: cmake --build --preset release --target bench (or --preset wasm).
set(bench_folder ${CMAKE_SOURCE_DIR}/tools/benchmarks)
add_custom_target(bench)

# loom_bench(name source LINKS libraries): defines a benchmark program if the libraries have sources.
function(loom_bench name source)
  cmake_parse_arguments(ARG "" "" "LINKS" ${ARGN})
  foreach(library IN LISTS ARG_LINKS)
    if(NOT TARGET ${library})
      return()
    endif()
  endforeach()
  add_executable(${name} EXCLUDE_FROM_ALL ${bench_folder}/${source})
  loom_link(${name} loom_flags ${ARG_LINKS})
  add_dependencies(bench ${name})
endfunction()

loom_bench(bench_kernels kernels.cpp LINKS loom_nn)
loom_bench(bench_density density.cpp LINKS loom_analysis)
loom_bench(bench_analysis analysis.cpp LINKS loom_analysis)
if(EMSCRIPTEN AND TARGET bench_analysis)
  loom_wasm_for_node(bench_analysis)
endif()
if(NOT EMSCRIPTEN)
  loom_bench(bench_train train.cpp LINKS loom_train)
  loom_bench(bench_decode decode.cpp LINKS loom_api)
  return()
endif()

# The same kernels without SIMD, to measure its benefit; nn and core are compiled again with other flags.
loom_sources(core_sources core)
loom_sources(nn_sources nn)
add_executable(bench_kernels_scalar EXCLUDE_FROM_ALL ${bench_folder}/kernels.cpp ${core_sources} ${nn_sources})
loom_link(bench_kernels_scalar dep_eigen)
target_include_directories(bench_kernels_scalar PRIVATE ${CMAKE_SOURCE_DIR}/src)
target_compile_features(bench_kernels_scalar PRIVATE cxx_std_20)
target_compile_definitions(bench_kernels_scalar PRIVATE LOOM_THREADS=0)
target_compile_options(bench_kernels_scalar PRIVATE -w -ffp-contract=off -fwasm-exceptions)
target_link_options(bench_kernels_scalar PRIVATE -fwasm-exceptions)
add_dependencies(bench bench_kernels_scalar)

foreach(name bench_kernels bench_kernels_scalar bench_density)
  if(TARGET ${name})
    set_target_properties(${name} PROPERTIES SUFFIX .mjs)
    target_link_options(${name} PRIVATE -sMODULARIZE -sEXPORT_ES6 -sENVIRONMENT=web,node -sFILESYSTEM=0
      -sALLOW_MEMORY_GROWTH -sSTACK_SIZE=1MB -sEXPORTED_RUNTIME_METHODS=HEAPU8
      -sEXPORTED_FUNCTIONS=_malloc --no-entry)
  endif()
endforeach()
