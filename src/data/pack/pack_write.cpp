#include <zlib.h>

#include <algorithm>

#include "core/error.h"
#include "core/files/sha256.h"
#include "core/json/json.h"
#include "data/identity.h"
#include "data/pack/pack_block.h"
#include "data/pack/pack_file.h"

namespace loom {
namespace {

// Appends a zlib stream of the bytes to `data`.
PackBlock append_stream(std::span<const std::uint8_t> bytes, Index images, std::vector<std::byte>& data) {
  auto packed_bytes = compressBound(static_cast<uLong>(bytes.size()));
  std::vector<std::byte> packed(packed_bytes);
  const int status = compress2(reinterpret_cast<Bytef*>(packed.data()), &packed_bytes, bytes.data(),
                               static_cast<uLong>(bytes.size()), Z_BEST_COMPRESSION);
  if (status != Z_OK) fail("data pack: zlib cannot pack ", bytes.size(), " bytes: ", zError(status));
  packed.resize(packed_bytes);
  PackBlock block{data.size(), packed.size(), images, sha256_hex(packed), sha256_hex(std::as_bytes(bytes))};
  data.insert(data.end(), packed.begin(), packed.end());
  return block;
}

void set_text(std::string& field, const std::string& given, const char* option, const DataOrigin& origin,
              const std::string& file) {
  if (!given.empty() && origin.name != kCustomDataset)
    fail(file, ": holds ", origin.title, ", whose name, licence and source are known; leave out ", option);
  if (!given.empty()) field = given;
  if (!is_pack_text(field)) fail(option, " is ", quoted_name(field), ", expected ", kPackTextWords);
}

// The origin of the data set itself, or that of the pack that it was read from.
DataOrigin origin_of(const Dataset& data, const PackOptions& options) {
  DataOrigin origin;
  if (data.pack) {
    origin = data.pack->origin;
  } else {
    origin.name = data.name;
    origin.title = dataset_title(data);
    origin.images = data.size();
    origin.images_sha256 = data.images_sha256;
    origin.labels_sha256 = data.labels_sha256;
    if (const DatasetIdentity* known = find_dataset(data.name)) {
      origin.licence = known->licence;
      origin.source = known->source;
    }
  }
  set_text(origin.title, options.title, "--name", origin, data.images_path);
  set_text(origin.licence, options.licence, "--licence", origin, data.images_path);
  set_text(origin.source, options.source, "--source", origin, data.images_path);
  if (origin.title.empty()) fail(data.images_path, ": has no name; --name TEXT gives it one");
  return origin;
}

int chosen_levels(const Dataset& data, int wanted) {
  const int found = data.pack ? data.pack->levels : kGreyLevels;
  if (wanted == 0) return found;
  if (wanted < 2 || wanted > kGreyLevels) fail("--levels is ", wanted, ", expected 2 to ", kGreyLevels);
  if (wanted > found) fail(data.images_path, ": has ", found, " grey levels left, cannot be packed with ", wanted);
  return wanted;
}

Index chosen_images(const Dataset& data, Index wanted) {
  if (wanted < 0 || wanted > data.size())
    fail(data.images_path, ": has ", data.size(), " images, cannot pack the first ", wanted);
  return wanted == 0 ? data.size() : wanted;
}

}  // namespace

std::vector<std::byte> write_pack(const Dataset& dataset, const PackOptions& options) {
  PackHeader pack;
  pack.origin = origin_of(dataset, options);
  pack.split = dataset.split;
  pack.shape = dataset.shape;
  pack.images = chosen_images(dataset, options.images);
  pack.levels = chosen_levels(dataset, options.levels);
  pack.class_names = dataset.class_names;
  for (const std::string& name : pack.class_names)
    if (name.empty() || !is_pack_text(name))
      fail(dataset.labels_path, ": a class is named ", quoted_name(name), ", expected ", kPackTextWords);
  const auto image = static_cast<std::size_t>(pack.shape.size());
  const auto pixels = std::span(dataset.pixels).first(static_cast<std::size_t>(pack.images) * image);

  std::vector<std::byte> data;
  if (!dataset.labels_sha256.empty())
    pack.labels =
        append_stream(std::span(dataset.labels).first(static_cast<std::size_t>(pack.images)), pack.images, data);
  // Sets of very many tiny images get larger blocks, so that the number of blocks stays below its limit.
  const Index usual = std::max(options.block, pack.images / static_cast<Index>(kMaxPackBlocks / 2));
  Sha256 hash;
  for (Index first = 0; first < pack.images;) {
    const Index count = std::min(first == 0 ? options.first_block : usual, pack.images - first);
    const auto part = pixels.subspan(static_cast<std::size_t>(first) * image, static_cast<std::size_t>(count) * image);
    pack.blocks.push_back(append_stream(stored_images(part, pack.shape, pack.levels), count, data));
    std::vector<std::uint8_t> kept(part.begin(), part.end());
    for (std::uint8_t& pixel : kept) pixel = shown_grey(stored_level(pixel, pack.levels), pack.levels);
    hash.update(std::as_bytes(std::span(kept)));
    first += count;
  }
  pack.pixels_sha256 = hash.hex();

  const std::string header = pack_header_text(pack);
  const auto start = std::as_bytes(std::span(header));
  std::vector<std::byte> file(start.begin(), start.end());
  file.insert(file.end(), data.begin(), data.end());
  return file;
}

}  // namespace loom
