#include "nn/init.h"

#include <cmath>

#include "core/rng.h"

namespace loom {

void initialize(Sequential& net, std::uint64_t seed, std::uint64_t key) {
  std::uint64_t tensor = key << 32;
  double bound = 0;
  for (Parameter& p : parameters(net, "")) {
    if (p.shape.size() > 1) {  // a bias follows its weight and uses the same bound
      double fan_in = 1;
      for (std::size_t d = 1; d < p.shape.size(); ++d) fan_in *= static_cast<double>(p.shape[d]);
      bound = 1.0 / std::sqrt(fan_in);
    }
    Rng rng(seed, Stream::init, tensor++);
    for (Scalar& value : p.value) value = static_cast<Scalar>((2.0 * rng.uniform() - 1.0) * bound);
  }
}

}  // namespace loom
