#include "plot/theme.h"

#include "core/error.h"

namespace loom {

const PictureTheme& find_theme(std::string_view name) {
  if (name == "light") return kLightTheme;
  if (name == "dark") return kDarkTheme;
  fail("there is no theme '", name, "'; there are: light, dark");
}

}  // namespace loom
