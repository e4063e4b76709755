// Drawing without a GPU: textures are created and removed, a part of the frame can be captured, and the captured plane
// equals the plane as it is drawn.
#include <doctest/doctest.h>

#include "explorer/panels/ui.h"
#include "explorer/platform/software_renderer.h"
#include "explorer_models.h"

namespace loom {
namespace {

constexpr Color kRed = rgb(0xff0000), kBlue = rgb(0x0000ff), kBlack = rgb(0);

// A Dear ImGui frame of 32 x 32 pixels whose list is filled by hand.
struct Lists {
  Lists() {
    ImGui::CreateContext();
    unsigned char* pixels = nullptr;
    int width = 0, height = 0;
    ImGui::GetIO().Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
    ImGui::GetIO().DisplaySize = {32, 32};
    ImGui::NewFrame();
    list = ImGui::GetForegroundDrawList();
  }
  ~Lists() { ImGui::DestroyContext(); }
  Lists(const Lists&) = delete;

  void rectangle(ImVec2 low, ImVec2 high, Color color, ImTextureID texture = {}, ImVec2 uv_low = {0, 0},
                 ImVec2 uv_high = {1, 1}) {
    list->PushTextureID(texture);
    list->PrimReserve(6, 4);
    list->PrimRectUV(low, high, uv_low, uv_high, color);
    list->PopTextureID();
  }
  Pixels draw(SoftwareRenderer& renderer) {
    ImGui::Render();
    renderer.draw(*ImGui::GetDrawData(), kBlack);
    return renderer.frame();
  }

  ImDrawList* list;
};

// The explorer with a renderer that captures the plane, as a platform connects them.
struct RasterScreen {
  RasterScreen(float w, float h, float s) : width(w), height(h), scale(s) {
    ImGui::CreateContext();
    style_imgui();
    bake(*ImGui::GetIO().Fonts, s, ui.atlas);
    renderer.upload_font();
    ui.textures.upload = [this](ImTextureID texture, std::span<const Color> pixels, int w2, int h2) {
      return renderer.upload(texture, pixels, w2, h2);
    };
    ui.textures.remove = [this](ImTextureID texture) { renderer.remove(texture); };
    ui.layer.capture = [this](ImTextureID texture, int x, int y, int w2, int h2) {
      return renderer.capture(texture, x, y, w2, h2);
    };
  }
  RasterScreen(const RasterScreen&) = delete;
  ~RasterScreen() { ImGui::DestroyContext(); }

  bool frame(Explorer& explorer) {
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {width * scale, height * scale};
    io.DeltaTime = 0.016f;
    ImGui::NewFrame();
    PlatformInput input;
    input.width = width, input.height = height;
    const bool more = run_frame(ui, explorer, std::move(input));
    ImGui::Render();
    return more;
  }
  Pixels drawn(Explorer& explorer) {
    frame(explorer);
    renderer.draw(*ImGui::GetDrawData(), palette(explorer.dark()).panel);
    return renderer.frame();
  }

  SoftwareRenderer renderer;
  Ui ui;
  float width, height, scale;
};

}  // namespace

TEST_CASE("software renderer: textures are drawn, changed and removed, and their numbers are reused") {
  SoftwareRenderer renderer;
  const ImTextureID one = renderer.upload({}, std::vector<Color>{kRed}, 1, 1);
  const ImTextureID two = renderer.upload({}, std::vector<Color>{kRed}, 1, 1);
  CHECK(one != two);
  CHECK(renderer.upload(two, std::vector<Color>{kBlue, kBlue}, 2, 1) == two);
  {
    Lists lists;
    lists.rectangle({0, 0}, {16, 32}, 0xffffffffu, one);
    lists.rectangle({16, 0}, {32, 32}, 0xffffffffu, two);
    const Pixels frame = lists.draw(renderer);
    CHECK(frame.row(9)[15] == kRed);
    CHECK(frame.row(9)[16] == kBlue);
  }
  renderer.remove(one);
  renderer.remove(one);
  renderer.remove({});
  CHECK(renderer.upload({}, std::vector<Color>{kBlue}, 1, 1) == one);
}

TEST_CASE("software renderer: a part of the unfinished frame is captured, the lowest row first") {
  SoftwareRenderer renderer;
  Lists lists;
  struct Capture {
    SoftwareRenderer& renderer;
    ImTextureID texture;
  } capture{renderer, renderer.upload({}, std::vector<Color>{kBlack}, 1, 1)};
  lists.rectangle({4, 4}, {12, 8}, kRed);
  lists.rectangle({4, 8}, {12, 12}, kBlue);
  lists.list->AddCallback(
      [](const ImDrawList*, const ImDrawCmd* command) {
        Capture& c = *static_cast<Capture*>(command->UserCallbackData);
        CHECK(c.renderer.capture(c.texture, 4, 32 - 12, 8, 8) == c.texture);
      },
      &capture);
  lists.rectangle({4, 4}, {12, 12}, kBlack);  // not captured any more
  lists.rectangle({20, 16}, {28, 24}, 0xffffffffu, capture.texture, {0, 1}, {1, 0});
  const Pixels frame = lists.draw(renderer);
  CHECK(frame.row(5)[5] == kBlack);
  for (int y = 0; y < 32; ++y)
    for (int x = 0; x < 32; ++x) {
      const bool inside = x >= 20 && x < 28 && y >= 16 && y < 24;
      CHECK(frame.row(y)[x] == (!inside ? kBlack : y < 20 ? kRed : kBlue));
    }
}

TEST_CASE("software renderer: the captured plane equals the drawn plane, to the pixel") {
  for (const bool dark : {false, true})
    for (const float scale : {1.0f, 1.5f}) {
      CAPTURE(dark);
      CAPTURE(scale);
      auto explorer = small_explorer();
      edit(*explorer, [&](ExplorerState& s) { s.theme = dark ? Theme::dark : Theme::light; });
      RasterScreen window(700, 500, scale);
      while (window.frame(*explorer)) {
      }
      window.ui.layer.asked = {};
      const Pixels asked = window.drawn(*explorer), captured = window.drawn(*explorer);
      REQUIRE(window.ui.layer.texture);
      const int all = ImGui::GetDrawData()->TotalVtxCount;
      const Pixels again = window.drawn(*explorer);
      CHECK(ImGui::GetDrawData()->TotalVtxCount < all - 4 * 250);  // the markers are not drawn one by one any more
      CHECK(asked.values == captured.values);
      CHECK(again.values == captured.values);
    }
}

}  // namespace loom
