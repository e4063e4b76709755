# dep_eigen, dep_cli11, dep_stb, dep_zlib, dep_doctest: those of the system if it has them, otherwise fetched in a
# pinned version with a hash. Dear ImGui, SDL2 and giflib have their own files.
include(FetchContent)

# The pinned sources. The SHA-256 of each release archive was found in two package collections.
set(LOOM_EIGEN_URL https://gitlab.com/libeigen/eigen/-/archive/3.4.0/eigen-3.4.0.tar.gz)
set(LOOM_EIGEN_SHA256 8586084f71f9bde545ee7fa6d00288b264a2b7ac3607b974e54d13e7162c1c72)
set(LOOM_DOCTEST_URL https://github.com/doctest/doctest/archive/refs/tags/v2.4.11.tar.gz)
set(LOOM_DOCTEST_SHA256 632ed2c05a7f53fa961381497bf8069093f0d6628c5f26286161fbd32a560186)
set(LOOM_CLI11_URL https://github.com/CLIUtils/CLI11/archive/v2.4.2.tar.gz)
set(LOOM_CLI11_SHA256 f2d893a65c3b1324c50d4e682c0cdc021dd0477ae2c048544f39eed6654b699a)
set(LOOM_STB_URL https://github.com/nothings/stb/archive/8b5f1f37b5b75829fc72d38e7b5d4bcbf8a26d55.zip)
set(LOOM_STB_SHA256 93a16ee3e866e719feec459f6f132cce932c5ec751eb38e3ec1975f911353d2e)
set(LOOM_ZLIB_URL https://github.com/madler/zlib/releases/download/v1.3.1/zlib-1.3.1.tar.gz)
set(LOOM_ZLIB_SHA256 9a93b2b7dfdac77ceba5a558a580e74667dd6fede4585b91eefb60f03b72df23)
set(LOOM_IMGUI_URL https://github.com/ocornut/imgui/archive/refs/tags/v1.90.1.tar.gz)
set(LOOM_IMGUI_SHA256 21dcc985bb2ae8fe48047c86135dbc438d6980a8f2e08babbda5be820592f282)
set(LOOM_SDL2_URL https://github.com/libsdl-org/SDL/releases/download/release-2.32.4/SDL2-2.32.4.tar.gz)
set(LOOM_SDL2_SHA256 f15b478253e1ff6dac62257ded225ff4e7d0c5230204ac3450f1144ee806f934)
set(LOOM_GIF_URL https://downloads.sourceforge.net/project/giflib/giflib-5.2.2.tar.gz)
set(LOOM_GIF_SHA256 be7ffbd057cadebe2aa144542fd90c6838c6a083b5e8a9048b8ee3b66b29d5fb)

# loom_fetch(name url sha256): populates ${name}_SOURCE_DIR. SOURCE_SUBDIR does not exist, so that CMake does not run
# the project's own build, which for header-only libraries would be minutes of useless configuring.
macro(loom_fetch name url sha256)
  message(STATUS "${name}: fetching ${url}")
  FetchContent_Declare(${name} URL ${url} URL_HASH SHA256=${sha256}
    SOURCE_SUBDIR no-build DOWNLOAD_EXTRACT_TIMESTAMP ON)
  FetchContent_MakeAvailable(${name})
endmacro()

# loom_find_headers(variable probe hint): the include directory for the header `probe`. For wasm it must not be
# /usr/include itself, whose C library would hide Emscripten's, so it is then a folder with one link to the library.
function(loom_find_headers variable probe hint)
  if(LOOM_FETCH_DEPENDENCIES)
    return()
  endif()
  find_path(${variable} ${probe} HINTS ${hint} PATHS /usr/include /usr/local/include NO_CMAKE_FIND_ROOT_PATH)
  if(NOT ${variable})
    return()
  endif()
  set(directory ${${variable}})
  if(EMSCRIPTEN AND directory MATCHES "/include$")
    string(REGEX REPLACE "/.*" "" top ${probe})
    file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/include)
    file(CREATE_LINK ${directory}/${top} ${CMAKE_BINARY_DIR}/include/${top} SYMBOLIC)
    set(directory ${CMAKE_BINARY_DIR}/include)
  endif()
  set(${variable} ${directory} PARENT_SCOPE)
endfunction()

# loom_header_library(name directories...)
function(loom_header_library name)
  add_library(${name} INTERFACE)
  target_include_directories(${name} SYSTEM INTERFACE ${ARGN})
endfunction()

# The wasm SIMD shims are made for Eigen 3.4 (tools/cmake/wasm/flags.cmake), so a later version is not accepted.
loom_find_headers(EIGEN_INCLUDE Eigen/Core /usr/include/eigen3)
if(EIGEN_INCLUDE)
  file(STRINGS ${EIGEN_INCLUDE}/Eigen/src/Core/util/Macros.h eigen_version REGEX "EIGEN_(WORLD|MAJOR)_VERSION [0-9]+$")
endif()
if(NOT "${eigen_version}" MATCHES "WORLD_VERSION 3.*MAJOR_VERSION 4")
  loom_fetch(eigen ${LOOM_EIGEN_URL} ${LOOM_EIGEN_SHA256})
  set(EIGEN_INCLUDE ${eigen_SOURCE_DIR})
endif()
loom_header_library(dep_eigen ${EIGEN_INCLUDE})

loom_find_headers(DOCTEST_INCLUDE doctest/doctest.h "")
if(LOOM_TESTS AND NOT DOCTEST_INCLUDE)
  loom_fetch(doctest ${LOOM_DOCTEST_URL} ${LOOM_DOCTEST_SHA256})
  set(DOCTEST_INCLUDE ${doctest_SOURCE_DIR})
endif()
loom_header_library(dep_doctest ${DOCTEST_INCLUDE})

if(EMSCRIPTEN)
  return()  # the rest is for folders that are not part of the page
endif()

loom_find_headers(CLI11_INCLUDE CLI/CLI.hpp "")
if(NOT CLI11_INCLUDE)
  loom_fetch(cli11 ${LOOM_CLI11_URL} ${LOOM_CLI11_SHA256})
  set(CLI11_INCLUDE ${cli11_SOURCE_DIR}/include)
endif()
loom_header_library(dep_cli11 ${CLI11_INCLUDE})

# Debian has the files in a folder stb/, the original does not; <stb/stb_image.h> works with both.
loom_find_headers(STB_INCLUDE stb/stb_image_write.h "")
if(NOT STB_INCLUDE)
  loom_fetch(stb ${LOOM_STB_URL} ${LOOM_STB_SHA256})
  set(STB_INCLUDE ${CMAKE_BINARY_DIR}/include)
  file(MAKE_DIRECTORY ${STB_INCLUDE})
  file(CREATE_LINK ${stb_SOURCE_DIR} ${STB_INCLUDE}/stb SYMBOLIC)
endif()
add_library(dep_zlib INTERFACE)
if(NOT LOOM_FETCH_DEPENDENCIES)
  find_package(ZLIB QUIET)
endif()
if(ZLIB_FOUND)
  target_link_libraries(dep_zlib INTERFACE ZLIB::ZLIB)
else()
  loom_fetch(zlib ${LOOM_ZLIB_URL} ${LOOM_ZLIB_SHA256})
  file(GLOB zlib_sources ${zlib_SOURCE_DIR}/*.c)
  add_library(zlib_static STATIC ${zlib_sources})
  target_compile_definitions(zlib_static PRIVATE HAVE_UNISTD_H)
  target_compile_options(zlib_static PRIVATE -w)
  target_include_directories(zlib_static SYSTEM PUBLIC ${zlib_SOURCE_DIR})
  target_link_libraries(dep_zlib INTERFACE zlib_static)
endif()

add_library(dep_stb STATIC ${CMAKE_SOURCE_DIR}/tools/cmake/stb.cpp)
target_include_directories(dep_stb SYSTEM PUBLIC ${STB_INCLUDE})
target_link_libraries(dep_stb PRIVATE loom_flags dep_eigen dep_zlib)  # loom_flags: so that sanitizers check it, too
target_compile_options(dep_stb PRIVATE -w)
