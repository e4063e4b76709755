#include "explorer/platform/render.h"

#include <cmath>

#include "explorer/panels/ui.h"
#include "explorer/platform/software_renderer.h"

namespace loom {
namespace {

constexpr int kMostFrames = 100000;  // so that a computation that never ends, which would be a bug, does not hang

struct Context {
  Context() { ImGui::CreateContext(); }
  Context(const Context&) = delete;
  ~Context() { ImGui::DestroyContext(); }
};

}  // namespace

Pixels render(Explorer& explorer, const RenderSize& size, const std::function<void(Explorer&)>& serve) {
  const Context context;
  SoftwareRenderer renderer;
  Ui ui;
  ui.textures.upload = [&renderer](ImTextureID texture, std::span<const Color> pixels, int width, int height) {
    return renderer.upload(texture, pixels, width, height);
  };
  ui.textures.remove = [&renderer](ImTextureID texture) { renderer.remove(texture); };
  style_imgui();
  bake(*ImGui::GetIO().Fonts, size.scale, ui.atlas);
  renderer.upload_font();
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {std::round(static_cast<float>(size.width) * size.scale),
                    std::round(static_cast<float>(size.height) * size.scale)};
  io.DeltaTime = 1.0f / 60;
  int settled = 0;  // frames since the last change; new windows need one more frame to get their position
  for (int frame = 0; frame < kMostFrames && settled < 2; ++frame) {
    serve(explorer);
    ImGui::NewFrame();
    PlatformInput input;
    input.width = static_cast<float>(size.width), input.height = static_cast<float>(size.height);
    settled = run_frame(ui, explorer, std::move(input)) || !explorer.requests.empty() ? 0 : settled + 1;
    ImGui::Render();
  }
  renderer.draw(*ImGui::GetDrawData(), palette(explorer.dark()).panel);
  return renderer.read(0, 0);
}

}  // namespace loom
