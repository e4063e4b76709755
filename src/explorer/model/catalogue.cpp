#include "explorer/model/catalogue.h"

#include <algorithm>
#include <limits>

#include "core/error.h"
#include "core/files/sha256.h"
#include "core/json/json_item.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

std::string optional_string(const JsonItem& item, std::string_view key) {
  const std::optional<JsonItem> found = item.find(key);
  return found ? found->string() : std::string();
}

TestLoss read_loss(const JsonItem& item) {
  return {item.at("dataset").string(), item.at("latent_dim").integer(1), item.at("variational").boolean(),
          item.at("reconstruction").number(), item.at("kl").number()};
}

// A name or a path, which nothing could be asked for without.
std::string not_empty(const JsonItem& item) {
  std::string words = item.string();
  if (words.empty()) item.refuse("an empty text", "a name");
  return words;
}

CatalogueEntry read_entry(const JsonItem& item) {
  CatalogueEntry entry;
  entry.id = not_empty(item.at("name"));
  entry.file = not_empty(item.at(item.find("path") ? "path" : "file"));
  entry.title = optional_string(item, "title");
  entry.what = optional_string(item, "what");
  entry.sha256 = optional_string(item, "sha256");
  if (const std::optional<JsonItem> bytes = item.find("bytes"))
    entry.bytes = static_cast<std::uint64_t>(bytes->integer(0, std::numeric_limits<std::int64_t>::max()));
  entry.group = optional_string(item, "group");
  if (const std::optional<JsonItem> denoises = item.find("denoises")) entry.denoises = denoises->boolean();
  if (const std::optional<JsonItem> replay = item.find("replay")) {
    entry.replay = not_empty(replay->at("path"));
    entry.replay_bytes =
        static_cast<std::uint64_t>(replay->at("bytes").integer(0, std::numeric_limits<std::int64_t>::max()));
    entry.replay_sha256 = replay->at("sha256").string();
  }
  if (const std::optional<JsonItem> images = item.find("images")) entry.images = not_empty(images->at("path"));
  if (const std::optional<JsonItem> loss = item.find("loss")) entry.loss = read_loss(*loss);
  if (entry.title.empty()) entry.title = entry.id;
  return entry;
}

void check_bytes(std::string_view file, std::uint64_t expected, std::string_view sha256,
                 std::span<const std::byte> bytes) {
  if (expected != 0 && bytes.size() != expected)
    fail(file, ": ", bytes.size(), " bytes arrived, expected ", expected,
         ": the download is incomplete or another file");
  if (sha256.empty()) return;
  const std::string found = sha256_hex(bytes);
  if (found != sha256)
    fail(file, ": the content is damaged (SHA-256 ", found.substr(0, 8), "..., expected ", sha256.substr(0, 8), "...)");
}

// The last part of a path, without its extension.
std::string_view stem(std::string_view path) {
  path.remove_prefix(std::min(path.size(), path.find_last_of("/\\") + 1));
  return path.substr(0, path.rfind('.'));
}

}  // namespace

std::vector<CatalogueEntry> read_catalogue(std::string_view json, std::string_view name) {
  const Json document = parse_json(json, name);
  const JsonItem list = JsonItem(document, name).at("models");
  std::vector<CatalogueEntry> entries;
  for (const JsonItem& item : list.elements()) entries.push_back(read_entry(item));
  if (entries.empty()) list.refuse("no models", "at least one");
  return entries;
}

void check_download(const CatalogueEntry& entry, std::span<const std::byte> bytes) {
  check_bytes(entry.file, entry.bytes, entry.sha256, bytes);
}

void check_replay_download(const CatalogueEntry& entry, std::span<const std::byte> bytes) {
  check_bytes(entry.replay, entry.replay_bytes, entry.replay_sha256, bytes);
}

std::string replay_file_name(std::string_view weight_file) {
  constexpr std::string_view kExtension = ".safetensors";
  if (weight_file.ends_with(kExtension)) weight_file.remove_suffix(kExtension.size());
  return text(weight_file, ".replay", kExtension);
}

CatalogueEntry trained_entry() {
  return {.id = std::string(kTrainedHere),
          .title = std::string(texts::kTrainedHere),
          .what = std::string(texts::kTrainedHereWhat),
          .file = std::string(texts::kTrainedHere),
          .sha256 = {},
          .group = std::string(texts::kYourFiles),
          .replay = {},
          .replay_sha256 = {},
          .images = {}};
}

CatalogueEntry kept_entry(const CatalogueEntry& trained, std::span<const CatalogueEntry> others) {
  CatalogueEntry entry = trained;
  int n = 1;
  const auto taken = [&](const CatalogueEntry& other) { return other.id == entry.id; };
  do entry.id = text(kTrainedHere, '-', n++);
  while (std::ranges::any_of(others, taken));
  entry.title = text(trained.title, ' ', n - 1);
  return entry;
}

CatalogueEntry visitor_file_entry(std::string_view file_name, std::span<const CatalogueEntry> others) {
  std::string base;
  for (const char c : stem(file_name)) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    base += plain ? c : '-';
  }
  if (base.empty()) base = "own";
  const auto taken = [&](std::string_view id) {
    return id == kTrainedHere ||
           std::ranges::any_of(others, [&](const CatalogueEntry& other) { return other.id == id; });
  };
  std::string id = base;
  for (int n = 2; taken(id); ++n) id = text(base, '-', n);
  return {.id = id,
          .title = std::string(stem(file_name)),
          .what = std::string(texts::kYourFile),
          .file = std::string(file_name),
          .sha256 = {},
          .group = std::string(texts::kYourFiles),
          .replay = {},
          .replay_sha256 = {},
          .images = {}};
}

}  // namespace loom
