// Colours for numbers. Lightness changes along each map, so it can be read in grey, too; where the two ends of a map
// must be told apart, there is hatching or text.
#pragma once

#include "explorer/draw/palette.h"

namespace loom {

// From the plane's own colour (t = 0) to a dark or, at night, bright tone (t = 1). t is clamped.
Color sequential(const Palette& colors, float t);

// The same in another hue, for what is not a density.
Color sequential_warm(const Palette& colors, float t);

// t in [-1, 1]: orange below, the plane's own colour at 0, blue above; distinguishable with every kind of
// colour vision.
Color diverging(const Palette& colors, float t);

// White or near black, whichever can be read on a colour (WCAG 2.2: the relative luminance where both contrast alike).
Color readable_on(Color background);

}  // namespace loom
