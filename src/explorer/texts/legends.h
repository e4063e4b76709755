// The legends of the overlays: the unit of the bar, the short form for one line, figures and buttons. As in texts.h,
// each text stands on one line.
#pragma once

#include <string>
#include <string_view>

#include "core/text.h"

namespace loom::texts {

// clang-format off

inline std::string tile_width_brief(std::string_view width) { return text("tiles of ", width); }
inline std::string tile_width(std::string_view width) { return text("A tile is ", width, " wide. It shows the image decoded at its centre."); }

inline std::string at_least(std::string_view number) { return text("\u2265 ", number); }
inline std::string at_most(std::string_view number) { return text("\u2264 ", number); }

inline constexpr std::string_view kDensityUnit = "q(z), share of the test images per unit of area";
inline constexpr std::string_view kDensityBrief = "q(z)";
inline std::string density_at_ring(std::string_view q) { return text("At the ring: ", q); }

inline constexpr std::string_view kHolesUnit = "log q/p: fewer ← than the prior expects → more";
inline constexpr std::string_view kHolesHatched = "fewer than a tenth of what the prior expects";
inline constexpr std::string_view kNextHole = "Next hole";
inline std::string holes_brief(std::string_view share) { return text(share, " in holes"); }
inline std::string holes_share(std::string_view share, std::size_t images) { return text(share, " of all samples from the prior fall into holes, where there are fewer than a tenth of the expected test images (N = ", images, "; with more images, less)."); }

inline constexpr std::string_view kOverlapUnit = "entropy of the class at z, nats: one class alone → all mixed";
inline constexpr std::string_view kOverlapBrief = "entropy, nats";
inline std::string best_accuracy(std::string_view new_images, std::string_view these, std::size_t images) { return text("From z alone, the best rule guesses the class of ", these, " of these ", images, " images right, but of about ", new_images, " of images it was not made from."); }
inline std::string most_alike(std::string_view a, std::string_view b, std::string_view overlap) { return text("Most alike: ", a, " and ", b, ", which overlap by ", overlap, "."); }

inline constexpr std::string_view kPosteriorUnit = "p(z|x), relative to its maximum";
inline constexpr std::string_view kPosteriorBrief = "p(z|x)";
inline constexpr std::string_view kRefined = "refined";
inline constexpr std::string_view kRefine = "Refine μ and σ";
inline constexpr std::string_view kZoomToPosterior = "Zoom to the peak";
inline constexpr std::string_view kAsDecoded = " as the decoder draws it";
inline std::string decoding_plane(std::string_view share) { return text("Decoding the plane: ", share); }
inline std::string log_evidence(std::string_view image, std::string_view nats) { return text("log p(x) = ", nats, " nats for ", image); }
inline std::string about(std::string_view number) { return text("about ", number); }
inline std::string gap(std::string_view nats) { return text("; gap to the encoder's ellipse: ", nats, " nats"); }
inline std::string gap_brief(std::string_view nats) { return text("gap ", nats, " nats"); }
inline std::string refined_by(int steps, std::string_view nats) { return text("Refined in ", steps, " steps: the loss is ", nats, " nats lower."); }

inline constexpr std::string_view kMagnificationUnit = "change of the image per area of the plane";
inline constexpr std::string_view kMagnificationBrief = "change per area";
inline constexpr std::string_view kNotMeasured = "not measured";
inline std::string measuring(std::string_view share) { return text("Measuring: ", share); }
inline std::string magnification_here(std::string_view here, std::string_view median, std::string_view ratio) { return text("At the ring: ", here, "; median: ", median, ". The image changes ", ratio, " times as fast in one direction as in the other."); }

inline constexpr std::string_view kRoundTripUnit = "length of an arrow, in units of z";
inline constexpr std::string_view kRoundTripBrief = "arrow length";
inline constexpr std::string_view kNextUnit = "Next unit", kForDecoded = ", for the image decoded at each point";
inline std::string unit_name(long long unit, long long layer, std::string_view kind, bool encoder) { return text("activation of unit ", unit, " in layer ", layer, " of the ", encoder ? "encoder" : "decoder", ", ", kind); }
inline std::string unit_brief(long long unit, long long layer) { return text("unit ", unit, ", layer ", layer); }
inline std::string unit_here(std::string_view here, std::string_view low, std::string_view high) { return text("At the ring: ", here, ". On the map: ", low, " to ", high, "."); }
inline std::string arrows_cut(std::size_t count) { return text(count == 1 ? "One arrow is" : text(count, " arrows are"), " drawn shorter, with a small ring at the start."); }
inline std::string arrow_lengths(std::string_view median, std::string_view longest) { return text("Half of the visible arrows are shorter than ", median, ". The longest is ", longest, " long."); }

inline std::string overlay_withdrawn(std::string_view epoch) { return text("Not shown: this is of the trained model; the marks are of ", epoch, '.'); }
inline std::string withdrawn_brief(std::string_view epoch) { return text("not shown for ", epoch); }
inline std::string from_marks(std::size_t marks, std::string_view epoch, std::string_view width) { return text("From the ", marks, " marks of ", epoch, ", each as wide as ", width, ", because the replay stores no σ."); }
inline std::string brief_of_epoch(std::string_view epoch, std::string_view brief) { return text(epoch, ": ", brief); }

// clang-format on

}  // namespace loom::texts
