#include "explorer/overlays/overlay.h"

namespace loom {
namespace {

std::string_view fits_all(const LoadedModel&) { return {}; }
std::string_view needs_codes(const LoadedModel& m) {
  return m.mu.empty() ? "This file has no encoded images." : std::string_view();
}
std::string_view needs_two_axes(const LoadedModel& m) {
  return m.latent_dim() != 2 ? "It needs a latent space of two dimensions." : std::string_view();
}
std::string_view needs_prior(const LoadedModel& m) {
  if (!m.variational()) return "A plain autoencoder has no prior, so nothing is missing anywhere.";
  return needs_codes(m);
}

constexpr std::array kOverlays{
    Overlay{.key = "",
            .name = "Nothing",
            .what = "Only the marks: each is a picture of the test set, where the encoder puts it.",
            .why = {},
            .source = {},
            .refusal = fits_all,
            .make = nullptr},
    Overlay{.key = "tiles",
            .name = "Decoded pictures",
            .what =
                "What the decoder draws, all over the plane. Zoom in: the tiles become finer, and you see where one "
                "garment turns into another.",
            .why = "Each tile is the decoder's mean picture E[x|z] at its middle. A class can take a large part of the "
                   "plane although few test pictures live there: the decoder answers everywhere.",
            .source = "Kingma & Welling 2014, figure 4",
            .refusal = fits_all,
            .make = make_manifold,
            .marks = 0},
    Overlay{.key = "density",
            .name = "Density",
            .what =
                "How crowded each place is: the darker, the more test pictures are encoded there. Compare it with the "
                "dashed circles of the prior.",
            .why = "q(z) = 1/N sum q(z|x), the aggregate posterior: the mean of the encoder's Gaussians N(\u03bc, "
                   "\u03c3\u00b2) "
                   "over the N test pictures. A model whose q(z) equals the prior p(z) can be sampled from the prior.",
            .source = "Makhzani et al. 2015; Hoffman & Johnson 2016",
            .refusal = needs_codes,
            .make = make_density,
            .marks = 0.25f},
    Overlay{
        .key = "holes",
        .name = "Holes",
        .what = "Orange: the prior expects more pictures than there are; blue: fewer. In the hatched holes not even a "
                "tenth of them are there. Fly to one and look at the garment.",
        .why = "log q(z)/p(z), cut at \u00b13. A hole is where q < 0.1 p inside the circle with 99 % of the prior. H = "
               "integral of p over all such places: the chance that a draw from the prior falls into one. Counted with "
               "the N pictures of the test set; with more pictures some holes shrink.",
        .source = "Rosca et al. 2018; Bauer & Mnih 2019",
        .refusal = needs_prior,
        .make = make_holes,
        .marks = 0.25f},
    Overlay{
        .key = "overlap",
        .name = "Overlap",
        .what = "The colour of the class that is most likely at each place; paler where the classes are mixed. Lines "
                "mark where a class has half of the pictures.",
        .why = "r_c(z) = q_c(z)/q(z), the share of class c. Paleness is the entropy of r: none where one class is "
               "alone, white where all are equal. The best accuracy from z alone is the integral of the largest q_c; "
               "the overlap of two classes is the Bhattacharyya coefficient of their densities.",
        .source = "Bhattacharyya 1943",
        .refusal = needs_codes,
        .make = make_overlap,
        .marks = 0.3f},
    Overlay{
        .key = "posterior",
        .name = "Exact posterior",
        .what =
            "All places that could have made this picture, as a heat map; the ellipse is the encoder's guess. Draw a "
            "picture, or drag the ring: a good guess covers the dark spot.",
        .why = "p(z|x) = p(x|z) p(z) / p(x), worked out on a grid, which two dimensions allow. The gap KL(q(z|x) || "
               "p(z|x)) "
               "is what the encoder's Gaussian costs, in nats. Refining moves \u03bc and \u03c3 downhill for this one "
               "picture.",
        .source = "Cremer et al. 2018; Kim et al. 2018",
        .refusal = needs_two_axes,
        .make = make_posterior,
        .marks = 0.15f,
        .subject = true},
    Overlay{.key = "metric",
            .name = "Magnification",
            .what = "How much the picture changes for a small step: the darker, the more. The ellipses are steps that "
                    "change it "
                    "equally; along their length little happens.",
            .why = "G = J'J, J the derivative of the decoder's mean picture. Darkness is the magnification factor, the "
                   "root of det "
                   "G. A decoder of means knows nothing of density: G may be flat in holes, too.",
            .source = "Bishop et al. 1997; Arvanitidis et al. 2018",
            .refusal = fits_all,
            .make = make_magnification,
            .marks = 0.2f},
    Overlay{
        .key = "trip",
        .name = "Round trip",
        .what = "An arrow goes from each place to where the encoder puts the garment decoded there. Long arrows mark "
                "places that the model itself does not believe in.",
        .why = "z \u2192 enc(dec(z)), the encoder's mean for the decoded picture. Most places come back within a few "
               "hundredths; where they do not, decoder and encoder disagree. It is a view of its own, not a hole "
               "detector: on digits it has nothing to do with log q/p.",
        .source = "rank correlation with log q/p: \u22120.60 on Fashion-MNIST, +0.08 on MNIST",
        .refusal = fits_all,
        .make = make_round_trip,
        .marks = 0.25f},
};

}  // namespace

std::span<const Overlay> overlays() { return kOverlays; }

std::size_t find_overlay(std::string_view key) {
  for (std::size_t i = 1; i < kOverlays.size(); ++i)
    if (kOverlays[i].key == key) return i;
  return 0;
}

}  // namespace loom
