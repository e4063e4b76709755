// One sentence for each sign, button and figure, shown where the pointer rests on it or a finger is held, and listed in
// the page's controls for screen readers. One sentence stands on one line, which the formatter leaves alone.
#pragma once

#include <array>
#include <string_view>

namespace loom::texts {

// clang-format off

struct Tip {
  std::string_view name;   // of the sign, for the list
  std::string_view words;
};

inline constexpr Tip kRingTip{"The ring", "The ring is z, the point that is decoded. Drag it, or press the map."};
inline constexpr Tip kPinTip{"The pins A and B", "Drag a pin to the point that the tool should use."};
inline constexpr Tip kAxisTip{"The axes z1 and z2", "An axis of the latent space: one of the two numbers that the encoder gives an image."};
inline constexpr Tip kCircleTip{"50 %, 90 % and 99 %", "The share of the prior inside this circle. The prior is the normal distribution that a variational autoencoder is trained towards."};
inline constexpr Tip kDecodedTip{"The large image", "What the decoder draws for the point under the ring. Each pixel is the mean of what is possible there, so a blurred image means that many are."};
inline constexpr Tip kCoordinatesTip{"z1 and z2", "The coordinates of the ring: all that the decoder is given. In the page, press them to type others."};
inline constexpr Tip kLooksLikeTip{"Looks like", "How likely each class is at the ring, judged by the test images that are encoded near it."};
inline constexpr Tip kDensityTip{"As many images as the prior expects", "How many test images are encoded near the ring, compared with what the prior expects there. Fewer than a tenth is a hole."};
inline constexpr Tip kClassTip{"A class", "Click to show only this class. With Shift, or by a tap, add or remove it."};
inline constexpr Tip kNamesTip{"Names", "Show or hide the names of the classes on the map."};
inline constexpr Tip kShowAllTip{"Show all", "Show the marks of all classes."};
inline constexpr Tip kModelTip{"The model", "Choose another model, or open a weight file of your own."};
inline constexpr Tip kShareTip{"Share", "A link to what you see, code to embed it, or a picture of it."};
inline constexpr Tip kThemeTip{"Light or dark", "Change between a light and a dark page."};
inline constexpr Tip kHelpTip{"?", "What you are looking at, the tour, and the keys."};
inline constexpr Tip kZoomInTip{"+", "Zoom in (key +)."};
inline constexpr Tip kZoomOutTip{"\u2212", "Zoom out (key \u2212)."};
inline constexpr Tip kHomeTip{"Four corners", "Show the whole map (key H)."};
inline constexpr Tip kUndoTip{"The arrow to the left", "Take the last step back (Ctrl and Z)."};
inline constexpr Tip kRedoTip{"The arrow to the right", "Do it again (Ctrl, Shift and Z)."};
inline constexpr Tip kRingArrowTip{"The arrow at the edge of the map", "The ring is over there. Press to bring it into view."};
inline constexpr Tip kFindTip{"The magnifier", "Find a class, a test image or a point by typing (key /)."};
inline constexpr Tip kOverlayTip{"Overlay", "Colour the map by a measure, such as density, holes or overlap."};
inline constexpr Tip kToolsTip{"Tools", "Interpolate, draw an image, compare two models, train one, and more."};
inline constexpr Tip kWhyTip{"i", "What this shows, with its formula and source."};
inline constexpr Tip kFoldTip{"The arrow of a legend", "Fold the legend to one line, or unfold it."};
inline constexpr Tip kDrawTip{"The square of “Try an image”", "Draw here with the mouse, a pen or a finger."};
inline constexpr Tip kCloseTip{"\u00d7", "Close this."};

inline constexpr std::array kTips{kRingTip, kPinTip, kAxisTip, kCircleTip, kDecodedTip, kCoordinatesTip, kLooksLikeTip, kDensityTip, kClassTip, kNamesTip,
  kShowAllTip, kModelTip, kShareTip, kThemeTip, kHelpTip, kZoomInTip, kZoomOutTip, kHomeTip, kUndoTip, kRedoTip,
  kRingArrowTip, kFindTip, kOverlayTip, kToolsTip, kWhyTip, kFoldTip, kDrawTip, kCloseTip};

// clang-format on

}  // namespace loom::texts
