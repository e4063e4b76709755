#include "explorer/state/tour.h"

#include <array>

namespace loom {
namespace {

constexpr std::array<TourStep, 8> kTour{{
    {"A map of pictures",
     "Every mark is a test picture, squeezed into two numbers by the encoder. Drag the ring: the decoder draws what "
     "belongs to that place.",
     ""},
    {"Everything at once",
     "The decoder has an answer everywhere, not only at the marks. Zoom in where one garment turns into another.",
     "overlay=tiles"},
    {"Crowded and empty",
     "Dark places are where the test pictures live. A variational autoencoder is trained to fill the dashed circles.",
     "overlay=density"},
    {"Holes",
     "Hatched: here the prior expects ten times more pictures than there are. Press \u201cNext hole\u201d and look at "
     "the "
     "garment: nobody taught the decoder what belongs there.",
     "overlay=holes"},
    {"Who looks like whom",
     "Pale places belong to several classes at once. The matrix says how much each pair overlaps: choose one and walk "
     "its "
     "border.",
     "overlay=overlap&tool=border&pair=2,4"},
    {"From one garment to another",
     "Drag the pins A and B. The strip shows the way between them, the curve how much the picture changes at each "
     "step.",
     "tool=path&a=-0.5,1.5&b=0.6,-1.7"},
    {"A picture of your own",
     "Draw a garment, or drop a picture. The ellipse is what the encoder says: a mean and a deviation for each axis. "
     "The "
     "ring stays a point, z.",
     "tool=image"},
    {"One model and another",
     "The same test picture in two models: the ring follows it. Try a plain autoencoder, or another training.",
     "tool=compare"},
}};

}  // namespace

std::span<const TourStep> tour() { return kTour; }

}  // namespace loom
