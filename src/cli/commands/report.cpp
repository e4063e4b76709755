#include <algorithm>
#include <filesystem>
#include <memory>

#include "analysis/latent_units.h"
#include "cli/commands/commands.h"
#include "cli/common.h"
#include "cli/figures/compression_figures.h"
#include "cli/model_name.h"
#include "cli/pictures/draw_uses.h"
#include "cli/pictures/html.h"
#include "cli/pictures/plots.h"
#include "cli/waiting.h"
#include "core/error.h"
#include "core/file.h"
#include "core/sha256.h"
#include "train/evaluate.h"
#include "uses/images.h"
#include "weights/tensor.h"

namespace loom {
namespace {

struct Options {
  std::string file, out, against;
  DataSource data;
  int threads = 0;
};

constexpr PictureStyle kUntitled{&kLightTheme, false};
constexpr Index kScatterPoints = 2000, kManifoldSide = 15, kScored = 2000, kShown = 8, kDrawn = 20;
constexpr std::uint64_t kSeed = 0;

// Everything the parts of the page are written from.
struct Subject {
  const Options& options;
  ModelFile file;
  Dataset test;
  std::string name;
  ThreadPool pool;

  const Model& model() const { return file.model; }
  bool variational() const { return file.model.spec.variational; }
  Index dimensions() const { return file.model.spec.latent_dim; }
};

std::string title_of(const Dataset& data) {
  const DatasetIdentity* known = find_dataset(data.name);
  return known ? std::string(known->title) : data.name;
}

std::string numbers_text(Index count) { return text(count, count == 1 ? " number" : " numbers"); }

void write_figures(HtmlPage& page, Subject& s) {
  const Evaluation e = evaluate_model(s.model(), s.test, kSeed, s.pool);
  const bool nats = find_likelihood(s.model().spec.likelihood)->unit == "nats";
  const std::string unit = nats ? " nats per image" : " per image";
  page.section("The figures");
  std::vector<std::pair<std::string, std::string>> rows{
      {"images", text(count_text(s.test.size()), " of ", title_of(s.test), ", not trained on")},
      {"code", text(numbers_text(s.dimensions()), " for ", s.test.shape.size(), " pixels")},
      {"weights", count_text(parameter_count(s.model()))},
      {"reconstruction loss", number_text(e.elbo.mean_reconstruction(), 2) + unit},
  };
  if (s.variational()) {
    rows.emplace_back("KL", number_text(e.elbo.mean_kl(), 2) + " nats per image: what the code costs");
    rows.emplace_back("negative ELBO", number_text(e.elbo.mean_negative_elbo(), 2) + unit + ", the sum of the two");
  }
  if (nats)
    rows.emplace_back("entropy floor",
                      number_text(e.entropy_floor, 2) + " nats per image: grey pixels cost this much in any model");
  rows.emplace_back("mean squared error", number_text(e.mse, 4) + " per pixel, from 0 to 1");
  rows.emplace_back("SSIM", number_text(e.ssim, 3) + ", structural similarity; 1 for equal pictures");
  page.facts(rows);
}

void write_map(HtmlPage& page, Subject& s) {
  if (s.dimensions() < 2 || s.file.test.size() == 0) return;
  const std::optional<ReplayFile> replay = read_replay(replay_path(s.options.file));
  page.section(replay ? "The map, before and after training" : "The map");
  page.paragraph(
      text("Every mark is a test image, placed where the encoder puts it",
           s.dimensions() > 2 ? ", seen along the two directions in which the codes differ most" : "",
           ". The encoder never saw the classes; colours and shapes were added afterwards. Images that look alike lie "
           "together, and where two classes overlap the code cannot tell them apart."));
  page.figure(draw_scatter(s.file, replay ? &*replay : nullptr, kScatterPoints, kUntitled));
  page.exercise(
      "Which classes overlap most? Find two that touch but do not mix. Is a class one island or several, and what "
      "might "
      "the parts of it have in common?");
}

void write_manifold(HtmlPage& page, Subject& s) {
  if (s.dimensions() != 2 || (!s.variational() && s.file.test.size() == 0)) return;
  page.section("What lives where");
  page.paragraph(
      "The decoder turns any point of the plane into a picture. Here it was asked on a grid, denser in the middle, so "
      "that every picture stands for an equal share of the points that can be expected.");
  page.figure(draw_manifold(s.file, kManifoldSide, kUntitled));
  page.exercise(
      "Walk along one row. Where does one kind of thing become another, and what do the pictures between look like? "
      "Compare with the map above: are there test images at those places?");
}

void write_reconstructions(HtmlPage& page, Subject& s) {
  page.section("In, through the code, and out");
  page.paragraph(text("Each image is squeezed into ", numbers_text(s.dimensions()),
                      " and rebuilt from nothing else. The last row shows what was lost: orange where the rebuilt "
                      "picture is too strong, blue where it is too weak."));
  const std::vector<Index> shown = some_of_each_class(s.test, std::min(kShown, s.test.size()));
  page.figure(draw_reconstructions(reconstruct(s.model(), s.test, shown), s.model(), s.test, kUntitled));
  page.exercise(
      "What does the model keep of an image, and what does it drop? Which image is rebuilt worst, and why might the "
      "training set be to blame?");
}

void write_samples(HtmlPage& page, Subject& s) {
  if (s.file.test.size() == 0) return;
  page.section("New pictures");
  SampleRequest request{s.variational() ? "prior" : "aggregate", kDrawn, kSeed, false};
  if (s.variational()) {
    page.paragraph("Points drawn from the prior, the round cloud that training pulled all codes towards:");
    page.figure(draw_sample_sheet(draw_samples(s.file, request), s.model().spec.image, kUntitled));
    page.paragraph("Points drawn from where the test images actually lie:");
    request.from = "aggregate";
  } else {
    page.paragraph(
        "A plain autoencoder has no cloud to draw from, only the codes of known images; these are decoded again:");
  }
  page.figure(draw_sample_sheet(draw_samples(s.file, request), s.model().spec.image, kUntitled));
  page.exercise(
      s.variational()
          ? "Count the pictures in each sheet that you could not name. The prior has places where no image "
            "lives; the decoder invents something there all the same."
          : "Are these new pictures, or old ones seen through the code? What would have to be known about the "
            "codes before one could draw new ones?");
}

// Two images of classes as far apart in number as there are.
std::pair<LatentPlace, LatentPlace> two_images(const Subject& s) {
  const std::vector<Index> some =
      some_of_each_class(s.test, std::min<Index>(class_count(s.model(), s.test), s.test.size()));
  const auto place = [&](Index n) { return image_place(s.model(), s.test, n); };
  return {place(some[some.size() > 2 ? 1 : 0]), place(some.back())};
}

void write_ways(HtmlPage& page, Subject& s) {
  const auto [from, to] = two_images(s);
  page.section(text("From ", from.words, " to ", to.words));
  page.paragraph(
      "Between two codes lie others, and each can be decoded. The straight line takes equal steps in the code"
      "; the curve below shows that the picture does not change equally.");
  std::vector<InterpolatedPath> paths{interpolate(s.model(), "straight", from.z, to.z, 11)};
  if (s.dimensions() == 2) {
    page.paragraph("The geodesic is the way along which the picture changes least in all, at an even pace.");
    Waiting waiting("measuring how the picture changes");
    paths.push_back(interpolate(s.model(), "geodesic", from.z, to.z, 11, waiting.on_progress()));
  }
  page.figure(draw_interpolation(paths, from, to, s.test.shape, kUntitled));
  page.exercise("Where is the largest step, and what happens in the pictures there?");

  page.section("Two images made one");
  page.paragraph(
      text("A is ", from.words, ", B is ", to.words,
           ". Averaging pixels lays one ghost over another; averaging codes gives one picture, from the point "
           "halfway. The last column moves A by the way from the mean code of its class to that of B’s."));
  const EncodedSet set = encode_dataset(s.model(), s.test, s.pool);
  page.figure(draw_merging(merge_images(s.model(), s.test, set, from, to), s.test.shape, kUntitled));
}

void write_denoising(HtmlPage& page, Subject& s) {
  page.section("Noise");
  page.paragraph(
      "Normal noise of standard deviation 0.3 was added to every pixel. A model that has only seen clean images can be "
      "led astray by it; the median filter, which knows nothing of garments or digits, takes the middle one of nine "
      "neighbouring pixels.");
  const std::vector<Index> shown = some_of_each_class(s.test, std::min(kShown, s.test.size()));
  Waiting waiting("denoising images");
  const Denoising denoising = denoise({{s.name, &s.model()}}, s.test, find_corruption("gaussian"), 0.3, kSeed, shown,
                                      s.pool, waiting.on_progress());
  page.figure(draw_denoising(denoising, s.test, kUntitled));
  page.exercise(
      "For which images does the model do better than the filter, although its error is larger on the whole?");
}

void write_anomalies(HtmlPage& page, Subject& s, const Dataset& training) {
  page.section("Strange images");
  Waiting waiting("scoring images");
  const double typical = typical_score(s.model(), training, s.pool);
  const auto scores = [&](const Dataset& data) {
    return score_images(s.model(), data, kScored, typical, s.pool, waiting.on_progress());
  };
  Anomalies a{title_of(s.test), {}, scores(s.test), {}, {}, {}};
  if (!s.options.against.empty()) {
    const Dataset other = load_dataset(DataSource(s.options.against), Split::test);
    require_images_for(s.model(), other, s.options.file);
    a.outliers = title_of(other);
    a.strange = scores(other);
    page.paragraph(
        "The further right, the stranger an image is to the model. AUROC is the chance that of two images, one of each "
        "kind, the strange one has the higher score: 1 is perfect, 0.5 is a coin.");
  } else {
    const std::vector<double>& excess = a.usual[2].scores;
    const auto strangest = static_cast<std::size_t>(std::ranges::max_element(excess) - excess.begin());
    a.marked.emplace();
    for (const MeasuredScores& measure : a.usual) a.marked->push_back(measure.scores[strangest]);
    a.marked_words = text(class_name(s.model(), s.test, s.test.labels[strangest]), " no. ", strangest);
    page.paragraph(text("How strange the test images are to the model, by several scores. Marked is ", a.marked_words,
                        ", the one with the largest loss beyond its own entropy."));
  }
  page.figure(draw_anomalies(a, kUntitled));
  page.paragraph(anomaly_lesson());
}

void write_compression(HtmlPage& page, Subject& s, const Dataset& training) {
  const Compression c = compare_sizes(s.name, s.model(), s.test, training, kSeed, s.pool);
  page.section("As a way to store images");
  page.paragraph(
      "Further left is smaller, further down is closer to the original. Principal components are the best that "
      "straight "
      "lines can do with so many numbers; JPEG and PNG are what cameras and web pages use.");
  page.figure(draw_compression(c, kUntitled));
  std::vector<std::vector<std::string>> rows;
  for (const RateDistortion& way : c.ways)
    rows.push_back({way.kind.starts_with("model") ? text(s.name, ": ", way.name) : way.name, number_text(way.bits, 1),
                    number_text(way.bits / 8, 1), number_text(way.mse, 5)});
  page.table({"way", "bits per image", "bytes", "squared error"}, rows);
}

void write_training(HtmlPage& page, Subject& s) {
  if (!std::filesystem::exists(record_path(s.options.file)) && !std::filesystem::exists(replay_path(s.options.file)))
    return;
  const std::vector<EpochLoss> losses = read_losses(s.options.file);
  if (losses.empty()) return;
  page.section("How it learned");
  page.paragraph(
      "Each epoch is one pass over the training images. If the dashed curve rises while the other falls, the model "
      "learns "
      "its training images by heart.");
  page.figure(draw_losses(losses, s.name, kUntitled));
}

void write_origin(HtmlPage& page, Subject& s) {
  const std::vector<std::byte> bytes = read_file(s.options.file, kMaxWeightFileBytes);
  page.section("How it was made");
  std::vector<std::pair<std::string, std::string>> rows{
      {"file", std::filesystem::path(s.options.file).filename().string()},
      {"bytes", count_text(static_cast<Index>(bytes.size()))},
      {"SHA-256", sha256_hex(bytes)},
      {"test images, SHA-256", s.test.images_sha256},
  };
  for (const auto& [key, value] : s.model().spec.provenance) rows.emplace_back(key, value);
  page.facts(rows);
}

// The training images, which some parts compare with; without them those parts are left out, and said so.
std::optional<Dataset> find_training_images(const Subject& s) {
  try {
    Dataset training = read_data(s.options.data, Split::train);
    require_images_for(s.model(), training, s.options.file);
    return training;
  } catch (const Error& error) {
    std::fprintf(stderr, "loom: note: no parts on strange images and on size, which need training images: %s\n",
                 error.what());
    return std::nullopt;
  }
}

void run(const Options& o) {
  if (!o.out.ends_with(".html")) fail(o.out, ": the report's name must end in .html");
  ModelFile file = read_model(o.file);
  Dataset test = read_test_set(o.data, file.model);
  std::string name = model_name(file, o.file);
  Subject s{o, std::move(file), std::move(test), std::move(name), ThreadPool(thread_count(o.threads))};
  HtmlPage page(s.name,
                text(s.variational() ? "A variational autoencoder" : "An autoencoder", " that reduces pictures of ",
                     s.test.shape.height, " × ", s.test.shape.width, " pixels to ", numbers_text(s.dimensions()),
                     " and draws them again. What it learned, and what can be done with it."));
  write_map(page, s);
  write_manifold(page, s);
  write_reconstructions(page, s);
  write_samples(page, s);
  write_ways(page, s);
  write_denoising(page, s);
  if (const std::optional<Dataset> training = find_training_images(s)) {
    write_anomalies(page, s, *training);
    write_compression(page, s, *training);
  }
  write_training(page, s);
  write_figures(page, s);
  write_origin(page, s);
  const std::string html = page.html();
  write_text(o.out, html);
  print(text("wrote ", o.out, ", ", html.size(), " bytes"));
}

}  // namespace

void add_report(CLI::App& app) {
  auto options = std::make_shared<Options>();
  Options& o = *options;
  auto* command = app.add_subcommand("report", "All about a model on one page to hand out, HTML without anything else");
  command->add_option("file", o.file, "weight file")->required();
  add_data_options(*command, o.data);
  command->add_option("--out", o.out, "page to write, .html")->required();
  command->add_option("--against", o.against, "folder with images of another kind, for the part on strange images");
  command->add_option("--threads", o.threads, "0: all")->check(CLI::Range(0, 256))->capture_default_str();
  command->callback([options] { run(*options); });
}

}  // namespace loom
