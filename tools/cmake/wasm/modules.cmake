# The modules of the page: loom-explorer (with window and panels), loom-first (the image that is shown before it),
# loom-core (inference only, for `import`), loom-film (animated GIF) and loom-train (training, in train/CMakeLists.txt). Functions are exported to
# JavaScript by __attribute__((used)) in their source, so there is no list of names here.
target_link_options(loom_flags INTERFACE -fwasm-exceptions)

# The Closure compiler makes the JavaScript less than half as long. tools/setup installs it from npm; emsdk includes it.
file(GLOB closure ${CMAKE_SOURCE_DIR}/tools/wasm/node_modules/google-closure-compiler-*/compiler)
file(GLOB emsdk_closure ${EMSCRIPTEN_ROOT_PATH}/node_modules/google-closure-compiler)
if(closure OR emsdk_closure)
  set(LOOM_CLOSURE ON)
else()
  message(STATUS "wasm: no Closure compiler (tools/setup wasm gets it where there is npm): longer JavaScript")
endif()

set(module_flags
  -sALLOW_MEMORY_GROWTH -sMAXIMUM_MEMORY=256MB  # phones refuse larger maxima
  -sABORTING_MALLOC=0  # out of memory throws std::bad_alloc, which can be reported, instead of aborting
  -sMALLOC=emmalloc
  -sSTACK_SIZE=1MB  # the default of 64 kB is too little for Eigen's blocks on the stack
  -sFILESYSTEM=0 -sASSERTIONS=0 -sWASM_BIGINT)
# Flags of modules that use Emscripten's JavaScript.
set(glue_flags -sMODULARIZE -sEXPORT_ES6 -sEXPORTED_RUNTIME_METHODS=HEAPU8,HEAPF32
  -sDYNAMIC_EXECUTION=0)  # no eval: the page's Content-Security-Policy forbids it
if(LOOM_CLOSURE)
  list(APPEND glue_flags --closure=1)
endif()

function(loom_wasm_module name)
  if(TARGET ${name})
    target_compile_options(${name} PRIVATE ${LOOM_WASM_SMALL})
    target_link_options(${name} PRIVATE ${module_flags} ${ARGN})
    if(LOOM_CLOSURE AND closure)
      set_property(TARGET ${name} PROPERTY RULE_LAUNCH_LINK "${CMAKE_COMMAND} -E env EM_CLOSURE_COMPILER=${closure}")
    endif()
  endif()
endfunction()

# Flags of tests under node: access to files, to the LOOM_* environment variables, and exceptions with messages.
function(loom_wasm_for_node name)
  target_link_options(${name} PRIVATE -sNODERAWFS -sALLOW_MEMORY_GROWTH -sMAXIMUM_MEMORY=2GB -sSTACK_SIZE=1MB
    -sENVIRONMENT=node -sEXIT_RUNTIME --pre-js ${CMAKE_SOURCE_DIR}/tools/cmake/wasm/node_environment.js)
endfunction()

# -O3 is only used for the arithmetic that takes most of the time of a decode.
if(TARGET loom_explorer)
  target_compile_options(loom_explorer PRIVATE ${LOOM_WASM_SMALLEST})
endif()
target_compile_options(loom_uses PRIVATE ${LOOM_WASM_SMALL})
target_compile_options(loom_core PRIVATE ${LOOM_WASM_SMALLEST})
target_compile_options(loom_weights PRIVATE ${LOOM_WASM_SMALLEST})
# loom_wasm_optimize(flag files...): compiles these files with the flag. Flags of a file come after those of its target.
function(loom_wasm_optimize flag)
  list(TRANSFORM ARGN REPLACE "(.+)" "${CMAKE_SOURCE_DIR}/src/\\1.cpp")
  foreach(file IN LISTS ARGN)
    if(NOT EXISTS ${file})
      message(FATAL_ERROR "loom_wasm_optimize: there is no ${file}")
    endif()
  endforeach()
  set_source_files_properties(${ARGN} PROPERTIES COMPILE_OPTIONS ${flag})
endfunction()
loom_wasm_optimize(${LOOM_WASM_SMALLEST} model/architectures model/autoencoder model/checkpoint model/layer_text
  model/network_json model/objective model/pca model/spec_json nn/conv2d nn/conv_transpose2d nn/flatten nn/fourier
  nn/gaussian nn/init nn/kernels/window nn/layer nn/layer_json nn/layer_output nn/likelihood/likelihood
  nn/likelihood/ssim nn/linear analysis/bound/anomaly analysis/bound/evidence analysis/bound/row_losses
  analysis/metric/path_length analysis/density/aggregate_posterior analysis/density/prior
  analysis/plane/latent_plane analysis/plane/normal_quantile analysis/plane/point_index analysis/plane/principal)
loom_wasm_optimize(${LOOM_WASM_SMALL} nn/activation analysis/bound/bound analysis/bound/latent_units
  analysis/bound/noise_rule analysis/bound/refine analysis/density/empty_circle analysis/density/hole_components
  analysis/density/overlap analysis/metric/geodesic analysis/metric/path analysis/metric/picture_change
  analysis/plane/contour analysis/plane/neighbours analysis/plane/region)

loom_executable(loom-core "api/*.cpp" LINKS loom_analysis)
loom_wasm_optimize(${LOOM_WASM_SMALLEST} api/color_api api/core_api)
# A standalone module imports one function, which src/api/module.js provides.
loom_wasm_module(loom-core -sSTANDALONE_WASM --no-entry -sINITIAL_MEMORY=8MB -sEXPORTED_FUNCTIONS=_malloc,_free)
if(TARGET loom-core)
  set_target_properties(loom-core PROPERTIES SUFFIX .wasm)
  configure_file(${CMAKE_SOURCE_DIR}/src/api/module.js ${CMAKE_BINARY_DIR}/loom-core.js COPYONLY)
endif()

add_subdirectory(${CMAKE_SOURCE_DIR}/tools/cmake/wasm/train ${CMAKE_BINARY_DIR}/train)

loom_executable(loom-film film/film_module.cpp LINKS loom_film)
target_compile_options(loom_film PRIVATE ${LOOM_WASM_SMALL})
loom_wasm_module(loom-film -sSTANDALONE_WASM --no-entry -sINITIAL_MEMORY=8MB -sEXPORTED_FUNCTIONS=_malloc,_free)
set_target_properties(loom-film PROPERTIES SUFFIX .wasm)

if(LOOM_EXPLORER)
  loom_executable(loom-first explorer/first/platform_first.cpp LINKS loom_explorer)
  loom_wasm_optimize(${LOOM_WASM_SMALLEST} explorer/first/platform_first explorer/first/first_view explorer/link/link_place explorer/link/link_values)
  loom_wasm_module(loom-first -sSTANDALONE_WASM --no-entry -sINITIAL_MEMORY=8MB -sEXPORTED_FUNCTIONS=_malloc,_free)
  set_target_properties(loom-first PROPERTIES SUFFIX .wasm)
  loom_executable(loom-explorer explorer/platform/main.cpp explorer/platform/opengl_renderer.cpp explorer/platform/platform_sdl.cpp explorer/platform/platform_web.cpp
    explorer/platform/platform_web_queries.cpp explorer/platform/platform_web_share.cpp explorer/platform/platform_web_training.cpp LINKS loom_explorer dep_sdl2)
  loom_wasm_module(loom-explorer ${glue_flags} -sENVIRONMENT=web,worker -sINITIAL_MEMORY=16MB
    -sEXPORTED_FUNCTIONS=_main,_malloc,_free
    -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2)
endif()
