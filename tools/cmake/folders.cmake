# Every folder of src/ is a static library loom_<folder>. Empty folders define no target, and links to a target that
# does not exist are left out, so that incomplete trees can be configured.

# loom_sources(out folder [EXCEPT stems...]): the .cpp files of src/<folder> and of the folders in it; EXCEPT main
# leaves main*.cpp out.
function(loom_sources out folder)
  cmake_parse_arguments(ARG "" "" "EXCEPT" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${folder}/*.cpp)
  foreach(stem IN LISTS ARG_EXCEPT)
    list(FILTER sources EXCLUDE REGEX "/${stem}[^/]*$")
  endforeach()
  set(${out} ${sources} PARENT_SCOPE)
endfunction()

# loom_unity(target): unity build, which compiles ten files of the target at once, because most of our files are small
# compared with the headers of Eigen, CLI11 and doctest, which take two to nine seconds to compile. Therefore two files
# of one folder cannot define the same name in an unnamed namespace. Files with their own compile options are still
# compiled alone.
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
    # Only headers: the library must still pass on its dependencies.
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
