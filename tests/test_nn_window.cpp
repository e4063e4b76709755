#include "message_of.h"
#include "window_checks.h"

namespace loom {

TEST_CASE("window: convolution, its adjoint and its gradient against naive loops") {
  check_windows(1e-6);  // some roundings of 6e-8; 3e-7 measured with fused multiply-adds
}

TEST_CASE("window: shapes, and what does not fit") {
  const Window w{3, 3, 2, 2, 1, 1, 1, 1};
  CHECK(small_shape({1, 28, 27}, w, 5) == ImageShape{5, 14, 14});
  CHECK(large_shape({5, 14, 14}, w, 1) == ImageShape{1, 27, 27});
  CHECK(message_of([] { small_shape({1, 4, 9}, {.kernel_height = 7, .pad_top = 1, .pad_bottom = 1}, 1); }) ==
        "window: kernel of 7 does not fit the padded height of 6");
  CHECK(message_of([] { large_shape({1, 3, 1}, {.kernel_width = 2, .pad_left = 1, .pad_right = 1}, 1); }) ==
        "window: pads of 2 leave no width of the transposed convolution's output");
}

}  // namespace loom
