#include "explorer/platform/render.h"

#include <cmath>

#include "explorer/panels/ui.h"
#include "explorer/platform/raster.h"

namespace loom {
namespace {

constexpr int kMostFrames = 100000;  // a computation that does not end is a bug, not a reason to hang

struct Context {
  Context() { ImGui::CreateContext(); }
  Context(const Context&) = delete;
  ~Context() { ImGui::DestroyContext(); }
};

void upload_font(Raster& raster) {
  unsigned char* bytes = nullptr;
  int width = 0, height = 0;
  ImGui::GetIO().Fonts->GetTexDataAsRGBA32(&bytes, &width, &height);
  const std::span pixels(reinterpret_cast<const std::uint32_t*>(bytes),
                         static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  ImGui::GetIO().Fonts->SetTexID(raster.upload({}, pixels, width, height));
}

}  // namespace

Pixels render(Explorer& explorer, const RenderSize& size, const std::function<void(Explorer&)>& serve) {
  const Context context;
  Raster raster;
  Ui ui;
  ui.textures.upload = [&raster](ImTextureID texture, std::span<const std::uint32_t> pixels, int width, int height) {
    return raster.upload(texture, pixels, width, height);
  };
  style_imgui();
  bake(*ImGui::GetIO().Fonts, size.scale, ui.atlas);
  upload_font(raster);
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {std::round(static_cast<float>(size.width) * size.scale),
                    std::round(static_cast<float>(size.height) * size.scale)};
  io.DeltaTime = 1.0f / 60;
  int settled = 0;  // frames since something changed: windows that open need one to find their place
  for (int frame = 0; frame < kMostFrames && settled < 2; ++frame) {
    serve(explorer);
    ImGui::NewFrame();
    PlatformInput input;
    input.width = static_cast<float>(size.width), input.height = static_cast<float>(size.height);
    settled = run_frame(ui, explorer, std::move(input)) || !explorer.requests.empty() ? 0 : settled + 1;
    ImGui::Render();
  }
  return raster.draw(*ImGui::GetDrawData(), palette(explorer.dark()).panel);
}

}  // namespace loom
