// Colour maps. Lightness changes along each map, so that it can be read without colour, too; where the two ends of a
// diverging map must be told apart, hatching or text is added.
#pragma once

#include "explorer/draw/palette.h"

namespace loom {

// From the plane's background colour (t = 0) to a dark tone or, in the dark theme, a bright one (t = 1). t is clamped.
Color sequential(const Palette& colors, float t);

// The same in another hue, for quantities that are not densities.
Color sequential_warm(const Palette& colors, float t);

// t in [-1, 1]: orange below 0, the plane's background colour at 0, blue above; distinguishable with every kind of
// colour blindness.
Color diverging(const Palette& colors, float t);

// White or near black, whichever has the higher contrast with `background`. The threshold is the relative luminance
// (WCAG 2.2) at which both contrasts are equal.
Color readable_on(Color background);

}  // namespace loom
