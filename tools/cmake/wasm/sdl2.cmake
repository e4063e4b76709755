# sdl2_wasm: video, events and timers of SDL 2.32.4, compiled without SDL's own CMake, which would spend 3.5 minutes on
# feature tests. Their results are in the SDL_config_emscripten.h that SDL includes.
set(LOOM_SDL2_DIR ${CMAKE_SOURCE_DIR}/build/toolchain/sdl2 CACHE PATH "Sources of SDL 2.32.4")
set(sdl2_SOURCE_DIR ${LOOM_SDL2_DIR})
if(LOOM_FETCH_DEPENDENCIES OR NOT EXISTS ${sdl2_SOURCE_DIR}/include/SDL.h)
  loom_fetch(sdl2 ${LOOM_SDL2_URL} ${LOOM_SDL2_SHA256})
endif()

set(folders . atomic cpuinfo dynapi events file stdlib libm thread thread/generic timer timer/unix video video/yuv2rgb
  video/emscripten misc misc/dummy locale locale/dummy render)
list(TRANSFORM folders REPLACE "(.+)" "${sdl2_SOURCE_DIR}/src/\\1/*.c")
file(GLOB sdl2_sources ${folders})
add_library(sdl2_wasm STATIC ${sdl2_sources} ${CMAKE_CURRENT_LIST_DIR}/sdl_stubs.c)
target_include_directories(sdl2_wasm SYSTEM PUBLIC ${sdl2_SOURCE_DIR}/include)
target_compile_definitions(sdl2_wasm PRIVATE HAVE_CLOCK_GETTIME=1
  SDL_LEAN_AND_MEAN=1  # no software blitting: 75 kB of pixel format conversions that only surfaces need
  SDL_AUDIO_DISABLED=1 SDL_JOYSTICK_DISABLED=1 SDL_HAPTIC_DISABLED=1 SDL_SENSOR_DISABLED=1
  SDL_RENDER_DISABLED=1 SDL_POWER_DISABLED=1 SDL_FILESYSTEM_DISABLED=1)
target_compile_options(sdl2_wasm PRIVATE -w ${LOOM_WASM_SMALL})
