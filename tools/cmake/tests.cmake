# unit_tests        tests/*.cpp with all libraries
# gradient_tests    tests/gradients/*.cpp with core, nn, weights and model compiled again in double precision
# thread_tests      the tests of code that uses threads, without the explorer and the commands: for ThreadSanitizer
# unit_tests_wasm   tests/*.cpp of the folders that compile to wasm, run by node
# decode_points     tests/tools/decode_points.cpp, whose images tests/browser compares with the page's
# fuzz              tests/fuzz/fuzz_*.cpp, one libFuzzer program each (preset dev, clang only); not in ctest
file(GLOB test_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/*.cpp)
file(GLOB gradient_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/gradients/*.cpp)
file(GLOB thread_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/test_train*.cpp)
list(APPEND thread_sources ${CMAKE_SOURCE_DIR}/tests/test_parallel.cpp ${CMAKE_SOURCE_DIR}/tests/test_arithmetic.cpp)
set(test_common ${CMAKE_SOURCE_DIR}/tests/main.cpp ${CMAKE_SOURCE_DIR}/tests/source_path.cpp)
set_source_files_properties(${CMAKE_SOURCE_DIR}/tests/source_path.cpp PROPERTIES
  COMPILE_DEFINITIONS LOOM_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
set_source_files_properties(${CMAKE_SOURCE_DIR}/tests/main.cpp PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)  # doctest's own code

# loom_test(name sources... LINKS ...). The libraries are optimized as usual; the tests themselves use -O1, because more
# optimization would cost more compile time than it saves.
function(loom_test name)
  cmake_parse_arguments(ARG "" "" "LINKS" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  loom_link(${name} loom_flags ${ARG_LINKS} dep_doctest)
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_compile_options(${name} PRIVATE -O1)
  loom_unity(${name})
endfunction()

# loom_add_shards(name count): splits the test cases into `count` ctest entries (tests/main.cpp).
function(loom_add_shards name count)
  foreach(shard RANGE 1 ${count})
    add_test(NAME "${name} ${shard}/${count}" COMMAND ${name} --shard=${shard}/${count})
    set_tests_properties("${name} ${shard}/${count}" PROPERTIES TIMEOUT 900)
  endforeach()
endfunction()

if(EMSCRIPTEN)
  # Excludes folders that are not compiled to wasm, and tests that need files, processes or windows of the machine.
  set(not_in_wasm "/test_(cli|plot)[^/]*$|/test_data_(batches|corruption|dataset|gzip|idx|images|pack_file|real)\\.cpp$|_(native|python)\\.cpp$")
  list(FILTER test_sources EXCLUDE REGEX ${not_in_wasm})
  loom_test(unit_tests_wasm ${test_sources} LINKS loom_analysis loom_explorer loom_api loom_convert loom_film loom_train loom_train_api)
  loom_wasm_for_node(unit_tests_wasm)
  add_test(NAME unit_tests_wasm COMMAND ${CMAKE_CROSSCOMPILING_EMULATOR} $<TARGET_FILE:unit_tests_wasm> --shard=1/1)
  return()
endif()

loom_test(thread_tests ${test_common} ${thread_sources} LINKS loom_train loom_train_api loom_analysis)
set_target_properties(thread_tests PROPERTIES EXCLUDE_FROM_ALL ON)
if(LOOM_SANITIZE MATCHES thread)
  loom_add_shards(thread_tests 4)
  return()
endif()

loom_test(unit_tests ${test_sources}
  LINKS loom_cli loom_train loom_data loom_analysis loom_api loom_explorer loom_convert loom_train_api)
loom_add_shards(unit_tests 8)

add_executable(decode_points ${CMAKE_SOURCE_DIR}/tests/tools/decode_points.cpp)
loom_link(decode_points loom_flags loom_model)

set(double_sources)
foreach(folder core nn weights model)  # file(GLOB) does not support {a,b}
  loom_sources(folder_sources ${folder})
  list(APPEND double_sources ${folder_sources})
endforeach()
add_library(loom_double STATIC ${double_sources})
target_link_libraries(loom_double PUBLIC loom_flags dep_eigen)
target_compile_definitions(loom_double PUBLIC LOOM_DOUBLE=1)
loom_unity(loom_double)
loom_test(gradient_tests ${test_common} ${gradient_sources} LINKS loom_double)
loom_add_shards(gradient_tests 4)

if(LOOM_SANITIZE MATCHES address AND CMAKE_CXX_COMPILER_ID MATCHES Clang)
  include(fuzz)
endif()
