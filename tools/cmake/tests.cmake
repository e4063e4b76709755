# unit_tests        tests/*.cpp with everything there is
# gradient_tests    tests/gradients/*.cpp with core, nn, weights and model compiled again in double precision
# unit_tests_wasm   tests/*.cpp of the folders that compile to wasm, run by node
# decode_points     tests/tools/decode_points.cpp, whose pictures tests/browser compares with the page's
# fuzz              tests/fuzz/fuzz_*.cpp, one libFuzzer program each (preset fuzz, clang only); not in ctest
include(test_discovery)

file(GLOB test_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/*.cpp)
file(GLOB gradient_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/gradients/*.cpp)
file(GLOB fuzz_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/fuzz/*.cpp)
set(test_main ${CMAKE_SOURCE_DIR}/tests/main.cpp)

# loom_test(name sources... LINKS ...): LOOM_SOURCE_DIR is for golden files and shipped weights.
function(loom_test name)
  cmake_parse_arguments(ARG "" "" "LINKS" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  loom_link(${name} loom_flags ${ARG_LINKS} dep_doctest)
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_compile_definitions(${name} PRIVATE LOOM_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
endfunction()

if(EMSCRIPTEN)
  # Folders that are not compiled to wasm, and what needs files, processes or windows of the machine.
  set(not_in_wasm "/test_(cli|plot)[^/]*$|/test_data_(batches|corruption|dataset|gzip|idx|images|real)\\.cpp$|_(native|python)\\.cpp$")
  list(FILTER test_sources EXCLUDE REGEX ${not_in_wasm})
  if(test_sources)
    loom_test(unit_tests_wasm ${test_sources} LINKS loom_analysis loom_explorer loom_api loom_convert loom_train)
    loom_wasm_for_node(unit_tests_wasm)
    add_test(NAME unit_tests_wasm COMMAND ${CMAKE_CROSSCOMPILING_EMULATOR} $<TARGET_FILE:unit_tests_wasm>)
  endif()
  return()
endif()

if(test_sources)
  loom_test(unit_tests ${test_sources}
    LINKS loom_cli loom_train loom_data loom_analysis loom_api loom_explorer loom_convert)
  loom_discover_tests(unit_tests)
endif()

add_executable(decode_points ${CMAKE_SOURCE_DIR}/tests/tools/decode_points.cpp)
loom_link(decode_points loom_flags loom_model)

if(gradient_sources)
  set(double_sources)
  foreach(folder core nn weights model)  # file(GLOB) knows no {a,b}
    loom_sources(folder_sources ${folder})
    list(APPEND double_sources ${folder_sources})
  endforeach()
  add_library(loom_double STATIC ${double_sources})
  target_link_libraries(loom_double PUBLIC loom_flags dep_eigen)
  target_compile_definitions(loom_double PUBLIC LOOM_DOUBLE=1)
  loom_test(gradient_tests ${test_main} ${gradient_sources} LINKS loom_double)
  loom_discover_tests(gradient_tests)
endif()

if(LOOM_SANITIZE MATCHES fuzzer)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES Clang)
    message(FATAL_ERROR "libFuzzer comes with clang: -DCMAKE_CXX_COMPILER=clang++")
  endif()
  add_custom_target(fuzz)
  foreach(source IN LISTS fuzz_sources)
    get_filename_component(name ${source} NAME_WE)
    add_executable(${name} EXCLUDE_FROM_ALL ${source})
    loom_link(${name} loom_flags loom_analysis loom_data)
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    add_dependencies(fuzz ${name})
  endforeach()
endif()
