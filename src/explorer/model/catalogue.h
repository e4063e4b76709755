// The models that can be chosen: those of weights/models.json, and files that the visitor opened.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace loom {

// The id of the model that the visitor trains. No other has it, and no link names it.
inline constexpr std::string_view kTrainedHere = "trained-here";

// Whether an id is that one or that of a kept copy of the model.
inline bool is_trained_here(std::string_view id) {
  return id.starts_with(kTrainedHere) && (id.size() == kTrainedHere.size() || id[kTrainedHere.size()] == '-');
}

// The loss of a model that ships, over the test images of its data set, in nats per image.
struct TestLoss {
  std::string dataset;  // "fashion-mnist"
  std::int64_t latent_dim = 0;
  bool variational = false;
  double reconstruction = 0, kl = 0;

  double total() const { return reconstruction + kl; }
};

struct CatalogueEntry {
  std::string id;     // names the model in links
  std::string title;  // shown in lists
  std::string what;   // one line below the title
  std::string file;   // where it is: relative to the page, or a path
  std::uint64_t bytes = 0;  // expected length and SHA-256; 0 and empty: not known, not checked
  std::string sha256;
  std::string group;  // heading in the chooser; empty: none
  bool own = false;  // the visitor opened it, so no link can name it
  bool denoises = false;  // was trained to reconstruct the clean image from a noisy one
  std::string replay;  // file with the training replay; empty: there is none
  std::uint64_t replay_bytes = 0;
  std::string replay_sha256;
  std::string images;  // data pack with the originals of its test set; empty: there is none
  std::optional<TestLoss> loss = std::nullopt;  // none: not known, or not in nats
};

// {"models": [{"name", "title", "what", "path" or "file", "bytes", "sha256", "group", "denoises", "replay":
// {"path", "bytes", "sha256"}, "images": {"path"}, "loss": {"dataset", "latent_dim", "variational", "reconstruction",
// "kl"}}, ...]}, as tools/assemble_dist.py writes it; only the name and one
// of path and file are required, other members are ignored. Throws Error with `name` and the place for anything else,
// and for an empty list.
std::vector<CatalogueEntry> read_catalogue(std::string_view json, std::string_view name);

// Throws Error saying what differs unless the bytes have the length and the SHA-256 of the entry. They may differ
// because the download was cut short, or because a captive portal sent a page of its own.
void check_download(const CatalogueEntry& entry, std::span<const std::byte> bytes);
void check_replay_download(const CatalogueEntry& entry, std::span<const std::byte> bytes);

// The name of a weight file's training replay, if there is one: a.replay.safetensors for a.safetensors.
std::string replay_file_name(std::string_view weight_file);

// The entry of the model that the visitor trains.
CatalogueEntry trained_entry();

// An entry for a copy of the model that was trained, with the next free number.
CatalogueEntry kept_entry(const CatalogueEntry& trained, std::span<const CatalogueEntry> others);

// An entry for a file of the visitor. Its id is made from the file's name and is unique among `others`.
CatalogueEntry visitor_file_entry(std::string_view file_name, std::span<const CatalogueEntry> others);

}  // namespace loom
