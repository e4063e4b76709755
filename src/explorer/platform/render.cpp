#include "explorer/platform/render.h"

#include <cmath>
#include <utility>

#include "explorer/layout/enlargement.h"
#include "explorer/panels/ui.h"
#include "explorer/platform/software_renderer.h"

namespace loom {
namespace {

constexpr int kMostFrames = 100000;  // so that a computation that never ends, which would be a bug, does not hang

}  // namespace

struct Stage::Parts {
  struct Context {
    Context() { ImGui::CreateContext(); }
    Context(const Context&) = delete;
    ~Context() { ImGui::DestroyContext(); }
  };

  Context context;
  SoftwareRenderer renderer;
  Ui ui;
};

Stage::Stage(const RenderSize& size, std::function<void(Explorer&)> serve)
    : size_(size), serve_(std::move(serve)), parts_(std::make_unique<Parts>()) {
  SoftwareRenderer& renderer = parts_->renderer;
  Ui& ui = parts_->ui;
  ui.textures.upload = [&renderer](ImTextureID texture, std::span<const Color> pixels, int width, int height) {
    return renderer.upload(texture, pixels, width, height);
  };
  ui.textures.remove = [&renderer](ImTextureID texture) { renderer.remove(texture); };
  style_imgui();
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {std::round(static_cast<float>(size.width) * size.scale),
                    std::round(static_cast<float>(size.height) * size.scale)};
  io.DeltaTime = 1.0f / 60;
}

Stage::~Stage() = default;

Pixels Stage::settle(Explorer& explorer, Actions actions) {
  const auto width = static_cast<float>(size_.width), height = static_cast<float>(size_.height);
  const float larger = enlargement(width, height, explorer.state.display);
  if (parts_->ui.atlas.scale != size_.scale * larger) {
    bake(*ImGui::GetIO().Fonts, size_.scale * larger, parts_->ui.atlas);
    parts_->renderer.upload_font();
  }
  int settled = 0;  // frames since the last change; new windows need one more frame to get their position
  for (int frame = 0; frame < kMostFrames && settled < 2; ++frame) {
    serve_(explorer);
    ImGui::NewFrame();
    PlatformInput input;
    input.width = width / larger, input.height = height / larger;
    input.actions = std::exchange(actions, {});
    settled = run_frame(parts_->ui, explorer, std::move(input)) || !explorer.requests.empty() ? 0 : settled + 1;
    ImGui::Render();
  }
  parts_->renderer.draw(*ImGui::GetDrawData(), palette(explorer.dark()).panel);
  return parts_->renderer.read(0, 0);
}

VectorFrame Stage::vectors(Explorer& explorer) {
  const auto width = static_cast<float>(size_.width), height = static_cast<float>(size_.height);
  return vector_frame(parts_->ui, width, height, palette(explorer.dark()).panel, [&] {
    ImGui::NewFrame();
    PlatformInput input;
    input.width = width, input.height = height;
    run_frame(parts_->ui, explorer, std::move(input));
    ImGui::Render();
  });
}

Pixels render(Explorer& explorer, const RenderSize& size, const std::function<void(Explorer&)>& serve) {
  return Stage(size, serve).settle(explorer);
}

}  // namespace loom
