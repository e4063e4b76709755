// Eigen 3.4 includes this MMX header beside the SSE ones but uses nothing of it, and Emscripten does not have it.
