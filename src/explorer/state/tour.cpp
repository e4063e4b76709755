#include "explorer/state/tour.h"

#include "explorer/texts/explanations.h"

#include <array>

namespace loom {
namespace {

// The view of each step; its words are in texts/explanations.h.
constexpr std::array<std::string_view, 10> kViews{
    "",
    "overlay=tiles",
    "overlay=density",
    "overlay=holes",
    "overlay=overlap&tool=border&pair=2,4",
    "tool=path&a=-0.5,1.5&b=0.6,-1.7",
    "tool=image",
    "tool=inside",
    "tool=compare",
    "tool=train&train=fashion,small,2,vae",
};
static_assert(kViews.size() == texts::kTour.size());

constexpr auto kTour = [] {
  std::array<TourStep, kViews.size()> steps;
  for (std::size_t i = 0; i < steps.size(); ++i) steps[i] = {texts::kTour[i].title, texts::kTour[i].words, kViews[i]};
  return steps;
}();

}  // namespace

std::span<const TourStep> tour() { return kTour; }

}  // namespace loom
