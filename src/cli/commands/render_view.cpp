#include "cli/commands/render_view.h"

#include <charconv>
#include <filesystem>
#include <utility>

#include "core/error.h"
#include "core/files/file.h"
#include "core/text.h"
#include "data/pack/pack_file.h"
#include "explorer/app/downloads.h"
#include "explorer/app/originals.h"
#include "explorer/app/update.h"
#include "explorer/link/link.h"
#include "weights/tensor.h"

namespace loom {
namespace {

constexpr std::uint64_t kMaxListBytes = 1u << 20;

void read_size(const std::string& words, RenderSize& size) {
  constexpr int kSmallest = 64, kLargest = 16384;
  const auto number = [&](std::string_view digits, int& value) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc() && end == digits.data() + digits.size() && value >= kSmallest && value <= kLargest;
  };
  const std::size_t cross = std::min(words.find('x'), words.size());
  const std::string_view all = words;
  if (!number(all.substr(0, cross), size.width) || !number(all.substr(std::min(cross + 1, words.size())), size.height))
    fail("--size is ", words, ", expected WIDTHxHEIGHT, each ", kSmallest, " to ", kLargest);
}

// The replay files beside the weight files.
std::vector<CatalogueEntry> with_replays(std::vector<CatalogueEntry> entries) {
  for (CatalogueEntry& entry : entries)
    if (const std::string replay = replay_file_name(entry.file); std::filesystem::exists(replay)) entry.replay = replay;
  return entries;
}

// The files named, or what the folder's models.json lists.
std::vector<CatalogueEntry> catalogue(const ExplorerView& options) {
  std::vector<CatalogueEntry> entries;
  for (const std::string& file : options.files) entries.push_back(visitor_file_entry(file, entries));
  if (!entries.empty()) return with_replays(std::move(entries));
  const std::filesystem::path folder(options.weights);
  const std::string list = (folder / "models.json").string();
  const std::vector<std::byte> bytes = read_file(list, kMaxListBytes);
  // The folder has the bare list, the page's manifest has it under "models".
  const std::string_view json{reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  entries = read_catalogue(json.starts_with('[') ? text("{\"models\":", json, '}') : std::string(json), list);
  for (CatalogueEntry& entry : entries) {
    entry.file = (folder / entry.file).string();
    if (!entry.images.empty()) entry.images = (folder / entry.images).string();
  }
  return with_replays(std::move(entries));
}

}  // namespace

void serve_from_files(Explorer& explorer) {
  for (std::vector<Request> requests = take_requests(explorer); !requests.empty(); requests = take_requests(explorer))
    for (const Request& request : requests) {
      const CatalogueEntry& entry = explorer.catalogue[request.entry];
      if (request.kind == Request::Kind::replay) {
        receive_replay(explorer, request.entry, read_file(entry.replay, kMaxWeightFileBytes));
      } else if (request.kind == Request::Kind::pack_header) {
        receive_pack_header(explorer, request.entry, read_pack_file(entry.images));
      } else if (request.kind == Request::Kind::pack_block) {
        const std::vector<std::byte> pack = read_pack_file(entry.images);
        const PackHeader header = parse_pack_header(pack, entry.images);
        receive_pack_block(explorer, request.entry, request.block,
                           unpack_block(pack, header, request.block, entry.images));
      } else if (request.kind == Request::Kind::model) {
        receive(explorer, request.entry, read_file(entry.file, kMaxWeightFileBytes));
        if (!explorer.models[request.entry])
          fail(explorer.message ? explorer.message->text : "the model cannot be loaded");
      }
    }
}

void add_view_options(CLI::App& command, ExplorerView& view, std::string size) {
  view.size = std::move(size);
  command.add_option("file", view.files, "weight files; if none is given, those of --weights");
  command.add_option("--weights", view.weights, "folder with models.json")->capture_default_str();
  command.add_option("--state", view.state, "what to show: the part of the page's address after '#'");
  command.add_option("--size", view.size, "size in points, as WIDTHxHEIGHT")->capture_default_str();
  command.add_option("--scale", view.scale, "pixels per point")->check(CLI::Range(0.5, 8.0))->capture_default_str();
  command.add_option("--theme", view.theme, "light or dark; if not given, the theme in the link, or light")
      ->check(CLI::IsMember({"light", "dark"}));
}

RenderSize size_of(const ExplorerView& view) {
  RenderSize size;
  read_size(view.size, size);
  size.scale = static_cast<float>(view.scale);
  constexpr double kMostPixels = 1 << 27;  // half a gigabyte
  const double pixels = view.scale * view.scale * size.width * size.height;
  if (pixels > kMostPixels)
    fail("--size ", view.size, " at --scale ", short_text(view.scale, 2), " has ", fixed_text(pixels / 1e6, 0),
         " million pixels, expected at most ", fixed_text(kMostPixels / 1e6, 0));
  return size;
}

void open_view(Explorer& explorer, const ExplorerView& view) {
  ExplorerState state = read_link(view.state);
  if (view.theme == "dark") state.theme = Theme::dark;
  if (view.theme == "light") state.theme = Theme::light;
  set_state(explorer, std::move(state));
  set_catalogue(explorer, catalogue(view));
  if (explorer.message) fail("--state: ", explorer.message->text);
}

}  // namespace loom
