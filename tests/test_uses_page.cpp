// The page's tools show what the command line computes: the same images for the same seed, to the byte.
#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "data/images/corruption.h"
#include "explorer/draw/upscale.h"
#include "explorer_screen.h"
#include "uses/interpolation.h"
#include "uses/reconstruction.h"
#include "uses/samples.h"

namespace loom {
namespace {

// What the screen gave to the graphics card, in order.
struct Uploads {
  struct One {
    std::vector<std::uint32_t> pixels;
    Index width;
  };
  std::vector<One> all;

  explicit Uploads(Screen& screen) {
    screen.ui.textures.upload = [this, card = screen.ui.textures.upload](
                                    ImTextureID texture, std::span<const std::uint32_t> pixels, int width, int height) {
      all.push_back({{pixels.begin(), pixels.end()}, width});
      return card(texture, pixels, width, height);
    };
  }

  bool has(const Matrix& images, Index row, const ImageShape& shape) const {
    const std::span<const float> pixels(images.row(row).data(), static_cast<std::size_t>(shape.size()));
    return std::ranges::any_of(all, [&](const One& one) {
      return one.width % shape.width == 0 && one.pixels == upscaled_alpha(pixels, shape, one.width / shape.width);
    });
  }
};

}  // namespace

TEST_CASE("sample: the tool and `loom sample` draw the same images for the same seed") {
  for (const SampleSource source : {SampleSource::prior, SampleSource::aggregate, SampleSource::one_class})
    for (const bool bernoulli : {false, true}) {
      CAPTURE(static_cast<int>(source));
      CAPTURE(bernoulli);
      Screen screen(1280, 800);
      Uploads uploads(screen);
      auto explorer = small_explorer();
      edit(*explorer, [&](ExplorerState& s) {
        s.tool = find_tool("sample");
        s.source = source;
        s.source_class = 2;
        s.bernoulli = bernoulli;
        s.draw = 7;
      });
      screen.settle(*explorer);
      const ModelFile& file = explorer->model->file;
      SampleRequest request{.source = source, .label = 2, .count = 40, .seed = 7, .bernoulli = bernoulli};
      const Samples samples = draw_samples(file, request);
      for (Index i = 0; i < 15; ++i) CHECK(uploads.has(samples.images, i, file.model.spec.image));
      CHECK_FALSE(uploads.has(samples.images, 20, file.model.spec.image));  // fifteen are shown
      request.seed = 8;
      CHECK_FALSE(uploads.has(draw_samples(file, request).images, 0, file.model.spec.image));
    }
}

TEST_CASE("sample: the tool shows no samples of a class without images in the file") {
  const auto uploads_for = [](std::uint8_t of_class) {
    Screen screen(1280, 800);
    Uploads uploads(screen);
    auto explorer = small_explorer();
    edit(*explorer, [&](ExplorerState& s) {
      s.tool = find_tool("sample");
      s.source = SampleSource::one_class;
      s.source_class = of_class;
    });
    screen.settle(*explorer);
    return uploads.all.size();
  };
  CHECK(uploads_for(2) == uploads_for(9) + 15);
}

TEST_CASE("interpolate: the tool shows the codes that `loom interpolate` decodes") {
  for (const PathKind kind : {PathKind::straight, PathKind::spherical}) {
    Screen screen(1280, 800);
    Uploads uploads(screen);
    auto explorer = small_explorer();
    edit(*explorer, [&](ExplorerState& s) {
      s.tool = find_tool("path");
      s.path = kind;
      s.pins = {Point{-1.5f, 0.25f}, Point{1.5f, 0.5f}};
    });
    screen.settle(*explorer);
    RowVector from(2), to(2);
    from << -1.5f, 0.25f;
    to << 1.5f, 0.5f;
    const ModelFile& file = explorer->model->file;
    const InterpolatedPath path = interpolate(file.model, kind, from, to, 17);
    for (Index i = 0; i < 17; i += 2) CHECK(uploads.has(path.images, i, file.model.spec.image));
  }
}

TEST_CASE(
    "denoise: the tool adds the same noise to test image n as `loom denoise`, and restores it with the same model") {
  Screen screen(1280, 800);
  Uploads uploads(screen);
  auto explorer = small_explorer();
  edit(*explorer, [&](ExplorerState& s) {
    s.tool = find_tool("noise");
    s.image = 4;
    s.noise = 0.3f;
  });
  screen.settle(*explorer);
  const ModelFile& file = explorer->model->file;
  Workspace workspace;
  Posterior code;
  Matrix noisy, mended;
  decode(file.model, Matrix(file.test.mu.row(4)), workspace, noisy);  // its original is not in the file
  corrupt(corruptions()[explorer->state.noise_kind], double{explorer->state.noise}, 0, 4, noisy);
  autoencode(file.model, noisy, workspace, code, mended);
  CHECK(uploads.has(noisy, 0, file.model.spec.image));
  CHECK(uploads.has(mended, 0, file.model.spec.image));
}

}  // namespace loom
