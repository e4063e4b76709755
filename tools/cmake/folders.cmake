# One folder of src/ = one static library loom_<folder>. Folders that are empty make no target, and links to a target
# that does not exist are left out, so the tree configures at every stage of its growth.

# loom_sources(out folder [EXCEPT stems...]): the .cpp files of src/<folder> and of the folders in it; EXCEPT main leaves
# main*.cpp out.
function(loom_sources out folder)
  cmake_parse_arguments(ARG "" "" "EXCEPT" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${folder}/*.cpp)
  foreach(stem IN LISTS ARG_EXCEPT)
    list(FILTER sources EXCLUDE REGEX "/${stem}[^/]*$")
  endforeach()
  set(${out} ${sources} PARENT_SCOPE)
endfunction()

# loom_unity(target): compiles ten files of the target at once. Most files of ours are small beside the headers of Eigen, CLI11
# and doctest, which take a compiler two to nine seconds. So two files of one folder cannot give a name without linkage (in
# an unnamed namespace) two meanings. Files with compile options of their own are still compiled alone.
function(loom_unity target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${LOOM_UNITY} UNITY_BUILD_BATCH_SIZE 10)
endfunction()

function(loom_link target)
  foreach(library IN LISTS ARGN)
    if(TARGET ${library})
      target_link_libraries(${target} PUBLIC ${library})
    endif()
  endforeach()
endfunction()

# loom_library(folder LINKS libraries... [EXCEPT stems...])
function(loom_library folder)
  cmake_parse_arguments(ARG "" "" "LINKS;EXCEPT" ${ARGN})
  loom_sources(sources ${folder} EXCEPT ${ARG_EXCEPT})
  if(sources)
    add_library(loom_${folder} STATIC ${sources})
  elseif(EXISTS ${CMAKE_SOURCE_DIR}/src/${folder})
    # Only headers so far: what it depends on still has to reach those who use it.
    add_library(loom_${folder} STATIC ${CMAKE_SOURCE_DIR}/tools/cmake/empty.cpp)
  else()
    return()
  endif()
  loom_link(loom_${folder} loom_flags dep_eigen ${ARG_LINKS})
  loom_unity(loom_${folder})
endfunction()

# loom_executable(name globs below src/... LINKS ...)
function(loom_executable name)
  cmake_parse_arguments(ARG "" "" "LINKS" ${ARGN})
  list(TRANSFORM ARG_UNPARSED_ARGUMENTS PREPEND ${CMAKE_SOURCE_DIR}/src/)
  file(GLOB sources CONFIGURE_DEPENDS ${ARG_UNPARSED_ARGUMENTS})
  if(sources)
    add_executable(${name} ${sources})
    loom_link(${name} loom_flags dep_eigen ${ARG_LINKS})
  endif()
endfunction()
