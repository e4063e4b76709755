# Precompiled headers: Eigen takes a compiler 3 seconds and CLI11 9, and nearly every file of ours includes them. Only
# headers of others are in here, so that a file of ours still has to include what it uses of ours.
#
# Off with ccache, which by default keeps no object file that was made with a precompiled header. On by default only with
# clang, where it was measured and tested.
if(CMAKE_CXX_COMPILER_ID MATCHES Clang AND NOT EMSCRIPTEN AND NOT CMAKE_CXX_COMPILER_LAUNCHER MATCHES "ccache")
  set(precompile ON)
else()
  set(precompile OFF)
endif()
option(LOOM_PRECOMPILED_HEADERS "Compile Eigen and CLI11 once for all files" ${precompile})

# A precompiled header serves only files that are compiled with its flags. In the page these libraries have another level
# of optimisation than the rest (wasm/modules.cmake), and files with one of their own use none.
set(LOOM_WASM_OTHER_LEVEL loom_core loom_explorer loom_weights)

# loom_precompile(target [headers...]): the target shares one compiled Eigen with all others, or has one of its own with
# these headers, too. Its compile flags must be those of loom_flags; definitions may differ.
function(loom_precompile target)
  if(NOT LOOM_PRECOMPILED_HEADERS)
    return()
  elseif(ARGN OR (EMSCRIPTEN AND target IN_LIST LOOM_WASM_OTHER_LEVEL))
    target_precompile_headers(${target} PRIVATE <Eigen/Core> ${ARGN})
  else()
    target_precompile_headers(${target} REUSE_FROM loom_precompiled)
  endif()
endfunction()

if(LOOM_PRECOMPILED_HEADERS)
  add_library(loom_precompiled STATIC ${CMAKE_SOURCE_DIR}/tools/cmake/empty.cpp)
  target_link_libraries(loom_precompiled PRIVATE loom_flags dep_eigen)
  target_precompile_headers(loom_precompiled PRIVATE <Eigen/Core>)
endif()
