// y = f(x), element by element. Include it in .cpp files only.
#pragma once

#include <algorithm>

#include "nn/kernels/vector.h"

namespace loom {

// y[i] = Function::value(x[i]); `value` takes a Scalar or, in WebAssembly, a Vector, because the wasm modules are built
// with -Os, at which the compiler does not vectorise. The tail is padded to a full vector, so that `value` is
// instantiated only once.
template <class Function>
[[gnu::always_inline]] inline void apply_each(const Scalar* x, Scalar* y, Index count) {
#ifdef __wasm__
  for (Index i = 0; i < count; i += kLanes) {
    Vector v{};
    const Index left = count - i;
    if (left >= kLanes)
      v = load(x + i);
    else
      std::copy_n(x + i, left, reinterpret_cast<Scalar*>(&v));
    v = Function::value(v);
    if (left >= kLanes)
      store(y + i, v);
    else
      std::copy_n(reinterpret_cast<const Scalar*>(&v), left, y + i);
  }
#else
  for (Index i = 0; i < count; ++i) y[i] = Function::value(x[i]);
#endif
}

}  // namespace loom
