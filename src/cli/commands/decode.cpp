#include <algorithm>
#include <cmath>
#include <memory>

#include "cli/commands/commands.h"
#include "cli/common.h"
#include "cli/common_options.h"
#include "core/error.h"
#include "core/files/file.h"
#include "plot/font.h"
#include "plot/image_colors.h"
#include "plot/png.h"

namespace loom {
namespace {

constexpr Index kMaxPoints = 400;  // of one figure
constexpr std::uint64_t kMaxPointsBytes = 16 << 20;
constexpr double kPointGap = 10;

std::vector<std::string_view> split(std::string_view line, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t end = std::min(line.find(separator, at), line.size());
    parts.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

// Points of a CSV file: lines of D numbers, or with a header that names columns mu_1 to mu_D, as `loom encode` writes
// it.
std::vector<std::string> points_of_csv(const std::string& path, Index dimensions) {
  const std::vector<std::byte> bytes = read_file(path, kMaxPointsBytes);
  const std::string_view content(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  std::vector<std::size_t> columns(static_cast<std::size_t>(dimensions));
  for (std::size_t d = 0; d < columns.size(); ++d) columns[d] = d;
  std::vector<std::string> points;
  Index number = 0;
  for (std::string_view line : split(content, '\n')) {
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    const std::vector<std::string_view> cells = split(line, ',');
    if (number == 1 && line.find("mu_1") != std::string_view::npos) {
      for (std::size_t d = 0; d < columns.size(); ++d) {
        const auto found = std::ranges::find(cells, text("mu_", d + 1));
        if (found == cells.end())
          fail(path, ": has no column mu_", d + 1, ", the model has ", dimensions, " dimensions");
        columns[d] = static_cast<std::size_t>(found - cells.begin());
      }
      continue;
    }
    std::string point;
    for (const std::size_t column : columns) {
      if (column >= cells.size())
        fail(path, ": line ", number, " has ", cells.size(), " numbers, the model has ", dimensions, " dimensions");
      point += text(point.empty() ? "" : ",", cells[column]);
    }
    points.push_back(std::move(point));
  }
  if (points.empty()) fail(path, ": holds no points");
  return points;
}

// The image of one point alone, in plain grey: 0 is black.
void save_picture_alone(const std::string& path, const Matrix& picture, const ImageShape& shape, Index scale) {
  PictureTheme black_and_white = kDarkTheme;
  black_and_white.paper = rgb(0);
  black_and_white.pencil = rgb(0xffffff);
  const ImageItem image = grey_image(picture.data(), shape, scale, {}, black_and_white);
  std::vector<Color> pixels;
  for (Index y = 0; y < image.height * scale; ++y)
    for (Index x = 0; x < image.width * scale; ++x)
      pixels.push_back(image.pixels[static_cast<std::size_t>(y / scale * image.width + x / scale)]);
  write_file_atomic(path, encode_png(pixels, image.width * scale, image.height * scale));
}

Canvas draw_points(const Matrix& z, const Matrix& pictures, const ImageShape& shape, Index scale,
                   const PictureStyle& style) {
  const PictureTheme& theme = *style.theme;
  const auto columns = static_cast<Index>(std::ceil(std::sqrt(static_cast<double>(z.rows()) * 1.6)));
  const bool labelled = z.cols() <= 3;
  std::vector<std::string> labels;
  double width = static_cast<double>(shape.width * scale);
  for (Index n = 0; labelled && n < z.rows(); ++n) {
    std::string label;
    for (Index d = 0; d < z.cols(); ++d) label += (d > 0 ? ", " : "") + number_text(static_cast<double>(z(n, d)), 2);
    width = std::max(width, text_width(label, kSmallSize));
    labels.push_back(std::move(label));
  }
  const double height = static_cast<double>(shape.height * scale) + (labelled ? 1.4 * kSmallSize : 0);
  const double across = static_cast<double>(std::min(columns, z.rows()));
  PicturePage page = begin_page(style, 2 * kMargin + across * (width + kPointGap) - kPointGap, "Decoded points",
                                labelled ? "The image that each point of the latent space decodes to." : "");
  for (Index n = 0; n < z.rows(); ++n) {
    const Position at{kMargin + static_cast<double>(n % columns) * (width + kPointGap),
                      page.top + static_cast<double>(n / columns) * (height + kPointGap)};
    page.canvas.add(grey_image(pictures.row(n).data(), shape, scale, at, theme));
    if (labelled)
      page.canvas.text({at.x, at.y + static_cast<double>(shape.height * scale) + 1.2 * kSmallSize},
                       labels[static_cast<std::size_t>(n)], kSmallSize, theme.muted);
  }
  page.top += static_cast<double>((z.rows() + columns - 1) / columns) * (height + kPointGap) - kPointGap;
  return page.finish();
}

struct DecodeOptions {
  std::string file, points;
  std::vector<std::string> z;
  Index scale = 0;
  PictureOptions picture;
};

void run_decode(const DecodeOptions& o) {
  const PictureStyle style = o.picture.style();
  const ModelFile file = read_model(o.file);
  const Index dimensions = file.model.spec.latent_dim;
  const bool csv = !o.points.empty();
  const std::vector<std::string> words = csv ? points_of_csv(o.points, dimensions) : o.z;
  const auto count = static_cast<Index>(words.size());
  if (count < 1) fail("decode needs points: --z 0.3,-1.2 or --points FILE.csv");
  if (count > kMaxPoints) fail("there are ", count, " points, one figure holds at most ", kMaxPoints);
  Matrix points(count, dimensions), pictures;
  for (Index n = 0; n < count; ++n)
    points.row(n) =
        parse_vector(words[static_cast<std::size_t>(n)], dimensions, csv ? text(o.points, ": point ", n + 1) : "--z");
  Workspace workspace;
  decode(file.model, points, workspace, pictures);
  const bool alone = count == 1 && o.picture.out.ends_with(".png");
  if (alone)
    save_picture_alone(o.picture.out, pictures, file.model.spec.image, o.scale > 0 ? o.scale : 8);
  else
    o.picture.save(draw_points(points, pictures, file.model.spec.image, o.scale > 0 ? o.scale : 3, style));
  print(text("wrote ", o.picture.out));
}

}  // namespace

void add_decode(CLI::App& app) {
  auto options = std::make_shared<DecodeOptions>();
  DecodeOptions& o = *options;
  auto* command = app.add_subcommand("decode", "Decode points of the latent space into images");
  add_file_option(*command, o.file);
  auto* z = command->add_option("--z", o.z, "coordinates separated by commas, as 0.3,-1.2; may be given several times")
                ->take_all();
  auto* points =
      command->add_option("--points", o.points, "CSV file with one point per line, as `loom encode` writes it");
  z->excludes(points);
  add_picture_options(*command, o.picture, "the images");
  command->get_option("--out")->required();
  command->add_option("--scale", o.scale, "enlargement of each pixel; 8 for one image and 3 for several if not given")
      ->check(CLI::Range(1, 64));
  command->callback([options] { run_decode(*options); });
}

}  // namespace loom
