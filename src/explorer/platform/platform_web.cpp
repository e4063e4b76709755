#include <emscripten.h>
#include <emscripten/html5.h>

#include <array>
#include <limits>
#include <utility>
#include <vector>

#include "core/error.h"
#include "explorer/app/access/accessibility_tree.h"
#include "explorer/app/access/speech.h"
#include "explorer/app/downloads.h"
#include "explorer/app/frame.h"
#include "explorer/app/originals.h"
#include "explorer/app/training.h"
#include "explorer/app/update.h"
#include "explorer/app/visitor_files.h"
#include "explorer/link/link.h"
#include "explorer/platform/opengl_renderer.h"
#include "explorer/platform/platform.h"
#include "explorer/platform/platform_web.h"
#include "explorer/play/playback.h"

// Calls from the module to the page (web/host.js: makeHost). Names are quoted, so that the Closure compiler keeps them.
// clang-format off
EM_JS(void, host_request, (int index), { Module['host']['request'](index); })
EM_JS(void, host_request_replay, (int index), { Module['host']['requestReplay'](index); })
EM_JS(void, host_request_pack_header, (int index), { Module['host']['requestPackHeader'](index); })
EM_JS(void, host_request_pack_block, (int index, int block), { Module['host']['requestPackBlock'](index, block); })
EM_JS(void, host_fail, (const char* text), { Module['host']['fail'](UTF8ToString(text)); })
EM_JS(void, host_choose_file, (), { Module['host']['chooseFile'](); })
EM_JS(void, host_save_text, (const char* name, const char* text), {
  Module['host']['saveText'](UTF8ToString(name), UTF8ToString(text));
})
EM_JS(void, host_save_image, (const char* name, const void* grey, int width, int height), {
  Module['host']['saveImage'](UTF8ToString(name), HEAPU8.slice(grey, grey + width * height), width, height);
})
EM_JS(void, host_film, (), { Module['host']['film'](); })
EM_JS(bool, host_can_share, (), { return !!Module['host']['share']; })
EM_JS(bool, host_can_train, (), { return !!Module['host']['train']; })
EM_JS(void, host_train, (const char* ask, const char* words, const void* weights, int size), {
  Module['host']['train'](UTF8ToString(ask), UTF8ToString(words), HEAPU8.slice(weights, weights + size));
})
EM_JS(void, host_share, (), { Module['host']['share'](); })
EM_JS(bool, host_has_lesson, (), { return !!Module['host']['lesson']; })
EM_JS(void, host_lesson, (), { Module['host']['lesson'](); })
EM_JS(bool, host_is_first_visit, (), { return !!Module['host']['isFirstVisit'](); })
EM_JS(void, host_welcomed, (), { Module['host']['welcomed'](); })
EM_JS(void, host_find, (const char* start), { Module['host']['find'](UTF8ToString(start)); })
EM_JS(void, host_changed, (const char* link, const char* spoken, bool dark, int jumps), {
  Module['host']['changed'](UTF8ToString(link), UTF8ToString(spoken), !!dark, jumps);
})
EM_JS(void, host_show, (const void* pixels, int width, int height), {
  const bytes = new Uint8ClampedArray(HEAPU8.buffer, pixels, 4 * width * height);
  Module['host']['show'](new ImageData(bytes, width, height));
})
// clang-format on

namespace loom {

const OpenGlVersion kOpenGlVersion{3, 0, SDL_GL_CONTEXT_PROFILE_ES, "#version 300 es"};

namespace {

void schedule();

void tell_page(Page& p) {
  const Explorer& explorer = p.session.explorer;
  std::string link = write_link(linked_state(explorer)), spoken = p.announcer.announce(explorer);
  std::string accessibility = accessibility_state(explorer, p.session.ui.nodes, layout_now(p.session).plane);
  const bool dark = explorer.dark();
  const Rect controls = controls_place(p.session);
  if (link == p.link && spoken == p.spoken && dark == p.dark && accessibility == p.accessibility &&
      controls == p.controls)
    return;
  p.link = std::move(link), p.spoken = std::move(spoken), p.dark = dark, p.accessibility = std::move(accessibility);
  p.controls = controls;
  if (explorer.model || explorer.message)
    host_changed(p.link.c_str(), p.spoken.c_str(), dark, static_cast<int>(explorer.jumps));
}

void ask_training(const Explorer& explorer, TrainAsk ask) {
  const std::string words = training_request_text(explorer, ask);
  const std::vector<std::byte> weights =
      ask == TrainAsk::start_from ? weights_to_go_on_from(explorer) : std::vector<std::byte>();
  host_train(kTrainAsks[static_cast<std::size_t>(ask)].data(), words.c_str(), weights.data(),
             static_cast<int>(weights.size()));
}

void serve_requests(Explorer& explorer) {
  for (const Request& request : take_requests(explorer)) {
    const auto entry = static_cast<int>(request.entry);
    switch (request.kind) {
      case Request::Kind::model: host_request(entry); break;
      case Request::Kind::replay: host_request_replay(entry); break;
      case Request::Kind::pack_header: host_request_pack_header(entry); break;
      case Request::Kind::pack_block: host_request_pack_block(entry, static_cast<int>(request.block)); break;
      case Request::Kind::choose_file: host_choose_file(); break;
      case Request::Kind::share: host_share(); break;
      case Request::Kind::lesson: host_lesson(); break;
      case Request::Kind::welcomed: host_welcomed(); break;
      case Request::Kind::find: host_find(request.text.c_str()); break;
      case Request::Kind::film: host_film(); break;
      case Request::Kind::save: {
        const SaveFile& file = request.file;
        if (file.grey.empty())
          host_save_text(file.name.c_str(), file.text.c_str());
        else
          host_save_image(file.name.c_str(), file.grey.data(), file.width, file.height);
        break;
      }
      case Request::Kind::training: ask_training(explorer, request.ask); break;
    }
  }
}

bool draw_and_show(PlatformWindow& session) {
  const bool more = draw_frame(session);
  present(session);
  return more;
}

void wait_to_watch(Page& p) {
  const std::optional<double> wait = until_watch(p.session);
  if (!wait || p.scheduled || std::exchange(p.waiting, true)) return;
  const auto look = [](void*) {
    page().waiting = false;
    redraw_page();
  };
  emscripten_async_call(look, nullptr, static_cast<int>(*wait));
}

EM_BOOL on_animation_frame(double, void*) {
  Page& p = page();
  p.scheduled = false;
  SDL_Event event;
  while (SDL_PollEvent(&event))
    if (!p.paused) handle_event(p.session, event);
  if (p.paused)
    advance(p.session.explorer, {});
  else if (p.session.settling > 0 && p.has_graphics && draw_and_show(p.session))
    schedule();
  serve_requests(p.session.explorer);
  tell_page(p);
  wait_to_watch(p);
  return EM_FALSE;
}

void schedule() {
  if (std::exchange(page().scheduled, true)) return;
  emscripten_request_animation_frame(on_animation_frame, nullptr);
}

// Without events, files or calls from the page nothing runs.
int on_event(void*, SDL_Event*) {
  schedule();
  return 0;
}

void redraw() {
  want_frames(page().session);
  schedule();
}

}  // namespace

Page& page() {
  static Page the_page;
  return the_page;
}
Layout layout_now(const PlatformWindow& session) {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const float scale = session.ui.atlas.scale;
  if (scale <= 0) return {};  // nothing was drawn yet
  return layout_of(session.explorer, size.x / scale, size.y / scale);
}

Rect in_page(const PlatformWindow& session, Rect r) {
  const float by = page_units_per_point(session);
  return {r.x * by, r.y * by, r.width * by, r.height * by};
}

Rect controls_place(PlatformWindow& session) {
  if (session.ui.atlas.scale <= 0) return {};
  const Painter painter(nullptr, session.ui.atlas, palette(false));  // only measures text
  return free_page_button_place(painter, layout_now(session), session.explorer, session.ui);
}

Explorer& page_explorer() { return page().session.explorer; }
void redraw_page() { redraw(); }
void take_effect() {
  Page& p = page();
  advance(p.session.explorer, {});
  serve_requests(p.session.explorer);
  tell_page(p);
  redraw();
}

void show_pixels(SDL_Window*, const Pixels& frame) { host_show(frame.values.data(), frame.width, frame.height); }

// argv[1]: the link, without '#'. argv[2]: the system's theme, "dark" or "light". argv[3]: the text of build.json.
int run(int argc, char** argv) {
  try {
    if (argc < 4) fail("the page gave ", argc - 1, " arguments, expected 3");
    PlatformWindow& session = page().session;
    session.explorer.can_choose_files = true;
    session.explorer.can_share = host_can_share();
    session.explorer.has_lesson = host_has_lesson();
    session.explorer.welcome = host_is_first_visit();
    session.explorer.is_page = true;
    session.explorer.can_train = host_can_train();
    session.explorer.has_page_controls = true;
    set_state(session.explorer, read_link(argv[1]));
    session.explorer.system_dark = std::string_view(argv[2]) == "dark";
    SDL_SetHint(SDL_HINT_EMSCRIPTEN_KEYBOARD_ELEMENT, "#canvas");
    SDL_SetHint(SDL_HINT_POLL_SENTINEL, "0");  // else each poll would add an event, which would request another frame
    open_session(session, {});
    set_catalogue(session.explorer, read_catalogue(argv[3], "build.json"));
    SDL_AddEventWatch(on_event, nullptr);
    serve_requests(session.explorer);
    schedule();
    return 0;
  } catch (const Error& error) {
    host_fail(error.what());
    return 1;
  }
}

}  // namespace loom

// Functions that the page calls. platform_web_queries.cpp has those that only answer.
using namespace loom;

LOOM_EXPORT void loom_receive(int index, const void* data, int length) {
  receive(page().session.explorer, static_cast<std::size_t>(index), bytes(data, length));
  redraw();
}
// Takes the first bytes of a weight file. Returns true if there is an image to show now. Errors are reported only when
// all bytes have arrived.
LOOM_EXPORT bool loom_receive_start(int index, const void* data, int length) {
  Explorer& explorer = page().session.explorer;
  try {
    receive_start(explorer, static_cast<std::size_t>(index), bytes(data, length));
  } catch (const Error&) {
  }
  redraw();
  return explorer.preview.has_value();
}
LOOM_EXPORT void loom_receive_failure(int index, const char* reason, int length) {
  receive_failure(page().session.explorer, static_cast<std::size_t>(index), view(reason, length));
  redraw();
}
LOOM_EXPORT void loom_progress(int index, double share) {
  Explorer& explorer = page().session.explorer;
  if (explorer.waiting != static_cast<std::size_t>(index)) return;
  explorer.progress = share;
  redraw();
}
LOOM_EXPORT void loom_open_file(const char* name, int name_length, const void* data, int length) {
  open_any_file(page().session.explorer, view(name, name_length), bytes(data, length));
  redraw();
}
LOOM_EXPORT void loom_open_picture(const char* name, int name_length, const void* grey, int width, int height) {
  const std::span pixels(static_cast<const std::uint8_t*>(grey),
                         static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  open_visitor_image(page().session.explorer, view(name, name_length), pixels, width, height);
  redraw();
}
LOOM_EXPORT void loom_receive_replay(int index, const void* data, int length) {
  receive_replay(page().session.explorer, static_cast<std::size_t>(index), bytes(data, length));
  redraw();
}
LOOM_EXPORT void loom_receive_replay_failure(int index, const char* reason, int length) {
  receive_replay_failure(page().session.explorer, static_cast<std::size_t>(index), view(reason, length));
  redraw();
}
// The bytes before the data of the entry's pack, and its blocks, which the page has unpacked.
LOOM_EXPORT void loom_receive_pack_header(int index, const void* data, int length) {
  receive_pack_header(page().session.explorer, static_cast<std::size_t>(index), bytes(data, length));
  redraw();
}
LOOM_EXPORT void loom_receive_pack_block(int index, int block, const void* data, int length) {
  receive_pack_block(page().session.explorer, static_cast<std::size_t>(index), static_cast<std::size_t>(block),
                     bytes(data, length));
  redraw();
}
// block: -1 is the header.
LOOM_EXPORT void loom_receive_pack_failure(int index, int block, const char* reason, int length) {
  Explorer& explorer = page().session.explorer;
  const auto entry = static_cast<std::size_t>(index);
  if (block < 0)
    receive_pack_header_failure(explorer, entry, view(reason, length));
  else
    receive_pack_block_failure(explorer, entry, static_cast<std::size_t>(block), view(reason, length));
  redraw();
}
// The same of a pack that the visitor opened.
LOOM_EXPORT void loom_open_pack(const char* name, int name_length, const void* header, int length) {
  open_pack_header(page().session.explorer, view(name, name_length), bytes(header, length));
  redraw();
}
LOOM_EXPORT void loom_open_pack_block(int block, const void* data, int length) {
  open_pack_block(page().session.explorer, static_cast<std::size_t>(block), bytes(data, length));
  redraw();
}
LOOM_EXPORT void loom_tell(const char* text, int length) {
  page().session.explorer.message = Message{std::string(view(text, length)), std::nullopt};
  redraw();
}
LOOM_EXPORT void loom_follow_link(const char* link, int length) {
  follow_link(page().session.explorer, view(link, length));
  take_effect();
}
// Moves z even if it is locked: locks do not restrict the host page.
LOOM_EXPORT void loom_set_z(double z1, double z2) {
  apply_unlocked(page().session.explorer, SetZ{{static_cast<float>(z1), static_cast<float>(z2)}});
  take_effect();
}
// While paused nothing is drawn or computed; changes are shown afterwards.
LOOM_EXPORT void loom_pause(bool paused) {
  page().paused = paused;
  if (!paused) redraw();
}
// Whether something is open that Escape closes.
LOOM_EXPORT bool loom_something_open() {
  const PlatformWindow& session = page().session;
  const ExplorerState& state = session.explorer.state;
  const bool tour_shown = state.tour != 0 && !is_locked(state, Lock::tour);
  return state.help || tour_shown || session.ui.popup != Popup::none;
}
// Call after SDL's own handler of the browser's event `resize`. It sets the size of the canvas, which clears it, but
// tells nobody if the size is the same as before.
LOOM_EXPORT void loom_resized() {
  Page& p = page();
  if (p.paused && p.has_graphics && p.session.frames > 0) {
    want_frames(p.session);
    draw_and_show(p.session);  // else the canvas would stay empty
  }
  redraw();
}
LOOM_EXPORT void loom_system_theme(bool dark) {
  page().session.explorer.system_dark = dark;
  redraw();
}
// Draws now, so that the page can copy the canvas for printing and sharing. Returns false without a graphics context.
LOOM_EXPORT bool loom_draw_now() {
  Page& p = page();
  if (!p.has_graphics) return false;
  want_frames(p.session);
  draw_and_show(p.session);
  return true;
}
// How long what plays takes at the speed that is chosen; 0: there is nothing to play.
LOOM_EXPORT double loom_film_seconds() {
  const Explorer& explorer = page_explorer();
  return film_seconds(explorer, open_tool(explorer)) / static_cast<double>(explorer.playback.speed);
}
// Draws the moment after this share of it, with its overlay complete.
LOOM_EXPORT void loom_film_frame(double share) {
  constexpr int kMostFrames = 1000;
  PlatformWindow& session = page().session;
  if (!page().has_graphics) return;
  apply(session.explorer, Seek{share * film_seconds(session.explorer, open_tool(session.explorer))});
  session.last_event = SDL_GetTicks64();  // a page that is drawn for a film is not idle
  want_frames(session);
  for (int i = 0; i < kMostFrames && draw_frame(session); ++i) {
  }
  present(session);
  schedule();
}
LOOM_EXPORT void loom_graphics(bool there) {
  Page& p = page();
  if (there)
    restore_graphics(p.session);
  else
    forget_graphics(p.session);
  p.has_graphics = there;
  if (there) redraw();
}
// Draws on the CPU until the lost graphics context is restored.
LOOM_EXPORT void loom_draw_on_cpu() {
  Page& p = page();
  if (p.has_graphics) return;
  draw_on_cpu(p.session);
  p.has_graphics = true;
  redraw();
}
LOOM_EXPORT bool loom_draws_on_cpu() { return page().session.renderer->draws_on_cpu(); }

// For the HTML controls beside the canvas (accessibility_tree.h).
LOOM_EXPORT const char* loom_accessibility_lists() {
  page().lists = accessibility_lists(page().session.explorer);
  return page().lists.c_str();
}
LOOM_EXPORT const char* loom_accessibility_state() { return page().accessibility.c_str(); }
LOOM_EXPORT bool loom_dispatch(const char* what, int what_length, const char* value, int value_length) {
  PlatformWindow& session = page().session;
  const bool sound = dispatch(session.explorer, session.ui.nodes, layout_now(session).plane, view(what, what_length),
                              view(value, value_length), session.actions);
  if (sound) redraw();
  return sound;
}
