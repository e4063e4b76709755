// What overlays, tools, the tour and the help explain, each in one place to be proof-read and translated. One sentence
// stands on one line, which the formatter leaves alone. The shorter texts are in texts.h.
#pragma once

#include <array>
#include <string_view>

namespace loom::texts {

// clang-format off

// ---- overlays: name, in a line, what one sees and what to try, the formula and what it means, source --------------------------

struct Explanation {
  std::string_view name;
  std::string_view brief;  // for lists: one line on a phone
  std::string_view what, why, source;
};

inline constexpr Explanation kNoOverlay{"Nothing", "only the marks",
  "Only the marks. "
  "Each mark is an image of the test set, at the point where the encoder puts it.",
  "", ""};
inline constexpr Explanation kTiles{"Decoded images", "what the decoder draws, all over the map",
  "What the decoder draws, all over the plane. "
  "Zoom in: the tiles get finer, and you see how one class turns into another.",
  "Each tile is the decoder's mean image E[x|z] for the z at the tile's centre. "
  "A class can cover a large part of the plane although few test images lie there: the decoder has an image for every z.",
  "Kingma & Welling 2014, figure 4"};
inline constexpr Explanation kDensity{"Density", "where the test images lie",
  "How many test images are encoded near each point: the stronger the colour, the more. "
  "Compare it with the dashed circles of the prior.",
  "q(z) = 1/N sum q(z|x), the aggregate posterior: the average of the encoder's Gaussians N(μ, σ²) over the N test images. "
  "If q(z) equals the prior p(z), a z drawn from the prior decodes as well as the code of a real image.",
  "Makhzani et al. 2015; Hoffman & Johnson 2016"};
inline constexpr Explanation kHoles{"Holes", "where the prior expects images and finds few",
  "Orange: fewer test images than the prior expects. Blue: more. "
  "Hatched: a hole, with fewer than a tenth. "
  "Move z into a hole and look at the image.",
  "log q(z)/p(z), clipped to ±3. "
  "A hole is where q(z) < 0.1 p(z), inside the circle that holds 99 % of the prior. "
  "The integral of p over all holes is the probability that a sample from the prior falls into one. "
  "q is computed from the N images of the test set; with more images some holes would shrink.",
  "Rosca et al. 2018; Bauer & Mnih 2019"};
inline constexpr Explanation kOverlap{"Overlap", "which class is likely where",
  "The colour of the most likely class at each point, paler where classes are mixed. "
  "On the lines the most likely class has a share of exactly one half.",
  "r_c(z) = q_c(z)/q(z) is the share of class c. "
  "The colour fades as the entropy of the shares grows: full colour for a single class, none where all classes are equally likely. "
  "The best accuracy of a classifier that sees only z is the integral over all z of the largest q_c(z). "
  "The overlap of two classes is the Bhattacharyya coefficient of their densities.",
  "Bhattacharyya 1943"};
inline constexpr Explanation kPosterior{"Exact posterior", "which z could have made this image",
  "Heat map: how likely each z is to have produced this image. Ellipse: the encoder's approximation. "
  "Draw an image or drag the ring: a good approximation covers the peak of the heat map.",
  "p(z|x) = p(x|z) p(z) / p(x), computed on a grid, which is feasible in two dimensions. "
  "The gap KL(q(z|x) || p(z|x)), in nats, is how far the encoder's Gaussian q(z|x) is from p(z|x). "
  "Refining improves μ and σ for this one image, by gradient descent.",
  "Cremer et al. 2018; Kim et al. 2018"};
inline constexpr Explanation kMagnification{"Magnification", "where the image changes fast",
  "How much the image changes for a small step of z: the stronger the colour, the more. "
  "Each ellipse shows the steps that change the image equally; along its long axis the image changes least.",
  "G = J'J, where J is the Jacobian of the decoder's mean image. "
  "The colour is the magnification factor, the square root of det G. "
  "It says nothing about density: in a hole the image can change slowly or quickly.",
  "Bishop et al. 1997; Arvanitidis et al. 2018"};
inline constexpr Explanation kRoundTrip{"Round trip", "where the encoder puts decoded images",
  "An arrow goes from each point to where the encoder puts the image decoded there. "
  "Where the arrow is long, encoder and decoder disagree.",
  "z → enc(dec(z)), the encoder's mean for the decoded image. "
  "Most arrows are only a few hundredths long. "
  "A long arrow is no sign of a hole: on MNIST its length is unrelated to log q/p.",
  "own measurement: rank correlation of the length with log q/p is −0.60 on Fashion-MNIST, +0.08 on MNIST"};

inline constexpr Explanation kUnit{"A unit of the network", "where one unit of the network is active",
  "Where one unit of the decoder or encoder is active. Blue: above 0, orange: below. "
  "Choose the unit in the tool Look inside.",
  "The colour is what the unit outputs for the code z at each point: its number or, for a convolution, the mean of its map. "
  "A unit of the encoder is asked about the image that is decoded there.",
  ""};

// ---- tools: name, in a line, what it does and what to try, the formula and what it means, source ------------------------------

inline constexpr Explanation kNoTool{"No tool", "only the map and the image",
  "Only the plane and the image.",
  "", ""};
inline constexpr Explanation kInterpolate{"Interpolate", "the images between two points",
  "Drag the pins A and B. "
  "The strip shows the images along the path between them. The columns show how much the image changes at each step.",
  "Straight: equal steps along the line. "
  "Spherical: along a great circle. This is meant for latent spaces of many dimensions; in two it has no advantage. "
  "Geodesic: the path along which the image changes least in total, the shortest path under the decoder's metric G = J'J.",
  "White 2016; Shao et al. 2018; Chen et al. 2019"};
inline constexpr Explanation kMerge{"Merge two images", "the middle of two images, in three ways",
  "Put pin A on one image and pin B on another. "
  "The middle of their codes decodes to one new image; the middle of their pixels shows both at once, as in a double exposure.",
  "Middle of the codes: (zA + zB)/2, decoded. "
  "Class step: zA + mB − mA, with the mean codes mA and mB of the two classes; in two dimensions this can land in a third class. "
  "Middle of the pixels: the mean of both images.",
  "Larsen et al. 2016; White 2016"};
inline constexpr Explanation kTryImage{"Try an image", "draw one, drop one, or take a test image",
  "Draw an image, drop or paste one, or take a test image. "
  "Where does the encoder put it, and what does the decoder make of it?",
  "The encoder answers with a Gaussian: means μ1, μ2 and standard deviations σ1, σ2, drawn as an ellipse. "
  "The ring, z, is a single point. "
  "Loss = reconstruction + KL, in nats: what it costs to describe the image with this model. "
  "The floor is the entropy of the image's grey values; no model can go below it.",
  "Kingma & Welling 2014, equation 3"};
inline constexpr Explanation kNoise{"Noise and denoising", "what the model makes of a noisy image",
  "Add noise and see what the model makes of it. "
  "The decoder draws only clean images, but an encoder that never saw noise may put the noisy image in the wrong place. "
  "Compare it with the denoising autoencoder.",
  "The noisy image is encoded, and the mean is decoded. "
  "A denoising autoencoder is trained on noisy images, with the clean image as the target. "
  "The error is the mean squared difference from the clean image.",
  "Vincent et al. 2010"};
inline constexpr Explanation kStrange{"How strange is it?", "is this image unlike the test images?",
  "How the score of this image compares with those of all test images. "
  "A high score means that the image is unlike those the model was trained on.",
  "Score = reconstruction + KL − entropy of the grey values, in nats: how far the loss is above the least possible for these grey values. "
  "Without the last term, dark images get a low score whatever they show. "
  "An image is misplaced if another z would decode to it better than the mean that the encoder gives: each image is compared with the decoder's output at 1,024 points of the plane. "
  "The difference in nats is the encoder's part of the amortisation gap.",
  "Nalisnick et al. 2019; Serrà et al. 2020; Cremer et al. 2018"};
inline constexpr Explanation kNeighbours{"Nearest test images", "the test images encoded nearest to the ring",
  "The test images whose codes lie nearest to the ring. "
  "Compare them with the image at the ring: is it new, or nearly a copy of one of them?",
  "Euclidean distance between z and the encoder's means μ, in all dimensions of the latent space.",
  ""};
inline constexpr Explanation kMyPlaces{"My places", "points that you keep, side by side",
  "Keep up to nine points of the map, each with a numbered flag, and compare their images. "
  "Press an image to go there. "
  "The places are in the link, so that you can share them.",
  "Each image is decoded at the coordinates of its flag. "
  "The name below it is the class with the largest share in the density there.",
  ""};
inline constexpr Explanation kSelect{"Select an area", "the images in a box or a shape, as a table",
  "Drag the pins A and B: they are the corners of a box. Or press “Draw a shape” and draw around the marks that you want. "
  "The panel shows the test images whose codes lie inside, their mean image and their classes. "
  "Save the list as a table, or this page of images as a PNG image.",
  "An image belongs to the box or shape if its mean mu does; only the classes that are shown count. "
  "The table has a line per image: its number in the test set, label, class, mu and logvar. "
  "The mean image averages the originals, so it shows what the images of an area share.",
  ""};
inline constexpr Explanation kSample{"Sample", "random codes, decoded",
  "Draw codes at random and decode them: from the prior, from where the test images lie, or from one class. "
  "Samples from where the test images lie usually look better, although the decoder is the same.",
  "Prior: z from N(0, 1), as the model assumes; some samples fall into holes. "
  "Test images: z from the Gaussian of a test image chosen at random, that is, from the aggregate posterior. "
  "Mean: each pixel has its expected value. "
  "Bernoulli: each pixel is drawn at random, black or white.",
  "Kingma & Welling 2014; Ghosh et al. 2020"};
inline constexpr Explanation kBorder{"Walk along a border", "where two classes are equally likely",
  "Choose two classes in the matrix and walk along the line where both are equally likely.",
  "On the border q_a(z) = q_b(z). "
  "Each number in the matrix is the Bhattacharyya coefficient of two class densities in percent, the integral of their geometric mean: 100 if they are equal, 0 if they do not overlap.",
  "Bhattacharyya 1943"};
inline constexpr Explanation kLookInside{"Look inside", "what every unit computes, live",
  "What every unit of the network outputs, live. Blue: above 0, orange: below. "
  "Press a unit to see where on the map it is active.",
  "Each strip is a layer. A square is a number, a small picture the map of a convolution. "
  "Where a unit is connected to the pixels directly, its picture is its number times its weights: what it adds to the image. "
  "Full colour is twice the root mean square of a layer's numbers for 64 test images. "
  "Units that change most from image to image come first. "
  "The encoder of a variational autoencoder answers with μ and log σ²; z is drawn as μ + σ ε, which lets gradients pass to μ and σ.",
  "Kingma & Welling 2014, section 2.4"};
inline constexpr Explanation kCompare{"Compare two models", "the same image or z in a second model",
  "A second model beside this one, each with its ring: at the same test image, or at the same z.",
  "The axes of two models mean different things, even after the same training with another seed. "
  "So compare the models at the same test image. "
  "The same z makes sense only for one model at different times of its training.",
  ""};
inline constexpr Explanation kWalkClasses{"Walk through the classes", "from each class to the next, and round",
  "The ring goes round, from the centre of each class to that of the next. Press Play and watch the image change.",
  "The centre of a class is the median of its marks along each axis. The round is short: the nearest class comes next, "
  "and parts of the round are reversed as long as that makes it shorter (2-opt). "
  "Between two classes the ring goes straight, slowly at both ends.",
  "G. A. Croes, A method for solving traveling-salesman problems. Operations Research 6, 1958."};
inline constexpr Explanation kReplay{"Training replay", "watch the marks find their places",
  "Where the encoder put 2,000 test images after each epoch. "
  "Drag the slider through the training and watch the classes separate.",
  "Each position of the slider shows the encoder as it was at that time. "
  "The thick curve is the training loss per image: reconstruction + KL. "
  "If there was a validation set, the thin curve is its loss.",
  ""};
inline constexpr Explanation kTrain{"Train a model", "a new model, here in the page",
  "Train a model here in the page, on 10,000 images or on your own, and watch the map come into being. "
  "Nothing leaves this machine.",
  "Each step takes a few images, as a rule 64, and lowers reconstruction + beta × KL a little. An epoch is one pass over all images. "
  "The thick curve is the loss per training image after each epoch, the thin one that of images held out. "
  "No loss can fall below the entropy of the grey values, the lower dashed line. The other one is the loss of a model that ships, over 10,000 test images. "
  "Under “Classes”: the share of the marks whose class is that of most of their 15 nearest neighbours, and the share of the prior in holes. "
  "A latent dimension is active if its mean varies by more than 0.01 from image to image; with a large beta none may be left.",
  "Kingma & Welling 2014; Burda et al. 2016; Higgins et al. 2017"};
inline constexpr Explanation kChoosePlane{"Choose the plane", "which two of many dimensions you see",
  "This latent space has more than two dimensions. "
  "Choose the two that you see; the sliders set the others.",
  "z = centre + sum w b, where the numbers w are what the axes and sliders show. "
  "The directions b are the latent axes, or the principal directions of the encoded means, along which these vary most. "
  "Densities on the plane are marginal: the other dimensions are integrated out.",
  "Pearson 1901"};
inline constexpr Explanation kAboutModel{"About this model", "layers, training and results, from the file",
  "What is in the weight file: layers, training, results.",
  "Everything here is read from the file itself, so it works for your own files, too.",
  ""};

// ---- tour: title, what one sees and what to try --------------------------------------------------------------------

struct Paragraph {
  std::string_view title, words;
};

inline constexpr std::array<Paragraph, 10> kTour{{
  {"A map of images",
    "Every mark is a test image, which the encoder reduced to two numbers. "
    "Drag the ring: the decoder draws the image for that point."},
  {"Everything at once",
    "The decoder has an image for every point, not only for the marks. "
    "Zoom in where one class turns into another."},
  {"Dense and empty",
    "Where the colour is strong, there are many test images. "
    "A variational autoencoder is trained to fill the dashed circles."},
  {"Holes",
    "The hatched areas hold fewer than a tenth of the test images that the prior expects. "
    "Press “Next hole” and look at the image: nothing in the training told the decoder what to draw there."},
  {"Which classes overlap",
    "Pale areas belong to several classes at once. "
    "The matrix shows how much each pair of classes overlaps: choose a pair and walk along its border."},
  {"From one image to another",
    "Drag the pins A and B. "
    "The strip shows the images along the path. The columns show how much the image changes at each step."},
  {"An image of your own",
    "Draw an image, or drop one. "
    "The ellipse is the encoder's answer: a mean and a standard deviation for each axis. "
    "The ring is still a single point, z."},
  {"Inside the network",
    "Each strip is a layer of the decoder. Drag the ring and watch what its units make of z. "
    "Press a unit: the map shows where it is active."},
  {"Two models",
    "The same test image in two models: each ring is at its code. "
    "Choose a plain autoencoder, or another variational one."},
  {"Train one yourself",
    "Press “Start” to train a small model on 10,000 images, here on your machine. "
    "It takes some seconds. Watch the marks find their places, and the loss fall."},
}};

// ---- help ----------------------------------------------------------------------------------------------------------

inline constexpr std::array<Paragraph, 6> kHelp{{
  {"The plane",
    "An autoencoder reduces every image to two numbers, z1 and z2, and learns to draw the image again from them. "
    "This plane shows all pairs of numbers. "
    "Each mark is an image of the test set, at the point where the encoder puts it. "
    "Its colour and shape show its class."},
  {"The image",
    "The decoder draws the image for the point under the ring, even where there is no test image. "
    "It draws an average of what it expects there, so a blurred image means that many images are possible there."},
  {"Looks like",
    "The share of each class in the density at z. "
    "Each test image counts as a small Gaussian cloud around its mark, with mean μ and standard deviation σ. "
    "The last line compares the density of all these clouds with the prior. "
    "In a hole it is less than a tenth of the prior."},
  {"Dashed circles",
    "The prior: the normal distribution that a variational autoencoder is trained towards. "
    "The circles hold 50, 90 and 99 % of it."},
  {"Overlays and tools",
    "The two buttons on the plane. "
    "An overlay colours the plane by a measure, such as density, holes or overlap. "
    "A tool opens a panel beside the plane, for example to merge two images or compare two models. "
    "The button “i” explains each of them, with its formula."},
  {"Mouse and touch",
    "Click or drag: move z. "
    "Wheel or two fingers: zoom. "
    "Right button, Shift or Space and drag, or two fingers: pan. "
    "Point at a mark: see its reconstruction. "
    "Click a class: show only this class; with Shift, add or remove it. "
    "Drop a .safetensors file: explore your own model; it stays on this machine."},
}};

struct KeyRow {
  std::string_view keys, what;
};

inline constexpr std::array kKeyRows{
  KeyRow{"Arrows", "move z; with Shift far, with Alt finely"},
  KeyRow{"+ −", "zoom"},
  KeyRow{"I J K L", "pan"},
  KeyRow{"C", "centre the map on z"},
  KeyRow{"H", "show the whole map"},
  KeyRow{"O", "z = 0"},
  KeyRow{"P, Shift P", "put pin A or B at z"},
  KeyRow{"B", "keep this point in “My places”"},
  KeyRow{"Space", "play or pause what the tool plays"},
  KeyRow{"1 … 9, 0", "show one class only"},
  KeyRow{", .", "the previous class, the next one"},
  KeyRow{"A", "show all classes"},
  KeyRow{"N", "names of the classes"},
  KeyRow{"M", "the next overlay"},
  KeyRow{"T", "light or dark"},
  KeyRow{"Ctrl Z", "undo; with Shift, redo"},
  KeyRow{"/", "find a class, an image or a point (in the browser)"},
  KeyRow{"Z", "type the coordinates of z (in the browser)"},
  KeyRow{"S", "share (in the browser)"},
  KeyRow{"?", "this text"},
  KeyRow{"Esc", "close what is open"},
  KeyRow{"Tab", "all of this as ordinary buttons and fields"},
};

// clang-format on

}  // namespace loom::texts
