#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>

#include "cli/commands/commands.h"
#include "cli/common.h"
#include "cli/common_options.h"
#include "cli/figures/uses_json.h"
#include "cli/model_name.h"
#include "cli/pictures/draw_uses.h"
#include "cli/table.h"
#include "cli/waiting.h"
#include "core/error.h"
#include "data/change_images.h"
#include "data/images/image_file.h"
#include "data/load/load_dataset.h"
#include "uses/images.h"

namespace loom {
namespace {

struct AnomalyOptions : CommonOptions {
  std::string leave_out, image;
  DataSource data;
  std::string against;
  bool by_class = false;
  Index images = 0;
};

void print_anomaly_text(const Anomalies& a) {
  const bool compared = !a.outlier_scores.empty();
  print(
      text("normal: ", a.inliers, ", ", a.inlier_scores.front().scores.size(), " images",
           compared ? text("; anomalies: ", a.outliers, ", ", a.outlier_scores.front().scores.size(), " images") : ""));
  std::vector<std::string> head{"score (higher: more unusual)"};
  if (compared) head.push_back("auroc");
  if (a.marked) {
    head.push_back("this image");
    head.push_back("percentile");
  }
  TextTable table(std::move(head));
  for (std::size_t m = 0; m < a.inlier_scores.size(); ++m) {
    std::vector<std::string> row{text(a.inlier_scores[m].title, ", ", a.inlier_scores[m].unit)};
    if (compared) row.push_back(fixed_text(a.auroc_of(m), 4));
    if (a.marked) {
      row.push_back(fixed_text((*a.marked)[m], 4));
      row.push_back(fixed_text(100 * a.percentile_of_marked(m), 1));
    }
    table.row(std::move(row));
  }
  table.print();
  if (a.marked)
    print(text("percentile: share of the normal images with a lower score, in %; this image is ", a.marked_words));
  if (compared) print(anomaly_lesson());
}

// AUROC of every class against all others, by every measure.
void print_by_class(const std::vector<Anomalies>& classes, bool json) {
  if (json) {
    Json list{Json::Array{}};
    for (const Anomalies& a : classes) list.push(anomalies_json(a));
    Json whole;
    print(whole.set("classes", std::move(list)).dump());
    return;
  }
  print("AUROC of each class against all others");
  std::vector<std::string> head{"class"};
  for (const MeasuredScores& measure : classes.front().inlier_scores) head.push_back(measure.name);
  TextTable table(std::move(head));
  for (const Anomalies& a : classes) {
    std::vector<std::string> row{a.outliers};
    for (std::size_t m = 0; m < a.inlier_scores.size(); ++m) row.push_back(fixed_text(a.auroc_of(m), 4));
    table.row(std::move(row));
  }
  table.print();
}

double border_mean(const std::uint8_t* pixels, const ImageShape& shape) {
  double sum = 0;
  Index count = 0;
  for (Index y = 0; y < shape.height; ++y)
    for (Index x = 0; x < shape.width; ++x)
      if (y == 0 || x == 0 || y == shape.height - 1 || x == shape.width - 1)
        sum += pixels[y * shape.width + x], ++count;
  return sum / static_cast<double>(count);
}

// Says what makes the scores of an image from a file mean something else than they seem to.
void note_unlike(const std::string& path, const Dataset& one, const Dataset& normal) {
  if (std::ranges::adjacent_find(one.pixels, std::ranges::not_equal_to()) == one.pixels.end())
    print_note(text(path,
                    ": an empty image, the same grey everywhere; transparent parts count as black, with "
                    "--invert as white"));
  constexpr double kBright = 127.5;
  double border = 0;
  for (Index n = 0; n < normal.size(); ++n)
    border += border_mean(normal.pixels.data() + n * normal.shape.size(), normal.shape);
  if (border_mean(one.pixels.data(), one.shape) > kBright && border / static_cast<double>(normal.size()) <= kBright)
    print_note(text(path, ": has a bright border, unlike the images of ", normal.images_path,
                    "; invert it if it is black on white"));
}

// One image as a data set: from a file, or a test image by its number.
Dataset marked_image(const AnomalyOptions& o, const Model& model, const Dataset& data, std::string& words) {
  Dataset one = data;
  one.labels.assign(1, 0);
  const bool number = o.image.find_first_not_of("0123456789") == std::string::npos;
  if (number) {
    const Index n = parse_indices(o.image, data.size(), "--image").front();
    const auto begin = data.pixels.begin() + n * data.shape.size();
    one.pixels.assign(begin, begin + data.shape.size());
    words = text(class_name(model, data, data.labels[static_cast<std::size_t>(n)]), " no. ", n);
    return one;
  }
  GreyImage image = read_image(o.image, o.data.invert ? Background::white : Background::black);
  one.pixels = std::move(image.pixels);
  one.shape = {1, image.height, image.width};
  change_images(one, o.data);
  if (one.shape != data.shape)
    fail(o.image, ": is ", image_shape_text(one.shape), ", the model takes ", image_shape_text(data.shape));
  note_unlike(o.image, one, data);
  words = std::filesystem::path(o.image).filename().string();
  return one;
}

void run_anomaly(const AnomalyOptions& o) {
  const PictureStyle style = o.picture.style();
  if (o.against.empty() && o.leave_out.empty() && !o.by_class && o.image.empty())
    fail("anomaly needs one of --against DIR, --leave-out CLASS, --by-class or --image");
  if (o.by_class && o.picture.wanted())
    fail("--by-class prints a table and draws no figure; --leave-out CLASS draws one for a class");
  const ModelFile file = read_model(o.file);
  const Model& model = file.model;
  const Dataset data = read_test_set(o.data, model), training = read_data(o.data, Split::train);
  require_images_for(model, training, o.file);
  const int left_out = o.leave_out.empty() ? -1 : find_class(model, data, o.leave_out, "--leave-out");
  std::string words;
  const std::optional<Dataset> one =
      o.image.empty() ? std::nullopt : std::optional(marked_image(o, model, data, words));
  ThreadPool pool(thread_count(o.threads));
  Waiting waiting("scoring images");
  const double typical = typical_score(model, training, pool);
  const std::vector<MeasuredScores> scores = score_images(model, data, o.images, typical, pool, waiting.on_progress());
  const std::vector<std::uint8_t> labels(data.labels.begin(),
                                         data.labels.begin() + static_cast<std::ptrdiff_t>(scores[0].scores.size()));
  if (o.by_class) {
    std::vector<Anomalies> classes;
    for (int label = 0; label < class_count(model, data); ++label)
      if (std::ranges::count(labels, label) > 0 && std::ranges::count(labels, label) < std::ssize(labels))
        classes.push_back(against_class(scores, labels, label, class_name(model, data, label)));
    if (classes.empty()) fail(data.labels_path, ": all images are of one class");
    return print_by_class(classes, o.json);
  }
  Anomalies result{dataset_title(data), {}, scores, {}, {}, {}};
  if (left_out >= 0) {
    result = against_class(scores, labels, left_out, class_name(model, data, left_out));
    if (result.outlier_scores[0].scores.empty() || result.inlier_scores[0].scores.empty())
      fail("--leave-out ", o.leave_out, ": either all images are of that class or none is");
  }
  if (!o.against.empty()) {
    const Dataset other = load_dataset(DataSource(o.against), Split::test);
    require_images_for(model, other, o.file);
    result.outliers = dataset_title(other);
    result.outlier_scores = score_images(model, other, o.images, typical, pool);
  }
  if (one) {
    result.marked.emplace();
    for (const MeasuredScores& measure : score_images(model, *one, 0, typical, pool))
      result.marked->push_back(measure.scores.front());
    result.marked_words = words;
  }
  if (o.json)
    print(anomalies_json(result).dump());
  else
    print_anomaly_text(result);
  if (o.picture.wanted()) o.picture.save(draw_anomalies(result, style));
}

}  // namespace

void add_anomaly(CLI::App& app) {
  auto options = std::make_shared<AnomalyOptions>();
  AnomalyOptions& o = *options;
  auto* command = app.add_subcommand("anomaly", "Score how unusual images are to a model");
  add_file_option(*command, o.file);
  add_data_options(*command, o.data);
  add_test_data_option(*command, o.data);
  auto* against = command->add_option("--against", o.against, "another data set, whose images are the anomalies");
  command
      ->add_option("--leave-out", o.leave_out,
                   "class whose test images are the anomalies; for a model trained without it")
      ->excludes(against);
  command->add_flag("--by-class", o.by_class, "take each class in turn as the anomalies")->excludes(against);
  command->add_option("--image", o.image, "score one image: a PNG or JPEG file, or the number of a test image");
  command->add_option("--images", o.images, "use at most this many images of each set; 0 for all")
      ->check(CLI::Range(0, 1 << 24))
      ->capture_default_str();
  add_common_options(*command, o, Threads::yes, "histograms of the scores");
  command->callback([options] { run_anomaly(*options); });
}

}  // namespace loom
