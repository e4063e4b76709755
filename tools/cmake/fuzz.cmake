# The libFuzzer programs. They share the libraries of the sanitizers' build: what reads foreign bytes is compiled with the
# counters by which libFuzzer steers, too little of the code to slow the tests down. The counters are named one by one
# because -fsanitize=fuzzer-no-link, which means the same, would forbid the shared precompiled header.
set(fuzz_counters -fsanitize-coverage=inline-8bit-counters,indirect-calls,trace-cmp,pc-table)
foreach(library core weights data model)
  target_compile_options(loom_${library} PRIVATE ${fuzz_counters})
endforeach()
if(TARGET loom_explorer)
  get_target_property(readers loom_explorer SOURCES)
  list(FILTER readers INCLUDE REGEX "/(link|replay|catalogue)[a-z_]*\\.cpp$")
  set_property(SOURCE ${readers} APPEND PROPERTY COMPILE_OPTIONS ${fuzz_counters})
endif()

file(GLOB fuzz_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/fuzz/fuzz_*.cpp)
add_custom_target(fuzz)
foreach(source IN LISTS fuzz_sources)
  get_filename_component(name ${source} NAME_WE)
  add_executable(${name} EXCLUDE_FROM_ALL ${source})
  loom_link(${name} loom_flags loom_data loom_model loom_explorer)
  loom_precompile(${name})
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  add_dependencies(fuzz ${name})
endforeach()
