// The labels and sentences of the explorer, by panel, in one place to be proof-read and translated. Each stands on one
// line, which the formatter leaves alone; numbers come formatted. The explanations are in explanations.h, the
// legends of the overlays in legends.h; what the page's own JavaScript says is in web/texts.js, and errors about a file
// are where they are found.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/text.h"

namespace loom::texts {

// clang-format off

// ---- overlays: why a model cannot have one -------------------------------------------------------------------------

inline constexpr std::string_view kNoEncodedImages = "This file has no encoded images.";
inline constexpr std::string_view kNeedsTwoDimensions = "This needs a two-dimensional latent space.";
inline std::string overlay_refused(std::string_view overlay, std::string_view why) { return text("“", overlay, "” is not shown. ", why); }
inline constexpr std::string_view kNeedsPrior = "A plain autoencoder has no prior, so it has no holes.";

// ---- tools: why one cannot be used now -----------------------------------------------------------------------------

inline constexpr std::string_view kNeedsTwoClasses = "This file has no encoded images of two classes.";
inline constexpr std::string_view kNeedsAnotherModel = "There is only one model here. Open another weight file.";
inline constexpr std::string_view kIsAPlane = "This latent space is already a plane.";
inline constexpr std::string_view kNoReplay = "There is no training replay for this model.";

inline constexpr std::string_view kTrainsInPages = "This trains in the web page only. Here, the command loom train does the same.";
inline constexpr std::string_view kNoTrainingImages = "This copy of the page has no training images.";
inline constexpr std::string_view kModelIsFixed = "This page shows only the model that its author chose.";

// ---- the input image, in several tools -----------------------------------------------------------------------------

inline constexpr std::string_view kNextTestImage = "Test image";
inline constexpr std::string_view kImageAtRing = "The image at the ring";
inline constexpr std::string_view kOpenFile = "Open…";
inline constexpr std::string_view kAtRingName = "the image at the ring";
inline constexpr std::string_view kDrawingName = "your drawing";
inline std::string test_image_name(long long n) { return text("test image ", n); }

// ---- panels of the tools -------------------------------------------------------------------------------------------

inline constexpr std::array<std::string_view, 3> kPaths{"Straight", "Spherical", "Geodesic"};
inline constexpr std::array<std::string_view, 2> kStartPins{"Put the pins on two classes", "Put A at the ring"};
inline constexpr std::array<std::string_view, 2> kMovePins{"A to the ring", "B to the ring"};
inline std::string measuring_plane(std::string_view share) { return text("Measuring how the image changes over the plane: ", share); }
inline std::string largest_step(std::string_view percent) { return text("Largest change: ", percent, " % (black to white: 100 %)"); }
inline std::string whole_path(std::string_view percent) { return text("Change along the whole path: ", percent, " %"); }
inline std::string geodesic_shorter(std::string_view share) { return text("; ", share, " less than on the straight line"); }
inline constexpr std::string_view kNoShorterPath = "; no path with less change was found, so this is the straight line";
inline std::string go_to_image(long long n, long long count) { return text("Go to image ", n, " of ", count); }

inline constexpr std::array<std::string_view, 2> kPutPin{"Put A at the ring", "Put B at the ring"}, kMovePin{"Move A to the ring", "Move B to the ring"};
inline constexpr std::array<std::string_view, 5> kMergedBrief{"A", "B", "codes", "classes", "pixels"};
inline constexpr std::string_view kMergedHeading = "Merged in three ways";
inline constexpr std::string_view kMiddleOfCodes = "middle of codes", kMiddleOfCodesBrief = "of codes";
inline constexpr std::string_view kMiddleOfPixels = "middle of pixels", kMiddleOfPixelsBrief = "of pixels";
inline constexpr std::string_view kMiddle = "middle", kClassStep = "class step";
inline constexpr std::string_view kNoClassNearby = "no class nearby";
inline constexpr std::string_view kNoClassStep = "The class step needs test images near both pins.";
inline std::string class_step(std::string_view a, std::string_view b) { return text("Class step: A + mean of ", b, " − mean of ", a, "."); }

inline constexpr std::string_view kDecoded = "decoded", kDifference = "difference", kYourImage = "your image", kDrawHere = "draw here";
inline constexpr std::string_view kOriginalMissing = "The original image is not in this file. To see it, drop the data set's IDX file of test images, or its data pack.";
inline constexpr std::string_view kOriginal = "original", kReconstructed = "reconstruction";
inline constexpr std::string_view kOriginalComing = "The original image is being loaded.";
inline std::string lands_among(std::string_view classes) { return text("Lands among ", classes, "."); }
inline constexpr std::string_view kLandsNowhere = "Lands where no test images are.";
inline std::string stranger_than(std::string_view percent) { return text(" Stranger than ", percent, " of the test images."); }
inline constexpr std::string_view kClearDrawing = "Clear";
inline constexpr std::string_view kMoveToMean = "Move the ring to μ";
inline std::string answer_to(std::string_view image) { return text("What the encoder says about ", image); }
inline std::string means_along(std::string_view x, std::string_view y) { return text("means along ", x, ", ", y); }
inline constexpr std::string_view kDeviations = "standard deviations, the ellipse", kCurrentZ = "the ring", kLoss = "loss", kReconstruction = "reconstruction";
inline constexpr std::string_view kAboveFloor = "above the floor", kAboveFloorOfFile = "above the floor (from the file)", kFloor = "floor: the least possible";
inline std::string cost_in(std::string_view unit) { return text("Loss, in ", unit); }
inline std::string kl_in_bits(std::string_view bits) { return text("KL, or ", bits, " bits"); }

inline constexpr std::array<std::string_view, 4> kNoiseImages{"clean", "noisy", "this model", "denoiser"};
inline constexpr std::string_view kNoiseNumbers = "The numbers are mean squared differences from the clean image.";
inline constexpr std::string_view kNoiseNumbersNoDenoiser = "The numbers are mean squared differences from the clean image. The list of models has no denoising autoencoder.";

inline std::string score(std::string_view score, std::string_view unit) { return text("Score ", score, ' ', unit, " above the floor."); }
inline std::string scores_higher(std::string_view than) { return text("It scores higher than ", than, " test images."); }
inline std::string share_of_all(std::string_view share, std::size_t all) { return text(share, " of the ", all); }
inline std::string all_but(long long above, std::size_t all) { return text("all but ", above, " of the ", all); }
inline std::string all_of(std::size_t all) { return text("all ", all); }
inline std::string score_axis(std::string_view unit) { return text(unit, " above the floor"); }
inline constexpr std::string_view kAndMore = " and more";
inline constexpr std::string_view kNoScores = "This file does not hold the scores of its test set, so there is nothing to compare with.";

inline std::string go_to(std::string image, std::string_view mean) { return image[0] = 't', text("Go to ", image, ", ", mean); }  // "Test image 12, Bag"
inline constexpr std::string_view kTheirOriginals = "The original images", kTheirReconstructions = "Decoded from their codes";
inline constexpr std::string_view kStrangest = "The strangest test images", kMostTypical = "The most typical ones";
inline constexpr std::string_view kMostMisplaced = "The most misplaced ones", kFindMisplaced = "Find them among all test images";
inline constexpr std::string_view kAllOriginalsComing = "All original images are being loaded.";
inline std::string comparing(std::string_view share) { return text("Comparing each image with the whole plane: ", share); }
inline std::string misplaced_by(std::string_view nats, std::string_view best) { return text("The arrows lead from their marks to where the decoder draws them best: the first, at ", best, ", ", nats, " nats better."); }
inline constexpr std::string_view kKeepPlace = "Keep this place", kNoPlaces = "No place is kept yet. Move the ring, then press the button or the key B.";
inline std::string most_places(std::size_t most) { return text("At most ", most, " places are kept."); }
inline std::string go_to_place(std::size_t n, std::string_view name, std::string_view at) { return text("Go to place ", n, ", ", name, name.empty() ? "" : ", ", at); }
inline std::string drop_place(std::size_t n) { return text("Remove place ", n); }
inline constexpr std::string_view kNearestToPins = "The test images nearest to A and B";
inline constexpr std::string_view kDrawShape = "Draw a shape", kDrawNow = "Now draw on the map", kDrawAnother = "Draw another shape", kBackToBox = "Back to the box A, B";
inline std::string selected(std::size_t count, std::size_t all) { return text(count, " of ", all, " test images"); }
inline constexpr std::string_view kSaveCsv = "Save the table (CSV)", kSaveSheet = "Save these images (PNG)";
inline constexpr std::string_view kMeanOfAll = "Mean of all of them";
inline constexpr std::string_view kMeanImage = "mean image";
inline std::string mean_of(std::size_t count) { return text("mean of ", count); }
inline constexpr std::string_view kPageBack = "Previous page", kPageOn = "Next page";
inline std::string page_of(std::size_t page, std::size_t pages) { return text("Page ", page, " of ", pages); }
inline std::string saved_as(std::string_view file) { return text("Saved as ", file, " in the current folder."); }
inline std::string distances(std::string_view nearest, std::string_view farthest) { return text("Distances from the ring: ", nearest, " to ", farthest, ". Press an image to go there."); }

inline constexpr std::array<std::string_view, 3> kSampleSources{"Prior", "Test images", "One class"};
inline constexpr std::array<std::string_view, 2> kSampleKinds{"Mean", "Bernoulli"};
inline constexpr std::string_view kDrawAgain = "Draw again";
inline constexpr std::string_view kNoneOfClass = "This file has no encoded image of this class to sample from.";
inline constexpr std::string_view kSamplesWithoutPrior = "This model has no prior. These samples are drawn from N(0, 1) all the same; most of them are no meaningful images.";
inline std::string go_to_sample(std::size_t n) { return text("Go to sample ", n); }

inline std::string pair_name(std::string_view a, std::string_view b) { return text(a, " and ", b); }
inline std::string overlap_by(std::string_view a, std::string_view b, std::string_view overlap) { return text(a, " and ", b, " overlap by ", overlap); }
inline constexpr std::string_view kNoBorder = ". They have no border on this plane.";
inline constexpr std::string_view kWalkBorder = ". Walk along the line where both are equally likely:";
inline constexpr std::string_view kAlongBorder = "along the border";

inline constexpr std::array<std::string_view, 2> kCursors{"Same image", "Same z"};
inline constexpr std::string_view kNoModel = "none";
inline std::string second_model(std::string_view title) { return text("With: ", title); }
inline constexpr std::string_view kFirst = "First", kSecond = "Second";
inline constexpr std::string_view kOtherTestSet = "These two files hold different test sets, so both rings are at the same z.";
inline std::string chosen_image(std::string_view image) { return text(image, ", which you chose. It stays chosen until you move the ring."); }
inline std::string nearest_image(std::string_view image) { return text(image, ": the nearest one to the ring."); }

inline constexpr std::string_view kLoadingReplay = "Loading the training replay…";
inline constexpr std::string_view kFrameSlider = "moment of the training";
inline constexpr std::string_view kPlay = "Play", kLoop = "Loop", kLoopSpoken = "Play in a loop", kFilm = "GIF", kFilmSpoken = "Save as an animated GIF";
inline constexpr std::array<std::string_view, 4> kSpeeds{"0.5×", "1×", "2×", "4×"};
inline constexpr std::string_view kClassCenters = "The images at the centres of the classes, in the order of the walk. Press one to go there.";
inline constexpr std::string_view kBefore = "Before", kAfter = "After";
inline constexpr std::string_view kBeforeSpoken = "Before training", kAfterSpoken = "After training", kFrameBack = "One step back in the training", kFrameOn = "One step on in the training";
inline constexpr std::string_view kUntrained = "Before training: the encoder's weights are still random.";
inline std::string after_epoch(std::string_view epoch) { return text("After epoch ", epoch, '.'); }
inline std::string epoch_number(std::string_view epoch) { return text("epoch ", epoch); }
inline std::string picture_withdrawn(std::string_view epoch) { return text("The trained model decodes this, not that of ", epoch, '.'); }
inline std::string marks_nearby(std::string_view epoch, bool any) { return text(any ? "Marks nearby, " : "No marks nearby, ", epoch); }
inline std::string marks_spoken(std::string_view epoch) { return text("marks nearby, ", epoch, ": "); }
inline std::string loss_heading(std::string_view unit, bool variational) { return text("Loss per image, ", unit, variational ? ": reconstruction + KL" : ": reconstruction"); }
inline constexpr std::string_view kTrainingReconstruction = "reconstruction, training", kTrainingKl = "KL, training", kValidationLoss = "loss, validation (thin curve)";

inline constexpr std::array<std::string_view, 2> kNetworks{"Decoder", "Encoder"};
inline constexpr std::string_view kCodeAtRing = "z at the ring", kUnitSlider = "unit", kImageOut = "the image that these numbers stand for";
inline std::string layer_place(long long layer, long long layers, std::string_view name) { return text("Layer ", layer, " of ", layers, ": ", name); }
inline std::string unit_place(long long unit, long long units) { return text("Unit ", unit, " of ", units); }
inline std::string usual_range(std::string_view low, std::string_view high) { return text("For test images: ", low, " to ", high); }
inline std::string layer_weights(std::string_view count) { return count == "0" ? "no weights" : text(count, " weights"); }
inline std::string units_shown(long long shown, long long all) { return shown == all ? text(all, all == 1 ? " unit" : " units") : text(shown, " of ", all, " units"); }
inline std::string layer_spoken(long long layer, std::string_view name, std::string_view units, long long shown, long long all) { return text(layer, ' ', name, ": ", units, shown == all ? std::string() : text("; ", shown, " of ", all, " shown, the most active first")); }
inline constexpr std::string_view kTimesWeights = "Each picture is a unit's number times its weights to the pixels.", kTimesWeightsFrom = "Each picture is a unit's number times its weights from the pixels.";
inline constexpr std::string_view kReconstructionInside = "The original is not here. This is what happens to its reconstruction.";
inline constexpr std::string_view kReparameterised = "How z is drawn";
inline constexpr std::string_view kMuSpoken = "mean μ", kLogvarSpoken = "log-variance", kSigmaSpoken = "standard deviation σ", kEpsilonSpoken = "ε, drawn from N(0, 1)", kDrawnSpoken = "z = μ + σ ε";
inline constexpr std::string_view kDrawnFormula = "z = μ + σ ε,  ε from N(0, 1)", kMoveToDrawn = "Move the ring to z", kDrawnPoint = "z";
inline constexpr std::string_view kPlainCode = "A plain autoencoder: its encoder gives the code z itself, without a log-variance, so nothing is drawn at random.";
inline std::string some_dimensions(std::size_t shown, long long all) { return text(shown, " of ", all, " dimensions are shown."); }

inline constexpr std::string_view kTrainedHere = "Trained here", kTrainedHereWhat = "the model that you train in this page";
inline std::string kept_what(long long epochs, std::string_view beta) { return text("kept after ", epochs, epochs == 1 ? " epoch" : " epochs", beta.empty() ? "" : ", beta ", beta); }
struct Mission { std::string_view title, watch; };
inline constexpr std::array<Mission, 6> kMissions{{
  {"Default", "A variational autoencoder in two dimensions. It takes about a minute. Watch the classes find their places."},
  {"Collapse", "The KL counts fifty times. Watch the dots fall onto one point: the code says nothing any more, and every point decodes to the same grey."},
  {"Without KL", "A plain autoencoder. Nothing holds the codes near the origin: watch the map grow and gaps open."},
  {"Leave out bags", "The model never sees a bag. Watch what it makes of one afterwards, with Try an image."},
  {"One class only", "The model sees nothing but sneakers. Watch the map order them by shape and shade, and every point decode to one."},
  {"Too small a network", "Six units in each hidden layer are too few. Watch the loss stop early, with all images blurred."}}};
inline constexpr std::array<std::string_view, 3> kTrainData{"Fashion-MNIST", "Digits", "Your images"};
inline constexpr std::array<std::string_view, 2> kTrainKinds{"Variational", "Plain"}, kTrainNetworks{"Dense", "Convolutional"};
inline constexpr std::array<std::string_view, 4> kTrainSizes{"Tiny", "Small", "Medium", "Large"}, kTrainAxes{"1 axis", "2 axes", "3 axes", "10 axes"};
inline constexpr std::array<std::string_view, 10> kFashionClasses{"T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"};
inline constexpr std::array<std::string_view, 5> kFashionGroups{"tops", "trousers", "dresses", "shoes", "bags"};
inline constexpr std::array<std::uint8_t, 10> kGroupOfFashionClass{0, 1, 0, 2, 0, 3, 0, 3, 4, 3};
inline std::string train_class(std::size_t data, int c) { return data == 0 ? std::string(kFashionClasses[static_cast<std::size_t>(c)]) : text(c); }
inline constexpr std::string_view kTrainChoices = "What to train", kMissionsHeading = "Try this", kBeta = "beta, the weight of the KL";
inline constexpr std::string_view kNoOwnImages = "Drop your images here first: a zip or a folder of PNG files with a subfolder for each class, a data pack, or IDX files.";
inline constexpr std::string_view kChooseImages = "Choose files…";
inline constexpr std::string_view kMoreSettings = "More settings", kFewerSettings = "Fewer settings";
inline constexpr std::string_view kNoClasses = "These images have no classes to choose from.";
inline constexpr std::array<std::string_view, 3> kTrainClasses{"All classes", "All but one", "Only one"};
inline constexpr std::string_view kWhichClass = "class", kEpochs = "epochs (passes over all images)", kLearningRate = "learning rate", kBatchSize = "images per step";
inline constexpr std::string_view kOptimizer = "optimizer", kActivation = "activation", kTrainNoise = "noise on the input", kSeed = "seed of the random numbers", kTrainImages = "training images";
inline constexpr std::string_view kAllImages = "all", kEpochsBrief = "epochs", kSeedBrief = "seed", kNoiseDeviation = "standard deviation of the noise", kNoiseShare = "share of pixels changed";
inline std::string usual_value(std::string_view value) { return text(value, " (usual)"); }
inline std::string less_of(std::string_view what) { return text("Previous: ", what); }
inline std::string more_of(std::string_view what) { return text("Next: ", what); }
inline std::string changed_settings(std::string_view list) { return text("Changed: ", list, '.'); }
inline std::string only_class(std::string_view name) { return text("only ", name); }
inline std::string without_class(std::string_view name) { return text("without ", name); }
inline constexpr std::string_view kStart = "Start", kStartAgain = "Start again", kPause = "Pause", kGoOn = "Go on", kOneEpoch = "One epoch";
inline constexpr std::string_view kOneStep = "One step", kBackToStart = "Back to start", kFromThisModel = "From this model";
inline constexpr std::array<std::string_view, 2> kForkButtons{"Fork with these settings", "Keep a copy"};
inline constexpr std::string_view kForkWhat = "Fork: a copy stays in the list of models, and training goes on from here with the settings below. Compare the two with Compare two models.";
inline constexpr std::string_view kNothingToGoOnFrom = "Training cannot go on from the model that is shown: its file does not say how it was trained step by step.";
inline constexpr std::string_view kOtherImageSize = "Training cannot go on from the model that is shown: its images have another size than those to train on.";
inline std::string step_of_epoch(long long step, long long steps) { return text("Step ", step, " of ", steps, " in this epoch."); }
inline constexpr std::array<std::string_view, 3> kSaveTrained{"Save weights", "Save card", "Save command"};
inline constexpr std::string_view kLoadingTrainer = "Starting the trainer…";
inline std::string loading_images(std::string_view share) { return text("Loading the training images… ", share); }
inline std::string run_place(long long epoch, long long epochs, std::string_view nats) { return text("epoch ", epoch, " of ", epochs, nats.empty() ? "" : " · ", nats, nats.empty() ? "" : " nats"); }
inline std::string run_speed(std::string_view images, std::string_view seconds) { return text(" · ", images, " images/s · ", seconds, " s left"); }
inline constexpr std::string_view kRunPaused = "Paused: ", kRunFinished = "Finished: ", kRunKept = "Kept from your last visit: ", kForget = "Delete it";
inline constexpr std::string_view kRunWaits = "It pauses while this page is out of sight, and goes on when you come back.";
inline constexpr std::string_view kRunHasWaited = "It paused while this page was out of sight, and has gone on.";
inline constexpr std::string_view kRunNotKept = "This browser stores nothing for this page. If you reload the page, the run is lost.";
inline constexpr std::array<std::string_view, 4> kCurves{"Loss", "Reconstruction", "KL", "Classes"};
inline constexpr std::array<std::string_view, 4> kCurvesHeading{"Loss: reconstruction + KL", "Reconstruction", "KL", "What the marks say"};
inline std::string curve_heading(std::string_view what, std::string_view unit) { return text(what, ", in ", unit); }
inline constexpr std::string_view kPlainLoss = "Loss: the reconstruction";
inline constexpr std::string_view kOnTraining = "training images (thick curve)", kOnHeldOut = "held-out images (thin curve)";
inline constexpr std::string_view kLeastPossible = "least possible", kLeastPossibleDashed = "least possible (dashed)";
inline std::string shipped_dashed(std::string_view name) { return text(name, " (dashed)"); }
inline std::string epochs_axis(long long epochs) { return text(epochs, epochs == 1 ? " epoch" : " epochs"); }
inline constexpr std::string_view kClassAccuracy = "class guessed from 15 neighbours (thick)", kHoleShare = "prior in holes (thin)";
inline std::string holes_of_few(std::size_t marks) { return text("The holes are counted with ", marks, " marks. With more marks, some would be filled."); }
inline constexpr std::string_view kFiguresComing = "The first figures come after the first epoch.";
inline constexpr std::string_view kKlPerDimension = "KL of each dimension";
inline std::string kl_of(std::size_t d) { return text("KL of z", d); }
inline constexpr std::string_view kTenImages = "Images above, their reconstructions now below";
inline constexpr std::string_view kActiveUnits = "active dimensions";
inline std::string count_of(long long count, int all) { return text(count, " of ", all); }
inline constexpr std::string_view kAtNextStart = "The choice has changed. It counts from the next start.";
inline constexpr std::string_view kCommandHeading = "The command that trains the same model:";
inline std::string training_failed(std::string_view reason) { return text("Training has stopped: ", reason); }

inline constexpr std::array<std::string_view, 2> kBases{"Latent axes", "Principal directions"};
inline constexpr std::array<std::string_view, 2> kAxisPlaces{"to the right", "upwards"};
inline constexpr std::array<std::string_view, 2> kOthersButtons{"All back to 0", "From the nearest test image"};
inline constexpr std::string_view kOtherDirections = "The other directions", kOfVariance = " of the variance";
inline std::string next_direction(std::string_view where) { return text("Next direction ", where); }
inline std::string previous_direction(std::string_view where) { return text("Previous direction ", where); }

inline constexpr std::string_view kImages = "images", kLatentDimensions = "latent dimensions", kKind = "kind", kLikelihood = "likelihood", kWeights = "weights";
inline constexpr std::string_view kVariational = "variational: μ and σ for every image", kPlain = "plain: one code for every image";
inline constexpr std::string_view kEncodedImages = "encoded test images", kTheirScores = "scores of these", kNone = "none", kEncoder = "Encoder", kDecoder = "Decoder";
inline constexpr std::string_view kProvenance = "What the file says about itself";

// ---- explanations of overlays and tools, and the lists that one chooses from ---------------------------------------

inline constexpr std::string_view kWhatYouSee = "What you see", kWhy = "Details", kSource = "Source";
inline constexpr std::string_view kAddOverlay = "Add an overlay", kOverlayBrief = "Overlay", kTools = "Tools";
inline constexpr std::string_view kToolsWalk = "Walk between images", kToolsTry = "Ask about an image", kToolsFind = "Find images", kToolsModels = "Models", kToolsIntroduction = "Introduction";
inline constexpr std::string_view kSpeedSpoken = "Speed";
inline constexpr std::string_view kTakeTour = "Take the tour", kTakeTourWhat = "Ten views, each with a short explanation.";
inline constexpr std::string_view kClose = "Close", kTryAgain = "Try again";

// ---- header: the list of models ------------------------------------------------------------------------------------

inline constexpr std::string_view kModel = "Model";
inline constexpr std::string_view kOpenWeights = "Open a weight file…", kOpenWeightsWhat = "a .safetensors file; it stays on this machine";
inline constexpr std::string_view kYourFile = "your file", kYourFiles = "Your files";
inline std::string loading(std::string_view model, std::string_view progress) { return text("Loading ", model, progress); }

// ---- plane ---------------------------------------------------------------------------------------------------------

inline constexpr std::string_view kLoadingModel = "Loading the model…", kLoadingSecond = "Loading the second model…", kChooseSecond = "Choose a second model.";
inline constexpr std::string_view kOneAxis = "One latent axis: z2 changes nothing";
inline constexpr std::string_view kNoSigma = "No σ in this model: density from kernels of width ", kNoSigmaBrief = "No σ; kernels of width ";
inline std::string kernel_width(std::string_view begin, std::string_view width) { return text(begin, width, " (Scott's rule)"); }
inline std::string plane_of(long long dimensions, std::string_view x, std::string_view y, std::string_view share) { return text("A plane of ", dimensions, " dimensions: ", x, " and ", y, ", ", share, " of the variance"); }
inline constexpr std::string_view kMean = "μ", kMeanAndDeviation = "μ, σ", kMeanTinyDeviation = "μ (σ smaller than this cross)";

// ---- reading: z and the classes near it ----------------------------------------------------------------------------

inline constexpr std::string_view kLooksLike = "Looks like", kLooksLikeNothing = "Looks like no class";
inline constexpr std::string_view kFoundClass = "class", kFoundPlace = "point of the map";
inline std::string found_image(std::size_t n) { return text("Test image ", n); }
inline constexpr std::string_view kFileWithoutImages = "this file has no encoded images";
inline constexpr std::string_view kEmptyRegion = "no test images nearby", kFarOut = "many more images than the prior expects";
inline std::string usual_density(std::string_view ratio) { return text(ratio, "× the typical density"); }
inline std::string prior_density(std::string_view ratio) { return text(ratio, "× as many images as the prior expects"); }
inline std::string hole_density(std::string_view ratio) { return text("a hole: ", ratio, "× as many images as the prior expects"); }

// ---- legend of the classes -----------------------------------------------------------------------------------------

inline constexpr std::string_view kClasses = "Classes", kNames = "Names", kShowAll = "Show all";
inline std::string unnamed_class(std::size_t n) { return text("class ", n); }

// ---- messages ------------------------------------------------------------------------------------------------------

inline constexpr std::string_view kStillTheOldModel = ". The previous model is still shown.";
inline constexpr std::string_view kSecondModelMissing = ". Whatever needs this second model is hidden until it is loaded.";
inline constexpr std::string_view kReplayMissing = ". The training replay cannot be shown without it.";
inline constexpr std::string_view kOriginalsMissing = ". The original images cannot be shown without it.";
inline constexpr std::string_view kReplayTooEarly = ": its model is not loaded yet";
inline constexpr std::string_view kTooLarge = ": too large for the memory of this page";
inline constexpr std::string_view kLockedByAuthor = ": this page shows only what its author chose";
inline std::string open_file(std::string_view name) { return text("Open the file ", name); }
inline std::string file_of_link(std::string_view name) { return text("This link shows the model in the file ", name, ", which is not part of the link. Open the file if you have it, or ask for it where the link came from. Until then another model is shown."); }
inline std::string unknown_model(std::string_view model) { return text("The link asks for the model ", model, ", which is not here. Another one is shown."); }

// ---- speech: what a screen reader says -----------------------------------------------------------------------------

inline constexpr std::string_view kAllClasses = "All classes are shown. ", kNoOverlaySpoken = "No overlay. ", kNoToolSpoken = "No tool. ";
inline std::string only_classes(std::string_view names) { return text("Only ", names, ". "); }
inline std::string model_spoken(std::string_view name) { return text("Model: ", name, ". "); }
inline std::string overlay_spoken(std::string_view name) { return text("Overlay: ", name, ". "); }
inline std::string unit_spoken(long long unit, long long layer) { return text("Unit ", unit, " of layer ", layer, ". "); }
inline std::string tool_spoken(std::string_view name) { return text("Tool: ", name, ". "); }
inline std::string z_spoken(std::string_view x, std::string_view y) { return text("z ", x, ", ", y, ": "); }
inline std::string hatched_spoken(std::string_view meaning) { return text("Hatched: ", meaning, '.'); }
inline constexpr std::array<std::string_view, 4> kDisplaySizes{"As fits the window", "Large", "Larger", "Largest"};
inline constexpr std::string_view kLargerText = "Larger text", kUsualText = "Usual text size";
inline constexpr std::array<std::string_view, 3> kThemes{"As the system", "Light", "Dark"};

inline constexpr std::string_view kTrainingRuns = "Training runs. ";
inline std::string epoch_spoken(long long epoch, long long epochs, std::string_view loss, std::string_view unit, std::string_view news) { return text("Epoch ", epoch, " of ", epochs, ", ", loss, ' ', unit, '.', news.empty() ? "" : " ", news); }
inline std::string groups_apart(std::string_view a, std::string_view b) { return text(a, " have separated from ", b, '.'); }
inline std::string classes_apart(std::string_view a, std::string_view b) { return text("The marks of ", a, " have separated from those of ", b, '.'); }
inline std::string training_pauses(long long epoch, std::string_view nats) { return text("Training is paused after ", epoch, " epochs, loss ", nats, " nats. "); }
inline std::string training_finished(long long epochs, std::string_view nats) { return text("Training is finished after ", epochs, " epochs, loss ", nats, " nats. "); }

// ---- tour ----------------------------------------------------------------------------------------------------------

inline std::string step_of(std::size_t step, std::size_t count) { return text(step, " of ", count); }
inline constexpr std::string_view kEnd = "End", kDone = "Done", kNext = "Next", kBack = "Back";
inline constexpr std::string_view kWhatNext = "What next?", kExploreDigits = "Explore digits", kDrawAnImage = "Draw an image", kReadLesson = "Read the lesson", kShareThis = "Share a view";

// ---- the card of a first visit --------------------------------------------------------------------------------------

inline constexpr std::string_view kWelcome = "Latent Loom";
inline constexpr std::string_view kWelcomeWhat = "A network has reduced each of 10,000 images to two numbers, and learned to draw them again from these. This is its map.";
inline constexpr std::string_view kWelcomeDo = "Every mark is a test image. Drag the ring.";

// ---- the model as a picture -----------------------------------------------------------------------------------------

inline constexpr std::string_view kModelPicture = "An encoder turns an image into the numbers z; a decoder draws an image from them.";
inline constexpr std::string_view kAnImage = "image", kEncoderBrief = "encoder", kDecoderBrief = "decoder";

// ---- help ----------------------------------------------------------------------------------------------------------

inline constexpr std::string_view kHelpTitle = "What am I looking at?", kKeys = "Keys";

// clang-format on

}  // namespace loom::texts
