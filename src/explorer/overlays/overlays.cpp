#include "explorer/overlays/overlay.h"
#include "explorer/texts/texts.h"

namespace loom {

// Each is in a file of its own, overlay_NAME.cpp. tools/check_structure.py finds a file that has no row here.
std::unique_ptr<OverlayLayer> make_manifold();
std::unique_ptr<OverlayLayer> make_density();
std::unique_ptr<OverlayLayer> make_holes();
std::unique_ptr<OverlayLayer> make_overlap();
std::unique_ptr<OverlayLayer> make_posterior();
std::unique_ptr<OverlayLayer> make_magnification();
std::unique_ptr<OverlayLayer> make_round_trip();
std::unique_ptr<OverlayLayer> make_unit();

namespace {

std::string_view fits_all(const LoadedModel&) { return {}; }
std::string_view needs_two_axes(const LoadedModel& m) {
  return m.latent_dim() != 2 ? texts::kNeedsTwoDimensions : std::string_view();
}
std::string_view needs_classes(const LoadedModel& m) {
  return m.mu.empty() ? needs_codes(m) : m.class_names.size() < 2 ? texts::kNeedsTwoClasses : std::string_view();
}
std::string_view needs_prior(const LoadedModel& m) {
  if (!m.variational()) return texts::kNeedsPrior;
  return needs_codes(m);
}

// In the order of the list in the explorer.
constexpr std::array kOverlays{
    Overlay{texts::kNoOverlay, {.key = "", .refusal = fits_all, .make = nullptr}},
    Overlay{texts::kTiles, {.key = "tiles", .refusal = fits_all, .make = make_manifold, .marks = 0}},
    Overlay{texts::kDensity,
            {.key = "density", .refusal = needs_codes, .make = make_density, .marks = 0.25f, .of_marks = true}},
    Overlay{texts::kHoles,
            {.key = "holes", .refusal = needs_prior, .make = make_holes, .marks = 0.25f, .of_marks = true}},
    Overlay{texts::kOverlap,
            {.key = "overlap", .refusal = needs_classes, .make = make_overlap, .marks = 0.3f, .of_marks = true}},
    Overlay{
        texts::kPosterior,
        {.key = "posterior", .refusal = needs_two_axes, .make = make_posterior, .marks = 0.15f, .uses_input = true}},
    Overlay{texts::kMagnification, {.key = "metric", .refusal = fits_all, .make = make_magnification, .marks = 0.2f}},
    Overlay{texts::kRoundTrip, {.key = "trip", .refusal = fits_all, .make = make_round_trip, .marks = 0.25f}},
    Overlay{texts::kUnit, {.key = "unit", .refusal = fits_all, .make = make_unit, .marks = 0.2f}},
};

}  // namespace

std::span<const Overlay> overlays() { return kOverlays; }

std::size_t find_overlay(std::string_view key) {
  for (std::size_t i = 1; i < kOverlays.size(); ++i)
    if (kOverlays[i].key == key) return i;
  return 0;
}

}  // namespace loom
