// Eigen 3.4 includes this MMX header with the SSE headers but does not use it, and Emscripten does not have it.
