#include "explorer/state/tour.h"

#include "explorer/texts/explanations.h"

#include <array>

namespace loom {
namespace {

struct StepView {
  std::string_view link;
  TourPlace place;
  TourTarget target;
};

// The view of each step; its words are in texts/explanations.h.
constexpr std::array<StepView, 10> kViews{{
    {"", TourPlace::class_center, TourTarget::ring},
    {"overlay=tiles", TourPlace::between_similar, TourTarget::zoom},
    {"overlay=density", TourPlace::class_center, TourTarget::overlays},
    {"overlay=holes", TourPlace::class_center, TourTarget::legend_button},
    {"overlay=overlap&tool=border", TourPlace::between_similar, TourTarget::tool},
    {"tool=path", TourPlace::pins_on_classes, TourTarget::pins},
    {"tool=image", TourPlace::test_image, TourTarget::tool},
    {"tool=inside", TourPlace::class_center, TourTarget::tool},
    {"tool=compare", TourPlace::test_image, TourTarget::second_map},
    {"tool=train&train=fashion,small,2,vae", TourPlace::class_center, TourTarget::tool},
}};
static_assert(kViews.size() == texts::kTour.size());

constexpr auto kTour = [] {
  std::array<TourStep, kViews.size()> steps;
  for (std::size_t i = 0; i < steps.size(); ++i)
    steps[i] = {texts::kTour[i].title, texts::kTour[i].words, kViews[i].link, kViews[i].place, kViews[i].target};
  return steps;
}();

}  // namespace

std::span<const TourStep> tour() { return kTour; }

}  // namespace loom
