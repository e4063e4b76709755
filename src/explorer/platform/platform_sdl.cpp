#include <imgui_internal.h>

#include <algorithm>
#include <utility>

#include "core/error.h"
#include "explorer/layout/enlargement.h"
#include "explorer/platform/opengl_renderer.h"
#include "explorer/platform/platform.h"
#include "explorer/platform/software_renderer.h"

namespace loom {
namespace {

constexpr float kLongestStep = 0.1f;   // seconds: limit of io.DeltaTime, for a frame after a long pause

struct Sizes {
  int width = 0, height = 0;  // device pixels
  float per_unit = 1;         // device pixels per unit of SDL's events, in the page a CSS pixel
  float scale = 1;            // device pixels per point
};

Sizes sizes_of(const PlatformWindow& session) {
  Sizes sizes;
  int window_width = 0, window_height = 0;
  SDL_GetWindowSize(session.window, &window_width, &window_height);
  SDL_GL_GetDrawableSize(session.window, &sizes.width, &sizes.height);
  if (window_width > 0) sizes.per_unit = static_cast<float>(sizes.width) / static_cast<float>(window_width);
  if (session.forced_size[0] > 0) sizes.width = session.forced_size[0], sizes.height = session.forced_size[1];
  const float larger = enlargement(static_cast<float>(sizes.width) / sizes.per_unit,
                                   static_cast<float>(sizes.height) / sizes.per_unit, session.explorer.state.display);
  sizes.scale = session.forced_scale > 0 ? session.forced_scale : sizes.per_unit * larger;
  return sizes;
}

void bake_atlas(PlatformWindow& session, float scale) {
  bake(*ImGui::GetIO().Fonts, scale, session.ui.atlas);
  session.renderer->upload_font();
  ImGui::GetStyle().MouseCursorScale = scale;
}

ImGuiMouseSource source_of(Uint32 device) {
  return device == SDL_TOUCH_MOUSEID ? ImGuiMouseSource_TouchScreen : ImGuiMouseSource_Mouse;
}

int button_of(Uint8 button) {
  return button == SDL_BUTTON_LEFT ? 0 : button == SDL_BUTTON_RIGHT ? 1 : button == SDL_BUTTON_MIDDLE ? 2 : -1;
}

void pointer_left() {
  const ImGuiIO& io = ImGui::GetIO();
  // A drag continues outside the window.
  if (!std::ranges::any_of(io.MouseDown, [](bool down) { return down; }))
    ImGui::GetIO().AddMousePosEvent(-FLT_MAX, -FLT_MAX);
}

void on_pointer(PlatformWindow& session, const SDL_Event& event) {
  ImGuiIO& io = ImGui::GetIO();
  const float per_unit = sizes_of(session).per_unit;
  if (event.type == SDL_MOUSEMOTION) {
    io.AddMouseSourceEvent(source_of(event.motion.which));
    io.AddMousePosEvent(static_cast<float>(event.motion.x) * per_unit, static_cast<float>(event.motion.y) * per_unit);
  } else if (event.type == SDL_MOUSEWHEEL) {
    io.AddMouseWheelEvent(event.wheel.preciseX, event.wheel.preciseY);
  } else if (const int button = button_of(event.button.button); button >= 0) {
    if (session.space) session.space_dragged = true;
    io.AddMouseSourceEvent(source_of(event.button.which));
    io.AddMousePosEvent(static_cast<float>(event.button.x) * per_unit, static_cast<float>(event.button.y) * per_unit);
    io.AddMouseButtonEvent(button, event.type == SDL_MOUSEBUTTONDOWN);
    if (event.type == SDL_MOUSEBUTTONDOWN) session.pressed_tick = event.button.timestamp;
    if (event.type == SDL_MOUSEBUTTONUP && event.button.which == SDL_TOUCH_MOUSEID)
      io.AddMousePosEvent(-FLT_MAX, -FLT_MAX);
  }
}

void on_finger(PlatformWindow& session, const SDL_TouchFingerEvent& finger) {
  const Sizes sizes = sizes_of(session);
  const Point at{finger.x * static_cast<float>(sizes.width) / sizes.scale,
                 finger.y * static_cast<float>(sizes.height) / sizes.scale};
  if (finger.type == SDL_FINGERDOWN) session.touch.down(finger.fingerId, at);
  if (finger.type == SDL_FINGERMOTION) session.touch.move(finger.fingerId, at);
  if (finger.type == SDL_FINGERUP) session.touch.up(finger.fingerId);
}

Modifiers modifiers_of(int sdl) {
  return {(sdl & KMOD_SHIFT) != 0, (sdl & KMOD_ALT) != 0, (sdl & (KMOD_CTRL | KMOD_GUI)) != 0};
}

void on_key(PlatformWindow& session, const SDL_KeyboardEvent& key) {
  const Modifiers modifiers = modifiers_of(key.keysym.mod);
  ImGuiIO& io = ImGui::GetIO();
  io.AddKeyEvent(ImGuiMod_Shift, modifiers.shift);
  io.AddKeyEvent(ImGuiMod_Ctrl, modifiers.command);
  if (key.keysym.sym == SDLK_SPACE) {
    // Pressed alone it plays; held while the map is dragged it pans.
    const bool down = key.type == SDL_KEYDOWN;
    if (down && !session.space) session.space_dragged = false;
    if (!down && session.space && !session.space_dragged) append_key_action(" ", modifiers, session.actions);
    session.space = down;
  }
  if (key.type != SDL_KEYDOWN) return;
  const auto act = [&](std::string_view name) { append_key_action(name, modifiers, session.actions); };
  // Digits by scancode, because French keyboards type "&" there. Other printable keys arrive as text events.
  const SDL_Scancode code = key.keysym.scancode;
  if (code >= SDL_SCANCODE_1 && code <= SDL_SCANCODE_0) {
    const char digit = static_cast<char>('0' + (code - SDL_SCANCODE_1 + 1) % 10);
    act({&digit, 1});
  }
  switch (key.keysym.sym) {
    case SDLK_LEFT: return act("ArrowLeft");
    case SDLK_RIGHT: return act("ArrowRight");
    case SDLK_UP: return act("ArrowUp");
    case SDLK_DOWN: return act("ArrowDown");
    case SDLK_HOME: return act("Home");
    case SDLK_ESCAPE: return act("Escape");
    case SDLK_z:
    case SDLK_y:  // with Ctrl; alone they arrive as text
      if (modifiers.command) act(key.keysym.sym == SDLK_z ? "z" : "y");
      return;
    default: return;
  }
}

void on_text(PlatformWindow& session, std::string_view typed) {
  if (typed.size() != 1 || typed[0] == ' ' || (typed[0] >= '0' && typed[0] <= '9')) return;
  const char lower = typed[0] >= 'A' && typed[0] <= 'Z' ? static_cast<char>(typed[0] - 'A' + 'a') : typed[0];
  append_key_action({&lower, 1}, modifiers_of(SDL_GetModState()), session.actions);
}

void show_cursor(PlatformWindow& session) {
  const ImGuiMouseCursor cursor = ImGui::GetMouseCursor();
  SDL_SetCursor(session.cursors[cursor == ImGuiMouseCursor_Hand ? 1 : cursor == ImGuiMouseCursor_ResizeAll ? 2 : 0]);
}

void create_window(PlatformWindow& session, const WindowOptions& options, Uint32 kind) {
  const float pixels = options.scale > 0 ? options.scale : 1;
  Uint32 flags = kind | SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI;
  if (!options.visible) flags |= SDL_WINDOW_HIDDEN;
  session.window = SDL_CreateWindow("Latent Loom", SDL_WINDOWPOS_UNDEFINED, SDL_WINDOWPOS_UNDEFINED,
                                    static_cast<int>(static_cast<float>(options.width) * pixels),
                                    static_cast<int>(static_cast<float>(options.height) * pixels), flags);
}

// Opens a window with OpenGL. Without OpenGL, opens none.
void create_opengl_window(PlatformWindow& session, const WindowOptions& options) {
  want_opengl();
  create_window(session, options, SDL_WINDOW_OPENGL);
  if (!session.window) return;
  session.card = make_opengl_renderer(session.window);
  session.renderer = session.card.get();
  if (!session.card) SDL_DestroyWindow(std::exchange(session.window, nullptr));
}

void use_processor(PlatformWindow& session) {
  if (!session.processor)
    session.processor =
        std::make_unique<SoftwareRenderer>([&session](const Pixels& frame) { show_pixels(session.window, frame); });
  session.renderer = session.processor.get();
}

void connect_drawing(PlatformWindow& session) {
  session.ui.textures.upload = [&session](ImTextureID texture, std::span<const Color> pixels, int width, int height) {
    return session.renderer->upload(texture, pixels, width, height);
  };
  session.ui.textures.remove = [&session](ImTextureID texture) { session.renderer->remove(texture); };
  session.ui.layer.capture = [&session](ImTextureID texture, int x, int y, int width, int height) {
    return session.renderer->capture(texture, x, y, width, height);
  };
}

double milliseconds_since(std::uint64_t began) {
  return 1000 * static_cast<double>(SDL_GetPerformanceCounter() - began) /
         static_cast<double>(SDL_GetPerformanceFrequency());
}

}  // namespace

void open_session(PlatformWindow& session, const WindowOptions& options) {
  if (SDL_Init(SDL_INIT_VIDEO) != 0) fail("window: ", SDL_GetError());
  session.forced_scale = options.scale;
  ImGui::CreateContext();
  style_imgui();
  if (!options.software) create_opengl_window(session, options);
  if (!session.card) {
    create_window(session, options, 0);
    if (!session.window) fail("window: ", SDL_GetError());
    use_processor(session);
  }
  session.cursors = {SDL_CreateSystemCursor(SDL_SYSTEM_CURSOR_ARROW), SDL_CreateSystemCursor(SDL_SYSTEM_CURSOR_HAND),
                     SDL_CreateSystemCursor(SDL_SYSTEM_CURSOR_SIZEALL)};
  SDL_StartTextInput();
  connect_drawing(session);
  session.last_event = SDL_GetTicks64();
  want_frames(session);
}

void close_session(PlatformWindow& session) {
  forget_graphics(session);
  session.card.reset();
  ImGui::DestroyContext();
  for (SDL_Cursor* cursor : session.cursors) SDL_FreeCursor(cursor);
  SDL_DestroyWindow(session.window);
  SDL_Quit();
}

void want_frames(PlatformWindow& session, int count) { session.settling = std::max(session.settling, count); }

std::optional<double> until_watch(const PlatformWindow& session) {
  const Explorer& explorer = session.explorer;
  const double wait = 1000.0 * explorer.state.watch;
  if (wait <= 0 || explorer.reduced_motion || explorer.playback.player != Player::none) return std::nullopt;
  return std::max(100.0, wait - static_cast<double>(SDL_GetTicks64() - session.last_event));
}

void handle_event(PlatformWindow& session, const SDL_Event& event) {
  if (event.type != SDL_WINDOWEVENT) session.last_event = SDL_GetTicks64();
  switch (event.type) {
    case SDL_MOUSEMOTION:
      on_pointer(session, event);
      want_frames(session, 1);
      return;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
    case SDL_MOUSEWHEEL: on_pointer(session, event); break;
    case SDL_FINGERDOWN:
    case SDL_FINGERMOTION:
    case SDL_FINGERUP: on_finger(session, event.tfinger); break;
    case SDL_KEYDOWN:
    case SDL_KEYUP: on_key(session, event.key); break;
    case SDL_TEXTINPUT: on_text(session, event.text.text); break;
    case SDL_WINDOWEVENT:
      if (event.window.event == SDL_WINDOWEVENT_LEAVE) pointer_left();
      if (event.window.event == SDL_WINDOWEVENT_FOCUS_LOST) ImGui::GetIO().AddFocusEvent(false), session.space = false;
      if (event.window.event == SDL_WINDOWEVENT_FOCUS_GAINED) ImGui::GetIO().AddFocusEvent(true);
      break;
    default: return;
  }
  want_frames(session);
}

float page_units_per_point(const PlatformWindow& session) {
  return session.ui.atlas.scale > 0 ? session.ui.atlas.scale / sizes_of(session).per_unit : 1;
}

bool draw_frame(PlatformWindow& session) {
  const Sizes sizes = sizes_of(session);
  if (sizes.width < 1 || sizes.height < 1) return false;  // hidden in its page; an event arrives when it is shown
  if (session.ui.atlas.scale != sizes.scale) bake_atlas(session, sizes.scale);
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(sizes.width), static_cast<float>(sizes.height)};
  const std::uint64_t now = SDL_GetTicks64();
  io.DeltaTime = std::clamp(static_cast<float>(now - session.last_tick) / 1000.0f, 0.001f, kLongestStep);
  session.last_tick = now;

  const std::uint64_t began = SDL_GetPerformanceCounter();
  ImGui::NewFrame();
  // Dear ImGui takes one change of a button per frame. Two quick taps may leave some for later frames.
  if (ImGui::GetCurrentContext()->InputEventsQueue.Size > 0) want_frames(session);
  PlatformInput input;
  input.width = io.DisplaySize.x / sizes.scale;
  input.height = io.DisplaySize.y / sizes.scale;
  input.pinch = session.touch.take();
  input.space = session.space;
  input.time = static_cast<double>(now) / 1000;
  input.pressed = static_cast<double>(session.pressed_tick) / 1000;
  input.idle = static_cast<float>(now - std::min(now, session.last_event)) / 1000.0f;
  input.actions = std::exchange(session.actions, {});
  if (run_frame(session.ui, session.explorer, std::move(input))) want_frames(session);
  ImGui::Render();
  session.frame_milliseconds = milliseconds_since(began);
  session.renderer->draw(*ImGui::GetDrawData(), palette(session.explorer.dark()).panel);
  if (session.renderer->draws_on_cpu()) session.frame_milliseconds = milliseconds_since(began);
  show_cursor(session);
  ++session.frames;
  return --session.settling > 0;
}

void present(PlatformWindow& session) {
  const std::uint64_t began = SDL_GetPerformanceCounter();
  session.renderer->present();
  if (session.renderer->draws_on_cpu()) session.frame_milliseconds += milliseconds_since(began);
}

void forget_graphics(PlatformWindow& session) {
  session.ui.textures.forget_all();
  PlaneLayer& layer = session.ui.layer;
  session.renderer->remove(layer.texture);
  layer = {.asked = {}, .captured = {}, .texture = {}, .capture = std::move(layer.capture)};
  session.renderer->lose();
}

void restore_graphics(PlatformWindow& session) {
  if (session.card && session.renderer != session.card.get()) {
    forget_graphics(session);  // releases the textures of the CPU renderer
    session.renderer = session.card.get();
  }
  session.ui.atlas.scale = 0;  // so that the next frame bakes the atlas again
  want_frames(session);
}

void draw_on_cpu(PlatformWindow& session) {
  use_processor(session);
  session.ui.atlas.scale = 0;
  want_frames(session);
}

}  // namespace loom
