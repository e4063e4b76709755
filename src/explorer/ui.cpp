#include "explorer/ui.h"

namespace loom {
namespace {

constexpr ImGuiWindowFlags kWindow = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground |
                                     ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoBringToFrontOnFocus |
                                     ImGuiWindowFlags_NoScrollWithMouse;
constexpr ImGuiButtonFlags kAllButtons =
    ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight | ImGuiButtonFlags_MouseButtonMiddle;

// The plane as one large item: who holds it, and with which button.
void meet_plane(const Painter& painter, const Rect& plane, const PlatformInput& platform, Input& input) {
  if (plane.width < 1 || plane.height < 1) return;
  const ImGuiIO& io = ImGui::GetIO();
  ImGui::SetCursorScreenPos(painter.pixels({plane.x, plane.y}));
  ImGui::InvisibleButton("plane", painter.pixels({plane.width, plane.height}), kAllButtons);
  input.over_plane = ImGui::IsItemHovered();
  const bool held = ImGui::IsItemActive(), primary = io.MouseDown[ImGuiMouseButton_Left];
  const bool other = io.MouseDown[ImGuiMouseButton_Right] || io.MouseDown[ImGuiMouseButton_Middle];
  input.panning = held && (other || (primary && (io.KeyShift || platform.space)));
  input.placing = held && primary && !input.panning;
  if (input.panning) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeAll);
}

Input meet(const Painter& painter, const Layout& layout, PlatformInput&& platform, PlaneButtons& buttons) {
  const ImGuiIO& io = ImGui::GetIO();
  Input input;
  input.plane = layout.plane;
  input.finger = io.MouseSource == ImGuiMouseSource_TouchScreen;
  input.pointer = {io.MousePos.x / painter.scale(), io.MousePos.y / painter.scale()};
  input.moved = {io.MouseDelta.x / painter.scale(), io.MouseDelta.y / painter.scale()};
  input.wheel = io.MouseWheel;
  input.pinch = platform.pinch;
  input.actions = std::move(platform.actions);
  buttons = meet_plane_buttons(painter, layout, input.actions);
  meet_plane(painter, layout.plane, platform, input);
  return input;
}

void draw_panels(const Painter& painter, const Layout& layout, const Explorer& explorer, Ui& ui,
                 const PlaneButtons& buttons, Actions& actions) {
  const Rect panel = layout.panel;  // its background is what the frame is cleared to
  draw_plane(painter, layout, explorer, ui);
  draw_plane_buttons(painter, layout, buttons);
  const Rect plane = layout.plane;
  if (layout.arrangement != Arrangement::tall)
    painter.line({plane.right(), plane.y}, {plane.right(), panel.bottom()}, painter.colors().line);
  if (layout.arrangement != Arrangement::wide)
    painter.line({plane.x, plane.bottom()}, {plane.right(), plane.bottom()}, painter.colors().line);
  if (layout.arrangement == Arrangement::tall)
    painter.line({plane.x, plane.y}, {plane.right(), plane.y}, painter.colors().line);
  draw_header(painter, layout, explorer, ui, actions);
  draw_garment(painter, layout, explorer, ui);
  draw_reading(painter, layout, explorer);
  draw_legend(painter, layout, explorer, actions);
}

}  // namespace

void style_imgui() {
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.ConfigFlags |= ImGuiConfigFlags_NoMouseCursorChange;
  ImGuiStyle& style = ImGui::GetStyle();
  style.WindowPadding = {0, 0};
  style.WindowMinSize = {1, 1};
  style.WindowBorderSize = 0;
  style.CircleTessellationMaxError = 0.2f;
}

bool run_frame(Ui& ui, Explorer& explorer, PlatformInput platform) {
  const Rect window{0, 0, platform.width, platform.height};
  const Layout places = layout(platform.width, platform.height);
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
  ImGui::Begin("explorer", nullptr, kWindow);
  const Palette& before = palette(explorer.dark());
  PlaneButtons buttons;
  const Input input = meet({ImGui::GetWindowDrawList(), ui.atlas, before}, places, std::move(platform), buttons);
  advance(explorer, input);

  Actions clicked;
  const Painter painter(ImGui::GetWindowDrawList(), ui.atlas, palette(explorer.dark()));
  draw_panels(painter, places, explorer, ui, buttons, clicked);
  ImGui::End();
  draw_hover_card(painter, places, explorer, ui);
  draw_message(painter, places, explorer, clicked);
  draw_picker(painter, window, places, explorer, ui, clicked);
  draw_help(painter, window, explorer, ui, clicked);

  // Clicks take effect now and are seen in the next frame; only the plane answers in the same one.
  if (clicked.empty()) return false;
  Input pressed;
  pressed.plane = places.plane;
  pressed.actions = std::move(clicked);
  advance(explorer, pressed);
  return true;
}

}  // namespace loom
