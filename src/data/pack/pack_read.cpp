#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>

#include "core/error.h"
#include "core/files/file.h"
#include "core/files/sha256.h"
#include "data/hold_out.h"
#include "data/identity.h"
#include "data/pack/pack_block.h"
#include "data/pack/pack_file.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

// Unpacks one complete zlib stream of the expected length.
std::vector<std::byte> unpack(std::span<const std::byte> data, const PackBlock& block, std::size_t unpacked_bytes,
                              const std::string& where) {
  const auto packed =
      data.subspan(static_cast<std::size_t>(block.offset), static_cast<std::size_t>(block.packed_bytes));
  const std::string found = sha256_hex(packed);
  if (found != block.packed_sha256)
    fail(where, ": SHA-256 of the packed bytes is ", found, ", expected ", block.packed_sha256);
  std::vector<std::byte> out(unpacked_bytes);
  auto out_bytes = static_cast<uLongf>(out.size());
  auto used = static_cast<uLong>(packed.size());
  const int status = uncompress2(reinterpret_cast<Bytef*>(out.data()), &out_bytes,
                                 reinterpret_cast<const Bytef*>(packed.data()), &used);
  if (status == Z_BUF_ERROR && out_bytes == out.size())
    fail(where, ": its zlib stream does not end after the expected ", unpacked_bytes, " bytes");
  if (status != Z_OK) fail(where, ": not a complete zlib stream: ", zError(status));
  if (used != packed.size()) fail(where, ": ", packed.size() - used, " bytes follow the end of its zlib stream");
  out.resize(out_bytes);
  return out;
}

// Gives published images their name; refuses what contradicts the header.
void identify_pack(const PackHeader& pack, Dataset& data) {
  const auto images = identify(data.images_sha256, IdxKind::images);
  const auto labels = identify(data.labels_sha256, IdxKind::labels);
  if (images && images->split != data.split)
    fail(data.images_path, ": holds the ", split_text(images->split), " images of ", images->dataset->title,
         " under the name of ", split_text(data.split), " images");
  if (images && labels && images->dataset == labels->dataset && labels->split == data.split) {
    data.name = images->dataset->name;
    data.class_names.assign(images->dataset->class_names.begin(), images->dataset->class_names.end());
  }
  const DataOrigin& origin = pack.origin;
  const bool unchanged = pack.images == origin.images && pack.levels == kGreyLevels;
  if (unchanged && (data.images_sha256 != origin.images_sha256 || data.labels_sha256 != origin.labels_sha256))
    fail(data.images_path, ": claims to hold all ", origin.images, " images of ", origin.title,
         " unchanged, but the SHA-256 of their ", data.images_sha256 != origin.images_sha256 ? "images" : "labels",
         " is another");
}

}  // namespace

bool is_pack(const fs::path& path) {
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) return false;
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
  std::array<std::byte, kPackMagic.size()> start;
  return file && std::fread(start.data(), 1, start.size(), file.get()) == start.size() && starts_as_pack(start);
}

std::vector<std::byte> read_pack_file(const fs::path& path) {
  return read_file(path.string(), kPackPrefixBytes + kMaxPackHeaderBytes + kMaxPackDataBytes);
}

std::vector<std::byte> unpack_block(std::span<const std::byte> bytes, const PackHeader& pack, std::size_t block,
                                    const std::string& file) {
  const auto packed = bytes.subspan(static_cast<std::size_t>(pack.data_begin));
  return unpack(packed, pack.blocks[block], stored_block_bytes(pack, block), text(file, ": block ", block));
}

Dataset read_pack(std::span<const std::byte> bytes, const std::string& file) {
  const PackHeader pack = parse_pack_header(bytes, file);
  check_pack_size(pack, bytes.size(), file);
  const auto packed = bytes.subspan(static_cast<std::size_t>(pack.data_begin));
  const auto image = static_cast<std::size_t>(pack.shape.size()), images = static_cast<std::size_t>(pack.images);
  Dataset data;
  data.split = pack.split;
  data.shape = pack.shape;
  data.class_names = pack.class_names;
  data.images_path = data.labels_path = file;
  if (pack.labels)
    data.labels = read_stored_labels(pack, unpack(packed, *pack.labels, images, text(file, ": labels")), file);
  else
    data.labels.assign(images, 0);
  std::size_t first = 0;
  for (std::size_t i = 0; i < pack.blocks.size(); ++i) {
    const auto stored = unpack_block(bytes, pack, i, file);
    const std::size_t pixels = static_cast<std::size_t>(pack.blocks[i].images) * image;
    data.pixels.resize(first + pixels);
    read_stored_images(pack, i, stored, file, std::span(data.pixels).subspan(first));
    first += pixels;
  }
  check_pack_pixels(pack, data.pixels, file);
  set_hashes(data, pack.labels.has_value());
  data.pack = {pack.origin, pack.levels, sha256_hex(bytes)};
  identify_pack(pack, data);
  return data;
}

Dataset load_pack(const fs::path& path, Split split) {
  Dataset data = read_pack(read_pack_file(path), path.string());
  if (data.split != split)
    fail(path.string(), ": is a pack of ", split_text(data.split), " images of ", data.pack->origin.title, ", where ",
         split_text(split), " images are expected; a pack holds one of the two",
         split == Split::test ? ", and where both are needed --test-data names that of the test images"
                              : ": --data names that of the training images, --test-data this one");
  return data;
}

}  // namespace loom
