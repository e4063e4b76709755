// The tour: each step says one thing and sets the view that shows it.
#pragma once

#include <span>
#include <string_view>

namespace loom {

struct TourStep {
  std::string_view title;
  std::string_view words;  // what you see and what to try
  std::string_view link;   // the view; without model and theme, which do not change
};

std::span<const TourStep> tour();

}  // namespace loom
