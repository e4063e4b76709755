# loom_discover_tests(target): one ctest entry per TEST_CASE where doctest brings its CMake module, else one in all.
find_package(doctest CONFIG QUIET)
if(NOT doctest_FOUND AND doctest_SOURCE_DIR)
  include(${doctest_SOURCE_DIR}/scripts/cmake/doctest.cmake OPTIONAL)
endif()

function(loom_discover_tests target)
  if(COMMAND doctest_discover_tests)
    doctest_discover_tests(${target} TEST_PREFIX "${target}: " PROPERTIES TIMEOUT 600)
  else()
    add_test(NAME ${target} COMMAND ${target})
  endif()
endfunction()
