#include "nn/init.h"

#include "core/rng.h"

namespace loom {

void initialize(Sequential& net, std::uint64_t seed, std::uint64_t key) {
  std::vector<Initial> initials;
  for (const Layer& layer : net)
    std::visit(
        [&](const auto& l) {
          l.for_each_tensor([&](const char*, const Shape&, const auto&, const Initial& i) { initials.push_back(i); });
        },
        layer);
  std::uint64_t tensor = 0;
  for (Parameter& p : parameters(net, "")) {
    const Initial& initial = initials[static_cast<std::size_t>(tensor)];
    Rng rng(seed, Stream::init, (key << 32) + tensor++);
    for (Scalar& value : p.value)
      value = static_cast<Scalar>(initial.center + (2.0 * rng.uniform() - 1.0) * initial.bound);
  }
}

}  // namespace loom
