// Our formulas are PyTorch's: in double precision only the rounding of the golden file (6e-8) is left between them.
#include "../golden_checks.h"

namespace loom {

TEST_CASE("golden in double precision: forward, loss and gradients are PyTorch's") {
  for (const std::string_view name : kGoldenCases) {
    CAPTURE(name);
    const double worst = check_golden(Golden(name), 7e-8);
    MESSAGE(name, ": worst relative difference ", worst);
  }
}

}  // namespace loom
