#include <stb/stb_image_write.h>

#include <charconv>
#include <cstdio>
#include <filesystem>
#include <utility>

#include "core/arithmetic.h"
#include "core/error.h"
#include "core/files/file.h"
#include "data/images/image_file.h"
#include "data/pack/pack_file.h"
#include "explorer/app/downloads.h"
#include "explorer/app/originals.h"
#include "explorer/app/update.h"
#include "explorer/app/visitor_files.h"
#include "explorer/link/link.h"
#include "explorer/platform/opengl_renderer.h"
#include "explorer/platform/platform.h"
#include "explorer/texts/texts.h"

namespace loom {

const OpenGlVersion kOpenGlVersion{3, 2, SDL_GL_CONTEXT_PROFILE_CORE, "#version 150"};

namespace {

constexpr std::uint64_t kMaxFileBytes = 256u << 20;
constexpr const char* kUsage =
    "Usage: loom-explorer FILE... [options]\n"
    "Explores the latent space of models in .safetensors files.\n\n"
    "  --dark              dark colours\n"
    "  --state LINK        start with this view: the part of a page's address after '#'\n"
    "  --size WxH          of the window, in points (default 1280x800)\n"
    "  --scale S           device pixels per point (default: what the screen says)\n"
    "  --software          draw without OpenGL; used anyway if there is none\n"
    "  --screenshot PNG    write the first image to a file and quit\n";

struct Arguments {
  std::vector<CatalogueEntry> models;
  std::string link, screenshot;
  bool dark = false, help = false;
  WindowOptions window;
};

template <class Number>
bool read_number(std::string_view text, Number low, Number high, Number& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && value >= low && value <= high;
}

void read_size(std::string_view text, WindowOptions& window) {
  const std::size_t cross = text.find('x');
  constexpr int kSmallest = 64, kLargest = 16384;
  if (cross == std::string_view::npos || !read_number(text.substr(0, cross), kSmallest, kLargest, window.width) ||
      !read_number(text.substr(cross + 1), kSmallest, kLargest, window.height))
    fail("--size is ", text, ", expected WIDTHxHEIGHT such as 1280x800");
}

CatalogueEntry entry_of(std::string_view path, std::span<const CatalogueEntry> others) {
  CatalogueEntry entry = visitor_file_entry(path, others);
  if (const std::string replay = replay_file_name(path); std::filesystem::exists(replay)) entry.replay = replay;
  return entry;
}

Arguments read_arguments(int argc, char** argv) {
  Arguments out;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    const auto value = [&]() -> std::string_view {
      if (++i == argc) fail(word, " needs a value");
      return argv[i];
    };
    if (word == "--dark")
      out.dark = true;
    else if (word == "--help" || word == "-h")
      out.help = true;
    else if (word == "--software")
      out.window.software = true;
    else if (word == "--state")
      out.link = value();
    else if (word == "--screenshot")
      out.screenshot = value();
    else if (word == "--size")
      read_size(value(), out.window);
    else if (word == "--scale") {
      if (!read_number(value(), 0.5f, 8.0f, out.window.scale)) fail("--scale is ", argv[i], ", expected 0.5 to 8");
    } else if (word.starts_with("--"))
      fail("option ", word, " is not known; see --help");
    else
      out.models.push_back(entry_of(word, out.models));
  }
  out.window.visible = out.screenshot.empty();
  if (!out.help && out.models.empty()) fail("no model given; try: loom-explorer weights/*.safetensors");
  return out;
}

// Into the current folder. An existing file is kept: the new one gets a number.
void save(Explorer& explorer, const SaveFile& file) {
  std::filesystem::path path = file.name;
  const std::string stem = path.stem().string(), extension = path.extension().string();
  for (int n = 2; std::filesystem::exists(path); ++n) path = text(stem, '-', n, extension);
  if (file.grey.empty())
    write_file_atomic(path.string(), std::as_bytes(std::span(file.text)));
  else if (!stbi_write_png(path.c_str(), file.width, file.height, 1, file.grey.data(), file.width))
    fail(path.string(), ": cannot be written");
  explorer.message = Message{texts::saved_as(path.string()), std::nullopt};
}

void serve(Explorer& explorer, const Request& request) {
  const CatalogueEntry& entry = explorer.catalogue[request.entry];
  switch (request.kind) {
    case Request::Kind::model: return receive(explorer, request.entry, read_file(entry.file, kMaxFileBytes));
    case Request::Kind::replay: return receive_replay(explorer, request.entry, read_file(entry.replay, kMaxFileBytes));
    case Request::Kind::pack_header: return receive_pack_header(explorer, request.entry, read_pack_file(entry.images));
    case Request::Kind::pack_block: {
      const std::vector<std::byte> pack = read_pack_file(entry.images);
      const PackHeader header = parse_pack_header(pack, entry.images);
      return receive_pack_block(explorer, request.entry, request.block,
                                unpack_block(pack, header, request.block, entry.images));
    }
    case Request::Kind::save: return save(explorer, request.file);
    case Request::Kind::choose_file:
    case Request::Kind::film:
    case Request::Kind::training:
    case Request::Kind::find:
    case Request::Kind::lesson:
    case Request::Kind::welcomed:
    case Request::Kind::share: return;  // not offered by this program
  }
}

void refuse(Explorer& explorer, const Request& request, const char* reason) {
  switch (request.kind) {
    case Request::Kind::model: return receive_failure(explorer, request.entry, reason);
    case Request::Kind::replay: return receive_replay_failure(explorer, request.entry, reason);
    case Request::Kind::pack_header: return receive_pack_header_failure(explorer, request.entry, reason);
    case Request::Kind::pack_block: return receive_pack_block_failure(explorer, request.entry, request.block, reason);
    case Request::Kind::save: explorer.message = Message{reason, std::nullopt}; return;
    case Request::Kind::choose_file:
    case Request::Kind::film:
    case Request::Kind::training:
    case Request::Kind::find:
    case Request::Kind::lesson:
    case Request::Kind::welcomed:
    case Request::Kind::share: return;
  }
}

// Files are read at once. The loop ends when they cause no further requests.
void serve_requests(Explorer& explorer) {
  for (std::vector<Request> requests = take_requests(explorer); !requests.empty(); requests = take_requests(explorer))
    for (const Request& request : requests) {
      try {
        serve(explorer, request);
      } catch (const Error& error) {
        refuse(explorer, request, error.what());
      }
    }
}

// Opens an image, a weight file or a data set.
void open_dropped_bytes(Explorer& explorer, const std::filesystem::path& path, const std::vector<std::byte>& bytes) {
  const std::string name = path.filename().string();
  if (starts_as_pack(bytes)) {
    const PackHeader header = parse_pack_header(bytes, name);
    check_pack_size(header, bytes.size(), name);
    open_pack_header(explorer, name, bytes);
    for (std::size_t block = 0; block < header.blocks.size(); ++block)
      open_pack_block(explorer, block, unpack_block(bytes, header, block, name));
    return;
  }
  if (!has_image_name(path)) return open_any_file(explorer, name, bytes);
  const GreyImage image = decode_image(bytes, name);
  open_visitor_image(explorer, name, image.pixels, image.width, image.height);
}

void open_dropped(PlatformWindow& session, char* path) {
  try {
    open_dropped_bytes(session.explorer, path, read_file(path, kMaxFileBytes));
  } catch (const Error& error) {
    session.explorer.message = Message{error.what(), std::nullopt};
  }
  SDL_free(path);
  want_frames(session);
}

// Waits for an event, or until the idle window has something to show.
int wait_for(PlatformWindow& session, SDL_Event& event) {
  const std::optional<double> until = until_watch(session);
  if (!until) return SDL_WaitEvent(&event);
  const int found = SDL_WaitEventTimeout(&event, static_cast<int>(*until));
  if (found == 0) want_frames(session);
  return found;
}

// Sleeps until an event arrives, and draws only then.
void loop(PlatformWindow& session) {
  bool more = true;
  while (true) {
    SDL_Event event;
    for (int waiting = more ? SDL_PollEvent(&event) : wait_for(session, event); waiting != 0;
         waiting = SDL_PollEvent(&event)) {
      if (event.type == SDL_QUIT) return;
      if (event.type == SDL_DROPFILE) open_dropped(session, event.drop.file);
      handle_event(session, event);
    }
    serve_requests(session.explorer);
    if (session.settling > 0) {
      more = draw_frame(session);
      present(session);
    } else {
      more = false;
    }
  }
}

void write_screenshot(PlatformWindow& session, const std::string& path) {
  while (draw_frame(session)) serve_requests(session.explorer);
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const int width = static_cast<int>(size.x), height = static_cast<int>(size.y);
  const Pixels pixels = session.renderer->read(width, height);
  if (!stbi_write_png(path.c_str(), width, height, 4, pixels.values.data(), 4 * width))
    fail(path, ": cannot be written");
}

void explore(const Arguments& arguments) {
  PlatformWindow session;
  open_session(session, arguments.window);
  Explorer& explorer = session.explorer;
  ExplorerState state = read_link(arguments.link);
  if (arguments.dark) state.theme = Theme::dark;
  set_state(explorer, std::move(state));
  set_catalogue(explorer, arguments.models);
  serve_requests(explorer);
  if (!explorer.model && explorer.message) fail(explorer.message->text);
  arguments.screenshot.empty() ? loop(session) : write_screenshot(session, arguments.screenshot);
  close_session(session);
}

}  // namespace

void show_pixels(SDL_Window* window, const Pixels& frame) {
  SDL_Surface* drawn = SDL_CreateRGBSurfaceWithFormatFrom(const_cast<Color*>(frame.values.data()), frame.width,
                                                          frame.height, 32, 4 * frame.width, SDL_PIXELFORMAT_RGBA32);
  SDL_SetSurfaceBlendMode(drawn, SDL_BLENDMODE_NONE);
  if (SDL_Surface* shown = SDL_GetWindowSurface(window)) {
    SDL_BlitSurface(drawn, nullptr, shown, nullptr);
    SDL_UpdateWindowSurface(window);
  }
  SDL_FreeSurface(drawn);
}

int run(int argc, char** argv) {
  fix_arithmetic();
  try {
    const Arguments arguments = read_arguments(argc, argv);
    if (arguments.help)
      std::fputs(kUsage, stdout);
    else
      explore(arguments);
    return 0;
  } catch (const Error& error) {
    std::fprintf(stderr, "loom-explorer: %s\n", error.what());
    return 1;
  }
}

}  // namespace loom
