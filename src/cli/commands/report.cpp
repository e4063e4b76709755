#include <algorithm>
#include <filesystem>
#include <memory>

#include "analysis/bound/latent_units.h"
#include "cli/commands/commands.h"
#include "cli/common.h"
#include "cli/common_options.h"
#include "cli/figures/compression_figures.h"
#include "cli/model_name.h"
#include "cli/pictures/draw_uses.h"
#include "cli/pictures/html.h"
#include "cli/pictures/plots.h"
#include "cli/sample_source.h"
#include "cli/waiting.h"
#include "core/error.h"
#include "core/files/file.h"
#include "core/files/sha256.h"
#include "data/load/load_dataset.h"
#include "train/evaluate.h"
#include "uses/images.h"
#include "weights/tensor.h"

namespace loom {
namespace {

struct ReportOptions {
  std::string file, out, against;
  DataSource data;
  int threads = 0;
};

constexpr PictureStyle kUntitled{&kLightTheme, false};
constexpr Index kScatterPoints = 2000, kManifoldSide = 15, kScored = 2000, kShown = 8, kDrawn = 20;
constexpr std::uint64_t kSeed = 0;

// The data for all parts of the page.
struct Subject {
  const ReportOptions& options;
  ModelFile file;
  Dataset test;
  std::string name;
  ThreadPool pool;

  const Model& model() const { return file.model; }
  bool variational() const { return file.model.spec.variational; }
  bool labelled() const { return has_classes(file.model, test); }
  Index dimensions() const { return file.model.spec.latent_dim; }
};

std::string numbers_text(Index count) { return text(count, count == 1 ? " number" : " numbers"); }

void write_figures(HtmlPage& page, Subject& s) {
  const Evaluation e = evaluate_model(s.model(), s.test, kSeed, s.pool);
  const bool nats = find_likelihood(s.model().spec.likelihood)->unit == "nats";
  const std::string unit = nats ? " nats per image" : " per image";
  page.section("Results on the test set");
  std::vector<std::pair<std::string, std::string>> rows{
      {"test images",
       text(count_text(s.test.size()), " of ", dataset_title(s.test), ", none of them used for training")},
      {"code", text(numbers_text(s.dimensions()), " for ", s.test.shape.size(), " pixels")},
      {"weights", count_text(parameter_count(s.model()))},
      {"reconstruction loss", number_text(e.elbo.mean_reconstruction(), 2) + unit},
  };
  if (s.variational()) {
    rows.emplace_back("KL", number_text(e.elbo.mean_kl(), 2) + " nats per image: the cost of the code");
    rows.emplace_back("negative ELBO", number_text(e.elbo.mean_negative_elbo(), 2) + unit + ", the sum of the two");
  }
  if (nats)
    rows.emplace_back("entropy floor", number_text(e.entropy_floor, 2) +
                                           " nats per image: no model can go lower, because the pixels are grey");
  rows.emplace_back("mean squared error", number_text(e.mse, 4) + " per pixel, for pixel values from 0 to 1");
  rows.emplace_back("SSIM", number_text(e.ssim, 3) + ", structural similarity; 1 for equal images");
  page.facts(rows);
  const std::string warning = collapse_warning(unit_figures(encode_dataset(s.model(), s.test, s.pool)));
  if (!warning.empty()) page.paragraph(text("Warning: ", warning, "."));
}

void write_map(HtmlPage& page, Subject& s) {
  if (s.dimensions() < 2 || s.file.test.size() == 0) return;
  const std::optional<ReplayFile> replay = read_replay(replay_path(s.options.file));
  page.section(replay ? "The map, before and after training" : "The map");
  page.paragraph(text("Every mark is a test image at the place where the encoder puts it",
                      s.dimensions() > 2 ? ", seen along the two directions in which the codes vary most" : "",
                      s.labelled() ? ". The model was never told the classes; colours and shapes were added "
                                     "afterwards. Images that look alike lie together, and where two classes overlap, "
                                     "the code cannot tell them apart."
                                   : ". Images that look alike lie together."));
  page.figure(draw_scatter(s.file, replay ? &*replay : nullptr, kScatterPoints, kUntitled));
  if (!s.labelled()) return;
  page.exercise(
      "Which classes overlap most? Find two that touch but do not mix. Does a class form one island or several, and "
      "what do the images of one island have in common?");
}

void write_manifold(HtmlPage& page, Subject& s) {
  if (s.dimensions() != 2 || (!s.variational() && s.file.test.size() == 0)) return;
  page.section("From code to image");
  page.paragraph(
      "The decoder turns any point of the plane into an image. Here the points form a grid that is denser in the "
      "middle, so that every image stands for an equal share of the prior.");
  page.figure(draw_manifold(s.file, kManifoldSide, kUntitled));
  page.exercise(
      "Follow one row. Where does one kind of image turn into another, and what do the images in between look like? "
      "Compare "
      "with the map above: are there test images at those places?");
}

void write_reconstructions(HtmlPage& page, Subject& s) {
  page.section("Reconstructions");
  page.paragraph(text("Each image is reduced to ", numbers_text(s.dimensions()),
                      " and reconstructed from nothing else. The last row shows the difference: orange where the "
                      "reconstruction has the larger value, blue where it has the smaller one."));
  const std::vector<Index> shown = some_of_each_class(s.test, std::min(kShown, s.test.size()));
  page.figure(draw_reconstructions(reconstruct(s.model(), s.test, shown), s.model(), s.test, kUntitled));
  page.exercise(
      "What does the model keep of an image, and what does it lose? Which image is reconstructed worst, and how could "
      "the training set explain that?");
}

void write_samples(HtmlPage& page, Subject& s) {
  if (s.file.test.size() == 0) return;
  page.section("New images");
  const auto sheet = [&](SampleSource source) {
    const SampleRequest request{source, 0, kDrawn, kSeed, false};
    page.figure(draw_sample_sheet(draw_samples(s.file, request), request, source_text(request, s.file),
                                  s.model().spec.image, kUntitled));
  };
  if (s.variational()) {
    page.paragraph("Codes drawn from the prior, the normal distribution that training pulls all codes towards:");
    sheet(SampleSource::prior);
    page.paragraph("Codes drawn from the posteriors of the test images, where codes actually lie:");
  } else {
    page.paragraph(
        "A plain autoencoder has no prior to draw from, only the codes of known images; some of them are decoded "
        "again:");
  }
  sheet(SampleSource::aggregate);
  page.exercise(s.variational() ? "Count the images in each figure that you cannot name. The prior also covers places "
                                  "without any test image, and the decoder returns an image there all the same."
                                : "Are these new images, or known ones after compression? What would we have to know "
                                  "about the codes to draw new ones?");
}

// Two images whose class numbers are as far apart as possible.
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
      "Between two codes lie others, and each can be decoded. The straight line takes equal steps in latent space; the "
      "curve below shows that the image does not change by equal amounts.");
  std::vector<InterpolatedPath> paths{interpolate(s.model(), PathKind::straight, from.z, to.z, 11)};
  if (s.dimensions() == 2) {
    page.paragraph(
        "The geodesic is the path along which the image changes least in total; its steps all change the image by the "
        "same amount.");
    Waiting waiting("measuring how the image changes");
    paths.push_back(interpolate(s.model(), PathKind::geodesic, from.z, to.z, 11, waiting.on_progress()));
  }
  page.figure(draw_interpolation(paths, from, to, s.test.shape, kUntitled));
  page.exercise("Where is the largest step, and what happens in the images there?");

  if (!s.labelled()) return;  // the section adds the difference between two classes
  page.section("Merging two images");
  page.paragraph(text("A is ", from.words, ", B is ", to.words,
                      ". The average of the pixels shows both images at once, like a double exposure; the average of "
                      "the codes decodes to one image. For the last column, the difference between the mean codes of "
                      "the two classes is added to the code of A."));
  const EncodedSet set = encode_dataset(s.model(), s.test, s.pool);
  page.figure(draw_merging(merge_images(s.model(), s.test, set, from, to), s.test.shape, kUntitled));
}

void write_denoising(HtmlPage& page, Subject& s) {
  page.section("Removing noise");
  page.paragraph(
      "Gaussian noise with standard deviation 0.3 was added to every pixel. A model that has only seen clean images "
      "can be misled by it; the median filter, which knows nothing about the images, replaces each pixel by the median "
      "of the nine around it.");
  const std::vector<Index> shown = some_of_each_class(s.test, std::min(kShown, s.test.size()));
  Waiting waiting("denoising images");
  const Denoising denoising = denoise({{s.name, &s.model()}}, s.test, find_corruption("gaussian"), 0.3, kSeed, shown,
                                      s.pool, waiting.on_progress());
  page.figure(draw_denoising(denoising, s.test, kUntitled));
  page.exercise("On which images does the model do better than the filter, and on which worse?");
}

void write_anomalies(HtmlPage& page, Subject& s, const Dataset& training) {
  page.section("Unusual images");
  Waiting waiting("scoring images");
  const double typical = typical_score(s.model(), training, s.pool);
  const auto scores = [&](const Dataset& data) {
    return score_images(s.model(), data, kScored, typical, s.pool, waiting.on_progress());
  };
  Anomalies a{dataset_title(s.test), {}, scores(s.test), {}, {}, {}};
  if (!s.options.against.empty()) {
    const Dataset other = load_dataset(DataSource(s.options.against), Split::test);
    require_images_for(s.model(), other, s.options.file);
    a.outliers = dataset_title(other);
    a.outlier_scores = scores(other);
    page.paragraph(
        "The further right, the more unusual an image is to the model. AUROC is the probability that an image of the "
        "other data set scores higher than a test image: 1 is perfect, 0.5 is chance.");
  } else {
    const std::vector<double>& excess = a.inlier_scores[2].scores;
    const auto strangest = static_cast<std::size_t>(std::ranges::max_element(excess) - excess.begin());
    a.marked.emplace();
    for (const MeasuredScores& measure : a.inlier_scores) a.marked->push_back(measure.scores[strangest]);
    a.marked_words = text(class_name(s.model(), s.test, s.test.labels[strangest]), " no. ", strangest);
    page.paragraph(text("How unusual the test images are to the model, by several scores. Marked is ", a.marked_words,
                        ", the image whose loss exceeds its own entropy by most."));
  }
  page.figure(draw_anomalies(a, kUntitled));
  page.paragraph(anomaly_lesson());
}

void write_compression(HtmlPage& page, Subject& s, const Dataset& training) {
  const Compression c = compare_sizes(s.name, s.model(), s.test, training, kSeed, s.pool);
  page.section("Compression");
  page.paragraph(
      "Further left is smaller, further down is closer to the original. PCA has the smallest error of all linear "
      "methods with as many numbers; JPEG and PNG are what cameras and web pages use.");
  page.figure(draw_compression(c, kUntitled));
  std::vector<std::vector<std::string>> rows;
  for (const RateDistortion& way : c.ways)
    rows.push_back({way.kind.starts_with("model") ? text(s.name, ": ", way.name) : way.name, number_text(way.bits, 1),
                    number_text(way.bits / 8, 1), number_text(way.mse, 5)});
  page.table({"method", "bits per image", "bytes", "mean squared error"}, rows);
}

void write_training(HtmlPage& page, Subject& s) {
  if (!std::filesystem::exists(record_path(s.options.file)) && !std::filesystem::exists(replay_path(s.options.file)))
    return;
  const std::vector<EpochLoss> losses = read_losses(s.options.file);
  if (losses.empty()) return;
  page.section("Training");
  page.paragraph(
      "Each epoch is one pass over the training images. If the validation loss (dashed) rises while the training loss "
      "falls, the model overfits: it learns its training images by heart.");
  page.figure(draw_losses(losses, s.name, kUntitled));
}

void write_origin(HtmlPage& page, Subject& s) {
  const std::vector<std::byte> bytes = read_file(s.options.file, kMaxWeightFileBytes);
  page.section("Origin");
  std::vector<std::pair<std::string, std::string>> rows{
      {"file", std::filesystem::path(s.options.file).filename().string()},
      {"bytes", count_text(static_cast<Index>(bytes.size()))},
      {"SHA-256", sha256_hex(bytes)},
      {"test images, SHA-256", s.test.images_sha256},
  };
  for (const auto& [key, value] : s.model().spec.provenance) rows.emplace_back(key, value);
  page.facts(rows);
}

// The training images, which some parts use for comparison; without them those parts are replaced by a note.
std::optional<Dataset> find_training_images(const Subject& s) {
  try {
    Dataset training = read_data(s.options.data, Split::train);
    require_images_for(s.model(), training, s.options.file);
    return training;
  } catch (const Error& error) {
    print_note(
        text("the sections on unusual images and on compression are left out, because they need training images: ",
             error.what()));
    return std::nullopt;
  }
}

void run_report(const ReportOptions& o) {
  if (!o.out.ends_with(".html")) fail(o.out, ": the name of a report must end in .html");
  ModelFile file = read_model(o.file);
  Dataset test = read_test_set(o.data, file.model);
  std::string name = model_name(file, o.file);
  Subject s{o, std::move(file), std::move(test), std::move(name), ThreadPool(thread_count(o.threads))};
  HtmlPage page(s.name,
                text(s.variational() ? "A variational autoencoder" : "An autoencoder", " that reduces images of ",
                     s.test.shape.height, " × ", s.test.shape.width, " pixels to ", numbers_text(s.dimensions()),
                     " and reconstructs them. This report shows what it has learned and what it can be used for."));
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
  auto options = std::make_shared<ReportOptions>();
  ReportOptions& o = *options;
  auto* command = app.add_subcommand("report", "Write a report on a model as one self-contained HTML file");
  add_file_option(*command, o.file);
  add_data_options(*command, o.data);
  add_test_data_option(*command, o.data);
  command->add_option("--out", o.out, "HTML file to write")->required();
  command->add_option("--against", o.against, "folder of another data set, for the section on unusual images");
  add_threads_option(*command, o.threads);
  command->callback([options] { run_report(*options); });
}

}  // namespace loom
