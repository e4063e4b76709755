// Dear ImGui without a window for the explorer's tests: frames of a given size, a mouse, what was drawn, and a mock GPU
// that counts textures.
#pragma once

#include <doctest/doctest.h>

#include "explorer/panels/ui.h"
#include "explorer_models.h"
#include "texture_store.h"

namespace loom {

struct Screen {
  Ui ui;
  float width, height, scale;
  double time = 0;  // of the frames, in seconds; 0: not known, so that no two clicks are a double click
  TextureStore textures{reinterpret_cast<ImTextureID>(1)};
  bool more = false;  // the last frame needs another one

  Screen(float w, float h, float s = 1) : width(w), height(h), scale(s) {
    ImGui::CreateContext();
    style_imgui();
    bake(*ImGui::GetIO().Fonts, s, ui.atlas);
    ImGui::GetIO().Fonts->SetTexID(reinterpret_cast<ImTextureID>(1));
    textures.serve(ui.textures);
  }
  Screen(const Screen&) = delete;
  ~Screen() {
    ui.textures.forget_all();
    CHECK_MESSAGE(textures.live() == 0, "textures are left behind");
    ImGui::DestroyContext();
  }

  // Draws a frame. Returns its number of vertices.
  int frame(Explorer& explorer, Actions actions = {}) {
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {width * scale, height * scale};
    io.DeltaTime = 0.016f;
    ImGui::NewFrame();
    PlatformInput input;
    input.width = width, input.height = height;
    input.time = input.pressed = time;
    input.actions = std::move(actions);
    more = run_frame(ui, explorer, std::move(input));
    ImGui::Render();
    textures.check(*ImGui::GetDrawData());
    return ImGui::GetDrawData()->TotalVtxCount;
  }

  // The pixels of the texture that the last frame shows at a point, or null.
  const Pixels* shown_at(Point at) const {
    return textures.shown_at(*ImGui::GetDrawData(), {at.x * scale, at.y * scale});
  }

  // Draws frames until nothing is left to compute. Returns the number of vertices of the last frame.
  int settle(Explorer& explorer) {
    int vertices = frame(explorer);
    for (int i = 0; i < 5000 && more; ++i) vertices = frame(explorer);
    CHECK_FALSE(more);
    return vertices;
  }

  void move(Explorer& explorer, Point at) {
    ImGui::GetIO().AddMousePosEvent(at.x * scale, at.y * scale);
    frame(explorer);
  }
  void press(Explorer& explorer, bool down) {
    ImGui::GetIO().AddMouseButtonEvent(0, down);
    frame(explorer);
  }
  void click(Explorer& explorer, Point at) {
    move(explorer, at);
    press(explorer, true);
    press(explorer, false);
    frame(explorer);
  }
  void drag(Explorer& explorer, Point from, Point to) {
    move(explorer, from);
    press(explorer, true);
    move(explorer, from + (to - from) * 0.5f);
    move(explorer, to);
    press(explorer, false);
  }
};

}  // namespace loom
