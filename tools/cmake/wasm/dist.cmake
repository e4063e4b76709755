# Target `dist`: the whole page in dist/, see tools/assemble_dist.py. The licences of everything that is compiled into
# it are taken from the sources if available, or else from Debian's documentation of the package.
function(loom_licence name)
  foreach(file IN LISTS ARGN)
    if(EXISTS ${file})
      set(licences ${licences} --licence ${name}=${file} PARENT_SCOPE)
      return()
    endif()
  endforeach()
  message(WARNING "no licence text of ${name} found for dist/licences")
endfunction()

set(licences --licence LatentLoom=${CMAKE_SOURCE_DIR}/LICENSE)
loom_licence(DearImGui ${imgui_SOURCE_DIR}/LICENSE.txt)
loom_licence(giflib ${gif_SOURCE_DIR}/COPYING /usr/share/doc/libgif-dev/copyright)
loom_licence(SDL2 ${sdl2_SOURCE_DIR}/LICENSE.txt)
loom_licence(Eigen ${EIGEN_INCLUDE}/COPYING.MPL2 /usr/share/doc/libeigen3-dev/copyright)
loom_licence(Emscripten ${EMSCRIPTEN_ROOT_PATH}/LICENSE ${CMAKE_SOURCE_DIR}/build/toolchain/emscripten/usr/share/doc/emscripten/copyright)
# Roboto's licence is the Apache License 2.0, whose text Debian stores separately. Emscripten's C++ library also has it.
loom_licence(Roboto ${EMSCRIPTEN_ROOT_PATH}/system/lib/libcxx/LICENSE.TXT /usr/share/doc/fonts-roboto-unhinted/copyright)
if(licences MATCHES "/usr/share/doc/fonts-roboto-unhinted/copyright")
  string(APPEND licences ",/usr/share/common-licenses/Apache-2.0")
endif()

add_custom_target(dist
  COMMAND python3 ${CMAKE_SOURCE_DIR}/tools/assemble_dist.py --web ${CMAKE_SOURCE_DIR}/web --build ${CMAKE_BINARY_DIR}
    --weights ${CMAKE_SOURCE_DIR}/weights --out ${CMAKE_SOURCE_DIR}/dist --version ${PROJECT_VERSION}
    --package lean-qr=${CMAKE_SOURCE_DIR}/tools/page/node_modules/lean-qr ${licences}
  VERBATIM)
foreach(module loom-core loom-first loom-film loom-train loom-explorer)
  if(TARGET ${module})
    add_dependencies(dist ${module})
  endif()
endforeach()
