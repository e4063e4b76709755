// Text and controls are as large as the window and the visitor ask for.
#include <doctest/doctest.h>

#include "explorer/layout/enlargement.h"
#include "explorer/layout/layout.h"

namespace loom {
namespace {

TEST_CASE("enlargement: ordinary windows are as designed, large ones are enlarged in steps") {
  for (const auto& [width, height] : {std::pair(360.0f, 640.0f), std::pair(1280.0f, 720.0f), std::pair(1600.0f, 900.0f),
                                      std::pair(3000.0f, 700.0f), std::pair(1900.0f, 940.0f)})
    CHECK(enlargement(width, height, DisplaySize::usual) == 1);
  CHECK(enlargement(1920, 1080, DisplaySize::usual) == doctest::Approx(1.2));
  CHECK(enlargement(2560, 1440, DisplaySize::usual) == doctest::Approx(1.6));
  CHECK(enlargement(7680, 4320, DisplaySize::usual) == doctest::Approx(2));
}

TEST_CASE("enlargement: the visitor's choice counts, but the layout stays as large as that of a small phone") {
  CHECK(enlargement(1280, 720, DisplaySize::large) == doctest::Approx(1.25));
  CHECK(enlargement(1280, 720, DisplaySize::largest) == doctest::Approx(2));
  CHECK(enlargement(2560, 1440, DisplaySize::larger) == doctest::Approx(2.4));
  for (const DisplaySize size : {DisplaySize::usual, DisplaySize::large, DisplaySize::larger, DisplaySize::largest})
    for (float width = 200; width < 4000; width += 173)
      for (float height = 200; height < 2000; height += 151) {
        const float larger = enlargement(width, height, size);
        CHECK(larger >= 1);
        if (larger > 1) CHECK((width / larger >= 319.9f && height / larger >= 299.9f));
      }
}

}  // namespace
}  // namespace loom
