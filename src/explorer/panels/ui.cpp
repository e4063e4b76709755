#include "explorer/panels/ui.h"

#include <algorithm>

#include "explorer/app/frame.h"
#include "explorer/layout/borders.h"

namespace loom {
namespace {

constexpr ImGuiWindowFlags kWindow = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground |
                                     ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoBringToFrontOnFocus |
                                     ImGuiWindowFlags_NoScrollWithMouse;
constexpr ImGuiButtonFlags kAllButtons =
    ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight | ImGuiButtonFlags_MouseButtonMiddle;

// The rectangle of the plane, or of both planes of a comparison.
Rect whole_plane(const Layout& layout) {
  const Rect &a = layout.plane, &b = layout.compared_plane;
  if (b.width < 1) return a;
  return {a.x, a.y, std::max(a.right(), b.right()) - a.x, std::max(a.bottom(), b.bottom()) - a.y};
}

// What the pointer does to one of the planes, which is one large ImGui item.
struct PlaneHit {
  bool over = false, held = false, began = false, panning = false;
};
PlaneHit hit_test_one_plane(const Painter& painter, const char* id, const Rect& plane, const PlatformInput& platform) {
  if (plane.width < 1 || plane.height < 1) return {};
  const ImGuiIO& io = ImGui::GetIO();
  ImGui::SetCursorScreenPos(painter.pixels({plane.x, plane.y}));
  ImGui::InvisibleButton(id, painter.pixels({plane.width, plane.height}), kAllButtons);
  PlaneHit hit{ImGui::IsItemHovered(), ImGui::IsItemActive(), ImGui::IsItemActivated()};
  const bool primary = io.MouseDown[ImGuiMouseButton_Left];
  const bool other = io.MouseDown[ImGuiMouseButton_Right] || io.MouseDown[ImGuiMouseButton_Middle];
  hit.panning = hit.held && (other || (primary && (io.KeyShift || platform.space)));
  return hit;
}

// Finds out whether the pointer is over a plane or drags it, and with which button.
void hit_test_planes(const Painter& painter, const Layout& layout, const PlatformInput& platform, Presses& presses,
                     Input& input) {
  const ImGuiIO& io = ImGui::GetIO();
  const PlaneHit plane = hit_test_one_plane(painter, "plane", layout.plane, platform);
  const PlaneHit other = hit_test_one_plane(painter, "other plane", layout.compared_plane, platform);
  const bool primary = io.MouseDown[ImGuiMouseButton_Left];
  input.over_plane = plane.over, input.over_compared = other.over;
  input.panning = plane.panning, input.panning_compared = other.panning;
  const bool panning = plane.panning || other.panning;
  const auto any = [](const bool(&buttons)[ImGuiMouseButton_COUNT]) {
    return std::ranges::find(buttons, true) != std::end(buttons);
  };
  presses.advance({.time = platform.pressed,
                   .at = input.pointer,
                   .finger = input.finger,
                   .began = any(io.MouseClicked),
                   .on_plane = (plane.began || other.began) && primary && !panning,
                   .held = any(io.MouseDown),
                   .ended = any(io.MouseReleased),
                   .pinching = input.pinch.active});
  input.press = presses.number();
  input.double_press = presses.was_double();
  if (input.double_press) input.pointer = presses.place();
  const bool places = primary && !presses.is_second();
  input.placing = plane.held && places && !plane.panning;
  input.placing_compared = other.held && places && !other.panning && !input.pinch.active;
  if (panning) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeAll);
}

Input hit_test(const Painter& painter, const Layout& layout, const Explorer& explorer, PlatformInput&& platform,
               Presses& presses, PlaneButtons& buttons) {
  const ImGuiIO& io = ImGui::GetIO();
  Input input;
  input.resting = painter.tips()->is_finger_held();
  input.seconds = io.DeltaTime;
  input.time = platform.time;
  input.idle = platform.idle;
  input.plane = layout.plane;
  input.finger = io.MouseSource == ImGuiMouseSource_TouchScreen;
  input.pointer = {io.MousePos.x / painter.scale(), io.MousePos.y / painter.scale()};
  input.moved = {io.MouseDelta.x / painter.scale(), io.MouseDelta.y / painter.scale()};
  input.wheel = io.MouseWheel;
  input.pinch = platform.pinch;
  input.actions = std::move(platform.actions);
  buttons = hit_test_plane_buttons(painter, layout, explorer, input.actions);
  input.compared_plane = layout.compared_plane;
  hit_test_planes(painter, layout, platform, presses, input);
  return input;
}

// True if another frame is needed for what appears after a rest of the pointer.
bool advance_tips(const Painter& painter, const Explorer& explorer, Ui& ui) {
  const ImGuiIO& io = ImGui::GetIO();
  const bool finger = io.MouseSource == ImGuiMouseSource_TouchScreen;
  const bool waits = ui.tips.advance({.at = {io.MousePos.x / painter.scale(), io.MousePos.y / painter.scale()},
                                      .finger = finger,
                                      .down = ImGui::IsAnyMouseDown()},
                                     io.DeltaTime);
  const bool over_mark = hovered_mark(explorer).model != nullptr && ui.tips.has_moved();
  ui.hovered_for = over_mark ? ui.hovered_for + std::min(io.DeltaTime, kLongestFrame) : 0;
  return waits || (over_mark && ui.hovered_for < kHoverWait + kLongestFrame);
}

void draw_panels(const Painter& painter, const Layout& layout, const Explorer& explorer, Ui& ui,
                 const PlaneButtons& buttons, Actions& actions) {
  // The panel's background is not drawn, because the frame is cleared to its colour.
  if (layout.plane.width > 0) draw_plane(painter, layout, explorer, ui, actions);
  draw_compared_plane(painter, layout, explorer, ui);
  draw_plane_buttons(painter, layout, explorer, buttons);
  const Rect plane = whole_plane(layout);
  if (layout.compared_plane.width > 0)
    painter.line({layout.compared_plane.x - 1, layout.compared_plane.y - 1},
                 layout.compared_plane.x > layout.plane.x
                     ? Point{layout.compared_plane.x - 1, layout.compared_plane.bottom()}
                     : Point{layout.compared_plane.right(), layout.compared_plane.y - 1},
                 painter.colors().line);
  for (const Border& border : borders(layout, plane)) painter.line(border.from, border.to, painter.colors().line);
  if (layout.header.height > 0) draw_header(painter, layout, explorer, ui, actions);
  if (layout.decoded.height > 0) draw_decoded_image(painter, layout, explorer, ui);
  if (layout.reading.height > 0) draw_reading(painter, layout, explorer, actions);
  if (layout.tool.height > 0)
    draw_tool(painter, layout, explorer, ui, actions);
  else if (layout.legend.height > 0)
    draw_legend(painter, layout, explorer, actions);
  draw_loading(painter, layout, explorer);
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

Layout layout_of(const Explorer& explorer, float width, float height) {
  const Tool& tool = tools()[explorer.state.tool];
  return layout(width, height,
                {.tool = explorer.state.tool != 0, .split = tool.splits, .hidden = explorer.state.hidden});
}

bool run_frame(Ui& ui, Explorer& explorer, PlatformInput platform) {
  const float platform_width = platform.width, platform_height = platform.height;
  const Rect window{0, 0, platform_width, platform_height};
  const Layout places = layout_of(explorer, platform_width, platform_height);
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
  ImGui::Begin("explorer", nullptr, kWindow);
  const Palette& before = palette(explorer.dark());
  PlaneButtons buttons;
  Input input = hit_test({ImGui::GetWindowDrawList(), ui.atlas, before, nullptr, &ui.tips}, places, explorer,
                         std::move(platform), ui.presses, buttons);
  if (std::ranges::any_of(input.actions, [](const Action& a) { return std::holds_alternative<StepBack>(a); }) &&
      ui.popup != Popup::none) {
    // Escape closes only what is on top.
    ui.popup = Popup::none;
    std::erase_if(input.actions, [](const Action& a) { return std::holds_alternative<StepBack>(a); });
  }
  advance(explorer, input);
  // This frame is drawn with the old layout. If the input has changed the layout, another frame is needed.
  bool more = layout_of(explorer, platform_width, platform_height) != places;
  more |= work(explorer, input, Deadline(kSliceMilliseconds));

  Actions clicked;
  const Popup popup = ui.popup;
  const LegendFold legend = ui.legend;
  ui.drawn.clear();
  ui.nodes.list.clear();
  ui.tips.begin_frame();
  const Painter painter(ImGui::GetWindowDrawList(), ui.atlas, palette(explorer.dark()), &ui.drawn, &ui.tips);
  draw_panels(painter, places, explorer, ui, buttons, clicked);
  ImGui::End();
  draw_hover_card(painter, places, explorer, ui);
  draw_overlay_legend(painter, places, explorer, ui, clicked);
  draw_history_buttons(painter, places, explorer, clicked);
  draw_ring_arrow(painter, places, explorer, clicked);
  draw_tour(painter, places, explorer, clicked);
  draw_welcome(painter, places, explorer, ui, clicked);
  draw_choosers(painter, window, places, explorer, ui, clicked);
  draw_message(painter, places, explorer, clicked);
  draw_picker(painter, window, places, explorer, ui, clicked);
  draw_why(painter, window, explorer, ui);
  draw_help(painter, window, explorer, ui, clicked);
  more |= advance_tips(painter, explorer, ui);
  const bool shows_mark = ui.tips.is_finger_held() && hovered_mark(explorer).model;  // instead of the ring's
  if (!shows_mark) draw_tip(painter, window, ui.tips);
  ui.nodes.press.reset();
  ui.textures.end_frame();

  // Clicks in panels take effect now but are visible in the next frame. Only input on the plane is visible in this one.
  more |= ui.popup != popup || ui.legend != legend;
  if (clicked.empty()) return more;
  Input pressed;
  pressed.plane = places.plane;
  pressed.compared_plane = places.compared_plane;
  pressed.press = input.press;
  pressed.time = input.time;
  pressed.actions = std::move(clicked);
  advance(explorer, pressed);
  return true;
}

}  // namespace loom
