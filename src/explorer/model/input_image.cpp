#include "explorer/model/input_image.h"

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "core/rng.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

constexpr Index kLargestSide = 4096;
constexpr float kMargin = 1.0f / 14;       // on each side of the drawing, as a share of the image's side
constexpr float kFaint = 0.08f;            // fainter pixels count as background
constexpr std::size_t kIdxHeader = 16;

std::uint32_t big_endian(std::span<const std::byte> bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<std::uint32_t>(bytes[at + i]);
  return value;
}

struct Grey {
  std::vector<float> values;
  Index width, height;
  float at(Index x, Index y) const { return values[static_cast<std::size_t>(y * width + x)]; }
};

float rim_brightness(const Grey& g) {
  double sum = 0;
  for (Index x = 0; x < g.width; ++x) sum += g.at(x, 0) + g.at(x, g.height - 1);
  for (Index y = 0; y < g.height; ++y) sum += g.at(0, y) + g.at(g.width - 1, y);
  return static_cast<float>(sum / static_cast<double>(2 * (g.width + g.height)));
}

// The mean over a rectangle with fractional edges; outside the image it is dark.
float area_mean(const Grey& g, float x0, float y0, float x1, float y1) {
  double sum = 0;
  const auto cover = [](float low, float high, Index i) {
    return std::max(0.0f, std::min(high, static_cast<float>(i + 1)) - std::max(low, static_cast<float>(i)));
  };
  for (Index y = std::max<Index>(0, static_cast<Index>(y0));
       y < std::min<Index>(g.height, static_cast<Index>(std::ceil(y1))); ++y)
    for (Index x = std::max<Index>(0, static_cast<Index>(x0));
         x < std::min<Index>(g.width, static_cast<Index>(std::ceil(x1))); ++x)
      sum += g.at(x, y) * cover(x0, x1, x) * cover(y0, y1, y);
  return static_cast<float>(sum / ((x1 - x0) * (y1 - y0)));
}

}  // namespace

Matrix VisitorImages::picture(Index n) const {
  Matrix x(1, shape.size());
  for (Index i = 0; i < shape.size(); ++i)
    x(0, i) = static_cast<Scalar>(values[static_cast<std::size_t>(n * shape.size() + i)]) / Scalar(255);
  return x;
}

void InputImageTracker::update(const LoadedModel& model, const ExplorerState& state, const Picture& garment,
                               const VisitorImage& own, const VisitorImages& set) {
  const bool is_own = own.pixels.size() == model.file.model.spec.image.size();
  const bool is_encoded = !is_own && state.image >= 0 && state.image < model.file.test.size();
  const Key key{&model,
                model.plane_serial,
                is_own ? own.serial : 0,
                is_encoded ? set.serial : 0,
                is_own || is_encoded ? 0 : garment.serial,
                is_encoded ? state.image : -1};
  if (key == key_) return;
  key_ = key;
  ++current_.serial;
  current_.origin = is_own ? Origin::visitor : is_encoded ? Origin::encoded : Origin::ring;
  current_.image = key.image;
  current_.x.resize(0, 0);
  if (is_own) {
    current_.name = own.name;
    current_.x = own.pixels;
  } else if (is_encoded) {
    current_.name = texts::test_image_name(state.image);
    if (set.shape == model.file.model.spec.image && set.size() == model.file.test.size())
      current_.x = set.picture(state.image);
    const auto n = static_cast<Index>(state.image);
    current_.posterior.mu = model.file.test.mu.row(n);
    current_.posterior.logvar.resize(0, 0);
    if (model.variational()) current_.posterior.logvar = model.file.test.logvar.row(n);
  } else {
    current_.name = texts::kAtRingName;
    current_.x = garment.pixels;
  }
  if (!is_encoded && current_.x.size() > 0) encode(model.file.model, current_.x, workspace_, current_.posterior);
  if (current_.posterior.mu.rows() == 0) return;
  current_.mu = model.plane.project(RowVector(current_.posterior.mu.row(0)));
  current_.sigma = current_.posterior.logvar.size() > 0
                       ? model.plane.deviation(RowVector(current_.posterior.logvar.row(0)))
                       : Point{};
}

std::int32_t next_test_image(Index count, std::int32_t image) {
  constexpr std::uint64_t kSeed = 11;
  Rng rng(kSeed, Stream::sample, static_cast<std::uint64_t>(image + 1));
  return static_cast<std::int32_t>(rng.below(static_cast<std::uint64_t>(count)));
}

Matrix fitted_image(std::span<const std::uint8_t> grey, Index width, Index height, const ImageShape& shape,
                    std::string_view name) {
  if (width < 1 || height < 1 || width > kLargestSide || height > kLargestSide ||
      grey.size() != static_cast<std::size_t>(width * height))
    fail(name, ": an image of ", width, "x", height, " pixels, expected 1x1 to ", kLargestSide, "x", kLargestSide);
  Grey g{{}, width, height};
  g.values.reserve(grey.size());
  for (const std::uint8_t v : grey) g.values.push_back(static_cast<float>(v) / 255);
  if (rim_brightness(g) > 0.5f)
    for (float& v : g.values) v = 1 - v;
  // The bounding box of the foreground; the whole image if there is none.
  Index left = width, right = -1, top = height, bottom = -1;
  for (Index y = 0; y < height; ++y)
    for (Index x = 0; x < width; ++x)
      if (g.at(x, y) > kFaint)
        left = std::min(left, x), right = std::max(right, x), top = std::min(top, y), bottom = std::max(bottom, y);
  if (right < 0) left = top = 0, right = width - 1, bottom = height - 1;
  const auto box_width = static_cast<float>(right - left + 1), box_height = static_cast<float>(bottom - top + 1);
  const auto out_width = static_cast<float>(shape.width), out_height = static_cast<float>(shape.height);
  const float inner = 1 - 2 * kMargin;
  const float scale = std::max(box_width / (inner * out_width), box_height / (inner * out_height));  // pixels per pixel
  const float x0 = static_cast<float>(left) + box_width / 2 - scale * out_width / 2;
  const float y0 = static_cast<float>(top) + box_height / 2 - scale * out_height / 2;
  Matrix x(1, shape.size());
  for (Index c = 0; c < shape.channels; ++c)
    for (Index row = 0; row < shape.height; ++row)
      for (Index column = 0; column < shape.width; ++column) {
        const float at_x = x0 + scale * static_cast<float>(column), at_y = y0 + scale * static_cast<float>(row);
        x(0, (c * shape.height + row) * shape.width + column) =
            std::clamp(area_mean(g, at_x, at_y, at_x + scale, at_y + scale), 0.0f, 1.0f);
      }
  return x;
}

bool is_idx_of_images(std::span<const std::byte> bytes) {
  return bytes.size() >= kIdxHeader && big_endian(bytes, 0) == 0x803;
}

VisitorImages read_visitor_images(std::span<const std::byte> bytes, std::string_view name) {
  if (!is_idx_of_images(bytes)) fail(name, ": not an IDX file of images (it should begin with 00 00 08 03)");
  const std::uint32_t count = big_endian(bytes, 4), height = big_endian(bytes, 8), width = big_endian(bytes, 12);
  const auto most = static_cast<std::uint32_t>(kMaxImageSide);
  if (count < 1 || height < 1 || width < 1 || height > most || width > most)
    fail(name, ": ", count, " images of ", height, "x", width, ", wanted at least 1, with sides of 1 to ", most);
  const std::uint64_t expected = kIdxHeader + std::uint64_t{count} * height * width;
  if (bytes.size() != expected) fail(name, ": has ", bytes.size(), " bytes, its header promises ", expected);
  VisitorImages set;
  set.name = name;
  set.shape = {1, static_cast<Index>(height), static_cast<Index>(width)};
  const auto* values = reinterpret_cast<const std::uint8_t*>(bytes.data()) + kIdxHeader;
  set.values.assign(values, values + (expected - kIdxHeader));
  return set;
}

}  // namespace loom
