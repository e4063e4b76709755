# dep_imgui: Dear ImGui 1.90.1 with its SDL2 and OpenGL 3 backends, compiled from the same sources natively and for the
# page, so both look alike. tools/setup puts Debian's source package into build/toolchain; elsewhere it is fetched.
set(LOOM_IMGUI_DIR ${CMAKE_SOURCE_DIR}/build/toolchain/imgui CACHE PATH "Sources of Dear ImGui 1.90.1")
set(imgui_SOURCE_DIR ${LOOM_IMGUI_DIR})
if(LOOM_FETCH_DEPENDENCIES OR NOT EXISTS ${imgui_SOURCE_DIR}/imgui.h)
  loom_fetch(imgui ${LOOM_IMGUI_URL} ${LOOM_IMGUI_SHA256})
endif()

add_library(dep_imgui STATIC
  ${imgui_SOURCE_DIR}/imgui.cpp
  ${imgui_SOURCE_DIR}/imgui_draw.cpp
  ${imgui_SOURCE_DIR}/imgui_tables.cpp
  ${imgui_SOURCE_DIR}/imgui_widgets.cpp)
target_include_directories(dep_imgui SYSTEM PUBLIC ${imgui_SOURCE_DIR} ${imgui_SOURCE_DIR}/backends)
target_compile_features(dep_imgui PUBLIC cxx_std_20)
target_compile_options(dep_imgui PRIVATE -w)
# No demo, no debug tools, no files (imgui.ini), no shell functions: a quarter of its size in the page.
target_compile_definitions(dep_imgui PUBLIC
  IMGUI_DISABLE_DEMO_WINDOWS IMGUI_DISABLE_DEBUG_TOOLS IMGUI_DISABLE_OBSOLETE_FUNCTIONS
  IMGUI_DISABLE_FILE_FUNCTIONS IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS
  "ImDrawIdx=unsigned int")  # 10,000 markers have 40,000 vertices in one draw list, and files may have more markers

# The backends are separate from the library, so that panels can be tested without SDL.
add_library(dep_imgui_backends STATIC
  ${imgui_SOURCE_DIR}/backends/imgui_impl_sdl2.cpp
  ${imgui_SOURCE_DIR}/backends/imgui_impl_opengl3.cpp)
target_compile_options(dep_imgui_backends PRIVATE -w)
target_link_libraries(dep_imgui_backends PUBLIC dep_imgui)
if(EMSCRIPTEN)
  target_compile_options(dep_imgui PRIVATE ${LOOM_WASM_SMALL})
  target_compile_options(dep_imgui_backends PRIVATE ${LOOM_WASM_SMALL})
endif()
