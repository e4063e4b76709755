#include "data/hold_out.h"

#include "core/bytes.h"
#include "core/error.h"
#include "core/files/sha256.h"
#include "data/identity.h"

namespace loom {
namespace {

std::string idx_sha256(std::initializer_list<Index> dims, std::span<const std::uint8_t> values) {
  std::vector<std::uint8_t> header{0, 0, 8, static_cast<std::uint8_t>(dims.size())};
  for (const Index dim : dims)
    for (int shift = 24; shift >= 0; shift -= 8) header.push_back(static_cast<std::uint8_t>(dim >> shift));
  Sha256 hash;
  hash.update(std::as_bytes(std::span(header)));
  hash.update(std::as_bytes(values));
  return hash.hex();
}

}  // namespace

bool is_held_out(std::span<const std::uint8_t> pixels) {
  Sha256 hash;
  hash.update(std::as_bytes(pixels));
  const auto digest = hash.digest();
  return big_endian(std::as_bytes(std::span(digest)).first(8)) % kHoldOutEvery == 0;
}

void keep_split(Dataset& dataset) {
  const bool labelled = !dataset.labels_sha256.empty();
  const auto size = static_cast<std::size_t>(dataset.shape.size());
  std::vector<std::uint8_t> pixels, labels;
  for (std::size_t n = 0; n < dataset.labels.size(); ++n) {
    const std::span<const std::uint8_t> image = std::span(dataset.pixels).subspan(n * size, size);
    if (is_held_out(image) != (dataset.split == Split::test)) continue;
    pixels.insert(pixels.end(), image.begin(), image.end());
    labels.push_back(dataset.labels[n]);
  }
  if (labels.empty())
    fail(dataset.images_path, ": none of the ", dataset.labels.size(), " images falls to the ",
         split_text(dataset.split), " set, which holds one in ", kHoldOutEvery, " by the hash of its pixels",
         dataset.split == Split::test ? "" : " (the others)");
  dataset.pixels = std::move(pixels);
  dataset.labels = std::move(labels);
  set_hashes(dataset, labelled);
}

void set_hashes(Dataset& dataset, bool labelled) {
  dataset.images_sha256 = idx_sha256({dataset.size(), dataset.shape.height, dataset.shape.width}, dataset.pixels);
  dataset.labels_sha256 = labelled ? idx_sha256({dataset.size()}, dataset.labels) : std::string();
}

}  // namespace loom
