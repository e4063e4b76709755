#include "../window_checks.h"

namespace loom {

TEST_CASE("window in double precision: convolution, its adjoint and its gradient against naive loops") {
  check_windows(1e-15);
}

}  // namespace loom
