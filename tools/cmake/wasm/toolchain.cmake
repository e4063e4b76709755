# CMake toolchain of the preset `wasm`. tools/setup stores which Emscripten it chose: the one on the PATH or the
# project's own in build/toolchain. Without tools/setup it is the one on the PATH.
set(chosen ${CMAKE_CURRENT_LIST_DIR}/../../../build/toolchain/emscripten_root)
if(EXISTS ${chosen})
  file(READ ${chosen} emscripten_root)
else()
  execute_process(COMMAND em-config EMSCRIPTEN_ROOT OUTPUT_VARIABLE emscripten_root RESULT_VARIABLE failed ERROR_QUIET)
  if(NOT "${failed}" STREQUAL "0")
    message(FATAL_ERROR "No Emscripten: run tools/setup wasm, or put emcc on the PATH.")
  endif()
endif()
string(STRIP "${emscripten_root}" emscripten_root)
include(${emscripten_root}/cmake/Modules/Platform/Emscripten.cmake)
