#include "explorer/model/images/input_image.h"

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "core/rng.h"
#include "data/idx_header.h"
#include "data/images/area_average.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

constexpr Index kLargestSide = 4096;
constexpr float kMargin = 1.0f / 14;       // on each side of the drawing, as a share of the image's side
constexpr float kFaint = 0.08f;            // fainter pixels count as background

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

}  // namespace

void InputImageTracker::update(const LoadedModel& model, const ExplorerState& state, const Picture& decoded,
                               const VisitorImage& own, const TestImages* originals) {
  const bool is_own = own.pixels.size() == model.file.model.spec.image.size();
  const bool is_encoded = !is_own && state.image >= 0 && state.image < model.file.test.size();
  const bool has_original = is_encoded && originals && originals->has(state.image);
  const Key key{&model,
                model.plane_serial,
                is_own ? own.serial : 0,
                is_own || is_encoded ? 0 : decoded.serial,
                is_encoded ? state.image : -1,
                has_original ? originals : nullptr};
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
    if (has_original) current_.x = originals->picture(state.image);
    const auto n = static_cast<Index>(state.image);
    current_.posterior.mu = model.file.test.mu.row(n);
    current_.posterior.logvar.resize(0, 0);
    if (model.variational()) current_.posterior.logvar = model.file.test.logvar.row(n);
  } else {
    current_.name = texts::kAtRingName;
    current_.x = decoded.pixels;
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
  const auto covers = [scale](float start, Index count, Index size) {
    std::vector<AreaCover> out;
    for (Index i = 0; i < count; ++i)
      out.push_back(area_cover(start + scale * static_cast<float>(i), start + scale * static_cast<float>(i + 1), size));
    return out;
  };
  const std::vector<AreaCover> rows = covers(y0, shape.height, height), columns = covers(x0, shape.width, width);
  Matrix x(1, shape.size());
  Index at = 0;
  for (Index c = 0; c < shape.channels; ++c)
    for (const AreaCover& row : rows)
      for (const AreaCover& column : columns)
        x(0, at++) = std::clamp(static_cast<float>(area_average(g.values.data(), width, row, column)), 0.0f, 1.0f);
  return x;
}

bool is_idx_of_images(std::span<const std::byte> bytes) { return starts_as_idx(bytes, IdxKind::images); }

TestImages read_visitor_images(std::span<const std::byte> bytes, std::string_view name) {
  const Shape shape = read_idx_header(bytes, std::string(name), IdxKind::images);
  const std::size_t start = idx_header_size(IdxKind::images), count = idx_value_count(shape);
  if (bytes.size() != start + count) fail(name, ": has ", bytes.size(), " bytes, its header promises ", start + count);
  const auto* values = reinterpret_cast<const std::uint8_t*>(bytes.data()) + start;
  return {std::string(name), {1, shape[1], shape[2]}, {values, values + count}};
}

}  // namespace loom
