#include "explorer/draw/unit_strip.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/text.h"
#include "explorer/draw/colormap.h"
#include "explorer/layout/layout.h"

namespace loom {
namespace {

constexpr float kSquare = 12, kSquareFinger = 20, kSmallMap = 18, kLargeMap = 27, kFewImages = 60, kPicture = 88,
                kPictureFinger = 64;  // points
constexpr float kWidestNumber = 72, kRowOfNumbers = 24;  // of a few numbers
constexpr Index kFewNumbers = 6, kLargeFrom = 9;  // units; pixels of a side
constexpr std::size_t kUnitRows = 2, kMapRows = 3;

// The colours of the numbers from -1 to 1.
class Shades {
 public:
  explicit Shades(const Palette& colors) {
    for (std::size_t i = 0; i < kCount; ++i)
      shades_[i] = diverging(colors, 2 * static_cast<float>(i) / (kCount - 1) - 1);
  }
  Color of(float value) const {
    const float at = (std::clamp(value, -1.0f, 1.0f) + 1) / 2 * static_cast<float>(kCount - 1);
    return shades_[static_cast<std::size_t>(at + 0.5f)];
  }

 private:
  static constexpr std::size_t kCount = 255;
  std::array<Color, kCount> shades_;
};

// Square images side by side in one texture, each with a border that repeats its edge, because textures are drawn
// interpolated.
struct Sheet {
  static constexpr Index kMostColumns = 16, kBorder = 1;
  Index side, columns, rows;  // side: of an image without its border, in pixels of the texture

  Sheet(Index side_, std::size_t count)
      : side(side_),
        columns(std::min(kMostColumns, static_cast<Index>(count))),
        rows((static_cast<Index>(count) + columns - 1) / columns) {}

  Index place() const { return side + 2 * kBorder; }
  Index left(std::size_t i) const { return static_cast<Index>(i) % columns * place(); }
  Index top(std::size_t i) const { return static_cast<Index>(i) / columns * place(); }
  Pixels empty() const { return blank(static_cast<int>(columns * place()), static_cast<int>(rows * place()), 0); }

  // Puts an image of height x width colours into the middle of place i, each colour `factor` pixels wide.
  template <class ColorOf>
  void put(Pixels& pixels, std::size_t i, Index height, Index width, Index factor, ColorOf&& color_of) const {
    const Index across = (side - width * factor) / 2, down = (side - height * factor) / 2;
    for (Index y = 0; y < place(); ++y)
      for (Index x = 0; x < place(); ++x) {
        const Index row = std::clamp<Index>(y - kBorder, 0, side - 1) - down;
        const Index column = std::clamp<Index>(x - kBorder, 0, side - 1) - across;
        if (row < 0 || column < 0 || row >= height * factor || column >= width * factor) continue;
        pixels.row(static_cast<int>(top(i) + y))[left(i) + x] = color_of(row / factor, column / factor);
      }
  }

  // The texture coordinates of two corners of image i.
  std::array<ImVec2, 2> corners(std::size_t i) const {
    const auto width = static_cast<float>(columns * place()), height = static_cast<float>(rows * place());
    const auto x = static_cast<float>(left(i) + kBorder), y = static_cast<float>(top(i) + kBorder);
    const auto s = static_cast<float>(side);
    return {ImVec2{x / width, y / height}, ImVec2{(x + s) / width, (y + s) / height}};
  }
};

// The size of the images that a stage shows.
ImageShape image_of(const InsideStage& stage, const ImageShape& picture) {
  if (stage.look == UnitLook::map) return {1, stage.shape.height, stage.shape.width};
  return {1, picture.height, picture.width};
}

void draw_images(const Painter& painter, const Rect& area, const Inside& inside, std::size_t s, const UnitGrid& grid,
                 const std::vector<Index>& units, const std::string& id, Textures& textures) {
  const InsideStage& stage = inside.stages()[s];
  const Palette& colors = painter.colors();
  const ImageShape shape = image_of(stage, inside.picture_shape());
  const bool grey = s == 0 && stage.look == UnitLook::picture;  // the encoder's input
  const Index longer = std::max(shape.height, shape.width);
  const Index factor = std::clamp<Index>(static_cast<Index>(std::ceil(grid.side * painter.scale())) / longer, 1, 8);
  const Index side = factor * longer;
  std::uint64_t serial = inside.serial() * 2 + colors.dark;
  for (const std::uint64_t part : {static_cast<std::uint64_t>(side), static_cast<std::uint64_t>(units.size()),
                                   static_cast<std::uint64_t>(units.back())})
    serial = serial * 1000003 + part;
  const Sheet sheet(side, units.size());
  const ImTextureID texture = textures.get(id, serial, [&] {
    const Shades shades(colors);
    Pixels pixels = sheet.empty();
    for (std::size_t i = 0; i < units.size(); ++i) {
      RowVector values;
      const float full = stage.full[static_cast<std::size_t>(units[i])];
      if (stage.look == UnitLook::weights)
        values = inside.weighted(s, units[i]);
      else if (stage.look == UnitLook::map)
        values = inside.maps(s).row(units[i]);
      else
        values = ConstMatrixMap(inside.maps(s).data(), 1, inside.maps(s).size());
      sheet.put(pixels, i, shape.height, shape.width, factor, [&](Index y, Index x) {
        const auto value = static_cast<float>(values[y * shape.width + x]);
        return grey ? mixed(colors.paper, colors.pencil, std::clamp(value, 0.0f, 1.0f)) : shades.of(value / full);
      });
    }
    return pixels;
  });
  for (std::size_t i = 0; i < units.size(); ++i) {
    const Rect cell = grid.cell(area, i), place = painter.pixel_rect(cell.inset(1));
    painter.fill(cell, colors.line);  // its frame; quicker to draw than an outline
    painter.fill(cell.inset(1), colors.plane);
    const auto [from, to] = sheet.corners(i);
    if (texture) painter.list().AddImage(texture, {place.x, place.y}, {place.right(), place.bottom()}, from, to);
  }
}

void draw_numbers(const Painter& painter, const Rect& area, const Inside& inside, std::size_t s, const UnitGrid& grid,
                  const std::vector<Index>& units) {
  const std::string_view label = s == 0 ? "z" : "";
  const InsideStage& stage = inside.stages()[s];
  const Shades shades(painter.colors());
  for (std::size_t i = 0; i < units.size(); ++i) {
    const Rect cell = grid.cell(area, i);
    const float value = inside.activation(s, units[i]);
    const Color color = shades.of(value / stage.full[static_cast<std::size_t>(units[i])]);
    painter.fill(cell, mixed(painter.colors().line, color, 0.5f));
    painter.fill(cell.inset(1), color);
    if (stage.units() <= kFewNumbers)
      painter.text(
          TextSize::small, cell.center(), readable_on(color),
          text(label, label.empty() ? "" : text(units[i] + 1, "  "), number_text(static_cast<double>(value), 2)),
          Align::center);
  }
}

}  // namespace

Rect UnitGrid::cell(const Rect& area, std::size_t i) const {
  return {area.x + static_cast<float>(i % columns) * (width + gap),
          area.y + static_cast<float>(i / columns) * (side + gap), width, side};
}

UnitGrid unit_grid(const InsideStage& stage, float width, bool narrow) {
  UnitGrid grid;
  const auto units = static_cast<std::size_t>(stage.units());
  if (stage.look == UnitLook::picture) {
    grid.side = grid.width = narrow ? kPictureFinger : kPicture;
    return grid;
  }
  grid.gap = 2;
  if (stage.look == UnitLook::number && stage.units() <= kFewNumbers) {
    grid.columns = grid.shown = units;
    grid.side = kRowOfNumbers;
    grid.width = std::min(kWidestNumber, std::floor((width + grid.gap) / static_cast<float>(units)) - grid.gap);
    return grid;
  }
  const bool large = stage.look == UnitLook::weights || std::max(stage.shape.height, stage.shape.width) >= kLargeFrom;
  const float side = stage.look == UnitLook::number ? (narrow ? kSquareFinger : kSquare)
                     : !large                       ? kSmallMap
                     : stage.units() <= kFewNumbers ? kFewImages
                                                    : kLargeMap;
  grid.columns = std::max<std::size_t>(1, static_cast<std::size_t>((width + grid.gap) / (side + grid.gap)));
  const float fitted = (width + grid.gap) / static_cast<float>(grid.columns) - grid.gap;
  grid.side = grid.width = std::floor(std::min(fitted, side + 2) * 2) / 2;
  const std::size_t rows = stage.look == UnitLook::map && large ? kMapRows : kUnitRows;
  grid.shown = std::min(units, rows * grid.columns);
  grid.columns = std::min(grid.columns, grid.shown);
  return grid;
}

std::vector<Index> shown_units(const InsideStage& stage, const UnitGrid& grid, Index chosen) {
  std::vector<Index> units(stage.order.begin(), stage.order.begin() + static_cast<std::ptrdiff_t>(grid.shown));
  if (units.size() == stage.order.size()) std::ranges::sort(units);
  if (chosen >= 0 && std::ranges::find(units, chosen) == units.end()) units.back() = chosen;
  return units;
}

UnitHit draw_units(const Painter& painter, const Rect& area, const Inside& inside, std::size_t s, const UnitGrid& grid,
                   Index chosen, const std::string& id, Textures& textures) {
  const InsideStage& stage = inside.stages()[s];
  const Palette& colors = painter.colors();
  const bool picture = stage.look == UnitLook::picture;
  const std::vector<Index> units = picture ? std::vector<Index>{0} : shown_units(stage, grid, chosen);
  if (stage.look == UnitLook::number)
    draw_numbers(painter, area, inside, s, grid, units);
  else
    draw_images(painter, area, inside, s, grid, units, id, textures);
  UnitHit hit;
  if (s == 0) return hit;
  const Rect all{area.x, area.y, static_cast<float>(grid.columns) * (grid.width + grid.gap) - grid.gap, grid.height()};
  const Press press = painter.tap(id.c_str(), all);
  hit.clicked = press.clicked;
  if (press.hovered) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const Point at{mouse.x / painter.scale() - all.x, mouse.y / painter.scale() - all.y};
    const auto column = static_cast<std::size_t>(std::max(0.0f, at.x / (grid.width + grid.gap)));
    const auto row = static_cast<std::size_t>(std::max(0.0f, at.y / (grid.side + grid.gap)));
    const std::size_t i = row * grid.columns + column;
    if (picture && stage.shape.height == 1) {  // each pixel is a unit
      const ImageShape& shape = inside.picture_shape();
      const Index longer = std::max(shape.height, shape.width);
      const auto pixel = [&](float share, Index count) {
        const auto in_square = static_cast<Index>(share * static_cast<float>(longer));
        return std::clamp<Index>(in_square - (longer - count) / 2, 0, count - 1);
      };
      hit.unit = pixel(at.y / all.height, shape.height) * shape.width + pixel(at.x / all.width, shape.width);
    } else if (column < grid.columns && i < units.size()) {
      hit.unit = units[i];
      painter.outline(grid.cell(area, i).inset(-1), colors.ink, 2, 1.5f);
    }
  } else if (press.clicked) {
    hit.unit = stage.order.front();
  }
  for (std::size_t i = 0; i < units.size() && !picture; ++i)
    if (units[i] == chosen) painter.outline(grid.cell(area, i).inset(-2), colors.accent, 3, 2);
  if (picture && chosen >= 0) painter.outline(all.inset(-2), colors.accent, 3, 2);
  return hit;
}

}  // namespace loom
