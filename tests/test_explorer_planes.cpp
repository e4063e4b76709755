// A plane with exchanged axes shows the mirrored picture; planes of spaces with more dimensions agree with values that
// are computed directly.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>

#include "analysis/bound/anomaly.h"
#include "core/text.h"
#include "explorer/link/link.h"
#include "explorer/platform/render.h"
#include "explorer_screen.h"

namespace loom {
namespace {

constexpr int kSide = 360;

std::unique_ptr<Explorer> explorer_at(const std::string& plane, const std::string& rest) {
  // Weights as large as those of a trained model, so that the images differ from place to place.
  ModelFile file = explorer_file();
  for (const Parameter& parameter : parameters(file.model))
    for (Scalar& value : parameter.value) value *= 3;
  auto explorer = std::make_unique<Explorer>();
  open_visitor_file(*explorer, "small.safetensors", save_model(file, Precision::f32));
  set_state(*explorer, read_link(text("m=small&plane=", plane, '&', rest)));
  return explorer;
}

Pixels picture(Explorer& explorer) {
  return render(explorer, {kSide, kSide, 1}, [](Explorer&) {});
}

// How much two pictures differ, from 0 to 255: the mean over blocks of pixels, in which the lines of a hatching and the
// heads of arrows count by their number. `mirrored`: from the picture mirrored at the diagonal z1 = z2.
double pixel_difference(const Pixels& a, const Pixels& b, bool mirrored) {
  constexpr int kBlock = 18;
  const auto block = [](const Pixels& pixels, int column, int row, int shift) {
    int sum = 0;
    for (int y = row * kBlock; y < (row + 1) * kBlock; ++y)
      for (int x = column * kBlock; x < (column + 1) * kBlock; ++x)
        sum += static_cast<int>(pixels.values[static_cast<std::size_t>(y * kSide + x)] >> shift & 0xff);
    return static_cast<double>(sum) / (kBlock * kBlock);
  };
  constexpr int kBlocks = kSide / kBlock;
  double sum = 0;
  for (int row = 0; row < kBlocks; ++row)
    for (int column = 0; column < kBlocks; ++column)
      for (int shift = 0; shift < 24; shift += 8)
        sum += std::abs(block(a, column, row, shift) -
                        block(b, mirrored ? kBlocks - 1 - row : column, mirrored ? kBlocks - 1 - column : row, shift));
  return sum / (3 * kBlocks * kBlocks);
}

TEST_CASE("planes: every overlay on plane=1,0 is the mirror image of the one on plane=0,1") {
  const std::string rest = "&v=0,0,3&image=7&marks=0&names=0&hide=all,-plane,axes,prior,ring,notes&theme=light";
  for (std::size_t i = 1; i < overlays().size(); ++i) {
    const std::string key(overlays()[i].key);
    if (key == "tiles") continue;  // its images stand upright on either plane: see the next test
    CAPTURE(key);
    auto straight = explorer_at("0,1", text("z=0.4,-0.3&overlay=", key, rest));
    auto swapped = explorer_at("1,0", text("z=-0.3,0.4&overlay=", key, rest));
    const Pixels a = picture(*straight), b = picture(*swapped);
    CHECK(pixel_difference(a, b, true) < 3);
    const bool differs = pixel_difference(a, b, false) > 3 * pixel_difference(a, b, true);
    CHECK_MESSAGE(differs, "leave it out if it is its own mirror image");
    const auto lines = [](const Explorer& e) {
      const Legend legend = layer_of(e)->legend(context_of(e, {0, 0, kSide, kSide}));
      std::string all = legend.brief + legend.unit;
      for (const std::string& line : legend.lines) all += '\n' + line;
      return all;
    };
    CHECK(lines(*straight) == lines(*swapped));
  }
}

// The textures, of 8 x 8 tiles, that are drawn at some points of the plane.
std::vector<Pixels> tile_textures(const std::string& plane, std::span<const Point> points) {
  Screen screen(900, 900);
  auto explorer = explorer_at(plane, "z=0,0&overlay=tiles&v=0,0,2&marks=0&names=0&hide=all,-plane");
  screen.settle(*explorer);
  const Rect area = layout_of(*explorer, 900, 900).plane;
  const View view = current_view(explorer->state, explorer->model);
  std::vector<Pixels> textures;
  for (const Point point : points) {
    const Pixels* shown = screen.shown_at(to_screen(view, area, point));
    REQUIRE(shown);
    textures.push_back(*shown);
  }
  return textures;
}

TEST_CASE("planes: the tiles of plane=1,0 are upright, each where z1 and z2 are exchanged") {
  constexpr int kTiles = 8;  // along a side of a texture
  const std::vector<Point> points{{0.3f, 0.9f}, {-1.1f, 0.4f}, {1.2f, -0.7f}};
  std::vector<Point> exchanged;
  for (const Point p : points) exchanged.push_back({p.y, p.x});
  const std::vector<Pixels> straight = tile_textures("0,1", points), swapped = tile_textures("1,0", exchanged);
  int compared = 0, different = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    REQUIRE(straight[i].width == swapped[i].width);
    REQUIRE(straight[i].height == swapped[i].height);
    const int width = straight[i].width / kTiles, height = straight[i].height / kTiles;
    // Tiles are counted from the left and from the bottom.
    const auto tile = [&](const Pixels& texture, int x, int y) {
      std::vector<Color> colors;
      for (int row = (kTiles - 1 - y) * height; row < (kTiles - y) * height; ++row) {
        const Color* first = texture.row(row) + x * width;
        colors.insert(colors.end(), first, first + width);
      }
      return colors;
    };
    const auto is_missing = [](const std::vector<Color>& colors) { return colors[0] >> 24 == 0; };  // off the screen
    for (int y = 0; y < kTiles; ++y)
      for (int x = 0; x < kTiles; ++x) {
        const std::vector<Color> one = tile(straight[i], x, y), other = tile(swapped[i], y, x);
        if (is_missing(one) || is_missing(other)) continue;
        int most = 0;  // batches may differ in the last bit
        for (std::size_t k = 0; k < one.size(); ++k)
          for (int shift = 0; shift < 24; shift += 8)
            most = std::max(
                most, std::abs(static_cast<int>(one[k] >> shift & 0xff) - static_cast<int>(other[k] >> shift & 0xff)));
        CHECK(most <= 2);
        ++compared;
        different += one != tile(straight[i], y, x);
      }
  }
  CHECK(compared > 20);
  CHECK(different > 0);  // else exchanging z1 and z2 would change nothing that this test sees
}

TEST_CASE("planes: the refined posterior of plane=1,0 lies where that of plane=0,1 does, mirrored") {
  const std::string rest = "&v=0,0,3&image=7&marks=0&names=0&hide=all,-plane,axes,prior,ring,notes&theme=light";
  auto straight = explorer_at("0,1", "z=0.4,-0.3&overlay=posterior" + rest);
  auto swapped = explorer_at("1,0", "z=-0.3,0.4&overlay=posterior" + rest);
  for (Explorer* explorer : {straight.get(), swapped.get()}) {
    picture(*explorer);
    apply(*explorer, PressOverlay{});
  }
  const Pixels a = picture(*straight), b = picture(*swapped);
  CHECK(pixel_difference(a, b, true) < 3);
}

TEST_CASE("planes: every tool shows the same numbers on plane=1,0") {
  for (const char* key : {"path", "merge", "noise", "strange", "near", "border", "sample"}) {
    CAPTURE(key);
    const auto lines = [&](const std::string& plane, const std::string& places) {
      Screen screen(1280, 800);
      auto explorer = explorer_at(plane, text(places, "&image=7&pair=0,2&path=geodesic&noise=gaussian,0.2&tool=", key));
      screen.settle(*explorer);
      std::string all;
      for (const AccessibleNode& line : screen.ui.nodes.list)
        if (line.words.find('(') == std::string::npos)  // coordinates, which are swapped
          all += text(line.words, '|', line.value, '\n');
      return all;
    };
    const std::string straight = lines("0,1", "z=0.4,-0.3&a=-1,0.5&b=1.25,-0.25");
    CHECK(straight == lines("1,0", "z=-0.3,0.4&a=0.5,-1&b=-0.25,1.25"));
    CHECK(straight.size() > 40);
  }
}

TEST_CASE("planes: density, decoded image and marks of a 10-D model equal those computed directly") {
  auto explorer = small_explorer(true, 10);
  PlaneChoice choice{.principal = false, .axes = {7, 3}, .others = {0.5f, 0, 0, 0, 0, -0.25f}};
  apply(*explorer, SetPlane{choice});
  edit(*explorer, [](ExplorerState& s) { s.z = {0.3f, -0.2f}; });
  advance(*explorer, {});
  const LoadedModel& model = *explorer->model;
  RowVector code = RowVector::Zero(10);
  code[0] = 0.5f, code[5] = -0.25f, code[7] = 0.3f, code[3] = -0.2f;
  CHECK(model.plane.code({0.3f, -0.2f}) == code);
  Workspace workspace;
  Matrix expected;
  decode(model.file.model, Matrix(code), workspace, expected);
  CHECK(explorer->decoder.picture().pixels == expected);
  const EncodedSet& test = model.file.test;
  double density = 0;
  for (Index n = 0; n < test.size(); ++n) {
    double product = 1;
    for (const auto& [axis, at] : {std::pair<Index, double>{7, 0.3}, {3, -0.2}}) {
      const double sigma = std::exp(static_cast<double>(test.logvar(n, axis)) / 2);
      const double away = (at - static_cast<double>(test.mu(n, axis))) / sigma;
      product *= std::exp(-away * away / 2) / (sigma * std::sqrt(2 * std::numbers::pi));
    }
    density += product / static_cast<double>(test.size());
  }
  CHECK(explorer->decoder.neighbourhood().density == doctest::Approx(density).epsilon(1e-4));
  CHECK(model.mu[5] == Point{test.mu(5, 7), test.mu(5, 3)});
}

TEST_CASE("planes: axes that a model does not have become its first two, not a mirrored plane") {
  auto explorer = small_explorer();
  apply(*explorer, SetPlane{{.principal = false, .axes = {2, 3}, .others = {}}});
  advance(*explorer, {});
  CHECK(explorer->state.plane == PlaneChoice{});
}

TEST_CASE("planes: axes, sliders and links reach all 1024 dimensions of a latent space") {
  auto explorer = small_explorer(true, 1024);
  apply(*explorer, SetPlane{{.principal = false, .axes = {1023, 257}, .others = {}}});
  apply(*explorer, SetCoordinate{1000, 0.5f});
  advance(*explorer, {});
  CHECK(explorer->state.plane.axes == std::array<std::uint16_t, 2>{1023, 257});
  const RowVector code = explorer->model->plane.code({0.25f, -0.5f});
  CHECK(code[1023] == 0.25f);
  CHECK(code[257] == -0.5f);
  CHECK(code[1000] == 0.5f);
  CHECK(read_link(write_link(explorer->state)).plane == explorer->state.plane);
  // The plane tool's arrow goes from the last axis to the first.
  Screen screen(1280, 800);
  edit(*explorer, [](ExplorerState& s) { s.tool = find_tool("plane"); });
  screen.settle(*explorer);
  const auto up =
      std::ranges::find_if(screen.ui.drawn.pressables, [](const auto& p) { return p.first == "axis up 0"; });
  REQUIRE(up != screen.ui.drawn.pressables.end());
  screen.click(*explorer, up->second.center());
  CHECK(explorer->state.plane.axes[0] == 0);
}

}  // namespace
}  // namespace loom
