#include <array>

#include "explorer/session/session.h"
#include "explorer/tools/tool.h"

namespace loom {
namespace {

std::string_view always(const Session&) { return {}; }
std::string_view needs_codes(const Session& e) {
  return e.model && e.model->mu.empty() ? "This file has no encoded images." : std::string_view();
}
std::string_view needs_classes(const Session& e) {
  return e.model && (e.model->mu.empty() || e.model->class_names.size() < 2)
             ? "This file has no encoded images of two classes."
             : std::string_view();
}
std::string_view needs_another(const Session& e) {
  return e.catalogue.size() < 2 ? "There is only one model here. Open another weight file." : std::string_view();
}
std::string_view needs_more_axes(const Session& e) {
  return e.model && e.model->latent_dim() < 3 ? "This latent space is a plane already." : std::string_view();
}
std::string_view needs_replay(const Session& e) {
  if (!e.model) return {};
  const std::optional<std::size_t> index = find_entry(e, e.model->id);
  return !index || e.catalogue[*index].replay.empty() ? "Nobody recorded the training of this model."
                                                      : std::string_view();
}

constexpr std::array kTools{
    Tool{.key = "",
         .name = "No tool",
         .what = "Only the plane and the garment.",
         .why = {},
         .source = {},
         .refusal = always,
         .make = nullptr},
    Tool{.key = "path",
         .name = "Interpolate",
         .what = "Drag the pins A and B. The strip shows the way between them, the columns how much the picture "
                 "changes at each step.",
         .why = "Straight: equal steps along the line. Spherical: along the great circle, an idea for spaces of many "
                "dimensions, "
                "without an advantage on a plane. Geodesic: the way along which the picture changes least, the "
                "shortest path under "
                "the metric G = J'J of the decoder.",
         .source = "White 2016; Shao et al. 2018; Chen et al. 2019",
         .refusal = always,
         .make = make_path_tool,
         .pins = true},
    Tool{.key = "merge",
         .name = "Merge two garments",
         .what = "Put A on one garment and B on another. Between the codes lies a garment; between the pixels, a ghost "
                 "of both.",
         .why = "Middle of the codes: (zA + zB)/2, decoded. Class arithmetic: zA + mB \u2212 mA with the mean codes m "
                "of the two "
                "classes; in two dimensions one step leads through other classes. Middle of the pixels: the mean of "
                "both pictures.",
         .source = "Larsen et al. 2016; White 2016",
         .refusal = always,
         .make = make_merge_tool,
         .pins = true},
    Tool{
        .key = "image",
        .name = "Try a picture",
        .what =
            "Draw a garment, drop or paste a picture, or take a test picture: where does it land, and what comes back?",
        .why = "The encoder answers with four numbers: means \u03bc1, \u03bc2 and deviations \u03c31, \u03c32 of a "
               "Gaussian, the ellipse. "
               "z, the ring, is one point. Loss = reconstruction + KL, in nats: what it costs to describe the picture "
               "by this model. "
               "The floor is the entropy of its grey values; no model can go below.",
        .source = "Kingma & Welling 2014, equation 3",
        .refusal = always,
        .make = make_image_tool,
        .subject = true},
    Tool{.key = "noise",
         .name = "Noise and denoising",
         .what =
             "Add noise and see what the model makes of it. It can only draw clean pictures, but an encoder that never "
             "saw noise is led astray: compare the denoising autoencoder.",
         .why = "The noisy picture is encoded, and the decoder draws from the mean. A denoising autoencoder is trained "
                "to do just "
                "this, with clean pictures as the goal. Error: mean squared difference from the clean picture.",
         .source = "Vincent et al. 2010",
         .refusal = always,
         .make = make_noise_tool,
         .subject = true},
    Tool{.key = "strange",
         .name = "How strange is it?",
         .what =
             "Where the picture stands among all test pictures. A high score says: this model has not seen the like.",
         .why = "Score = reconstruction + KL \u2212 entropy of the grey values, in nats: what the picture costs above "
                "the least that any "
                "picture with these greys would. Without the last term dark pictures look usual whatever they show.",
         .source = "Nalisnick et al. 2019; Serr\u00e0 et al. 2020",
         .refusal = always,
         .make = make_anomaly_tool,
         .subject = true},
    Tool{.key = "near",
         .name = "Nearest test pictures",
         .what = "The test pictures whose codes lie nearest to the ring, as the decoder draws them. Compare: is it "
                 "memory or generation?",
         .why = "Euclidean distance between z and the encoder's means \u03bc, in all dimensions of the latent space.",
         .source = {},
         .refusal = needs_codes,
         .make = make_neighbours_tool},
    Tool{.key = "sample",
         .name = "Sample",
         .what = "Draw places at random and decode them: from the prior, from where test pictures live, or from one "
                 "class. The same "
                 "decoder looks better in the second case.",
         .why = "Prior: z from N(0, 1), as theory has it; some draws fall into holes. Aggregate posterior: z from the "
                "Gaussian of a test "
                "picture chosen at random. A picture is a mean of pixels; as dots each pixel is drawn, black or white.",
         .source = "Kingma & Welling 2014; Ghosh et al. 2020",
         .refusal = always,
         .make = make_sample_tool},
    Tool{.key = "border",
         .name = "Walk a border",
         .what = "Choose two classes in the matrix and walk along the line where both are equally likely.",
         .why = "On the border q_a(z) = q_b(z). A number of the matrix is the Bhattacharyya coefficient of two class "
                "densities, the "
                "integral of their geometric mean: 1 if they are the same, 0 if they do not meet.",
         .source = "Bhattacharyya 1943",
         .refusal = needs_classes,
         .make = make_border_tool},
    Tool{.key = "compare",
         .name = "Compare two models",
         .what = "A second model beside this one, with one cursor: the same test picture in both, or the same z.",
         .why = "Axes of two models mean different things, also after the same training with another seed. The same "
                "picture is the fair "
                "cursor; the same z only makes sense for one model at different times.",
         .source = {},
         .refusal = needs_another,
         .make = make_compare_tool,
         .splits = true},
    Tool{.key = "replay",
         .name = "Training replay",
         .what = "Where the encoder put 2,000 test pictures after each epoch. Drag through the training and watch the "
                 "classes part.",
         .why = "Each frame is the encoder as it was. The curve is the loss per picture in nats, reconstruction and "
                "KL; with a validation "
                "set the dashed line.",
         .source = {},
         .refusal = needs_replay,
         .make = make_replay_tool,
         .hides_marks = true},
    Tool{.key = "plane",
         .name = "Choose the plane",
         .what =
             "This latent space has more than two dimensions. Choose which two you see; the sliders move the others.",
         .why = "z = center + sum w b. The b are the latent axes, or the principal directions of the encoded means, "
                "along which they "
                "spread most. Densities on the plane are marginal: the other dimensions are summed over.",
         .source = "Pearson 1901",
         .refusal = needs_more_axes,
         .make = make_plane_tool},
    Tool{.key = "model",
         .name = "About this model",
         .what = "What is in the weight file: layers, training, figures.",
         .why = "Everything here is read from the file itself, so it is true of your own files, too.",
         .source = {},
         .refusal = always,
         .make = make_model_tool},
};

}  // namespace

std::span<const Tool> tools() { return kTools; }

std::size_t find_tool(std::string_view key) {
  for (std::size_t i = 1; i < kTools.size(); ++i)
    if (kTools[i].key == key) return i;
  return 0;
}

}  // namespace loom
