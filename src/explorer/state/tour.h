// The tour: each step says one thing, sets the view that shows it, and points at it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace loom {

// Where a step puts the ring, the pins and the pair of classes (app/navigation/tour_view.h).
enum class TourPlace : std::uint8_t { class_center, between_similar, pins_on_classes, test_image };

// What a step points at.
enum class TourTarget : std::uint8_t { ring, zoom, overlays, legend_button, tool, pins, second_map };

struct TourStep {
  std::string_view title;
  std::string_view words;  // what you see and what to try
  std::string_view link;   // overlay and tool; the rest depends on the model
  TourPlace place = TourPlace::class_center;
  TourTarget target = TourTarget::ring;
};

std::span<const TourStep> tour();

}  // namespace loom
