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

function(loom_link target)
  foreach(library IN LISTS ARGN)
    if(TARGET ${library})
      target_link_libraries(${target} PUBLIC ${library})
    endif()
  endforeach()
endfunction()

# loom_library(folder LINKS libraries... [EXCEPT stems...] [PRECOMPILE headers...])
function(loom_library folder)
  cmake_parse_arguments(ARG "" "" "LINKS;EXCEPT;PRECOMPILE" ${ARGN})
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
  loom_precompile(loom_${folder} ${ARG_PRECOMPILE})
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
