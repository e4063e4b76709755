#include "data/pack/pack_header.h"

#include <algorithm>

#include "core/bytes.h"
#include "core/error.h"
#include "core/files/sha256.h"
#include "core/json/json_item.h"
#include "core/utf8.h"
#include "data/identity.h"

namespace loom {
namespace {

constexpr std::size_t kVersionAt = 8, kLengthAt = 12, kHashAt = 16;

void append_little_endian(std::string& out, std::uint32_t value) {
  for (int i = 0; i < 4; ++i) out += static_cast<char>(value >> 8 * i);
}

std::string raw_sha256(std::span<const std::byte> bytes) {
  Sha256 hash;
  hash.update(bytes);
  const auto digest = hash.digest();
  return {digest.begin(), digest.end()};
}

std::string hash_at(const JsonItem& item) {
  const std::string& digits = item.string();
  const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  if (digits.size() != 64 || !std::ranges::all_of(digits, is_digit))
    item.refuse(quoted_name(digits), "a SHA-256 of 64 lower-case hexadecimal digits");
  return digits;
}

std::optional<std::string> hash_or_null(const JsonItem& item) {
  return item.json().is_null() ? std::nullopt : std::optional(hash_at(item));
}

void require(const JsonItem& item, std::string_view wanted) {
  if (item.string() != wanted) item.refuse(quoted_name(item.string()), quoted_name(wanted));
}

std::string text_at(const JsonItem& item) {
  if (!is_pack_text(item.string())) item.refuse(quoted_name(item.string()), kPackTextWords);
  return item.string();
}

ImageShape read_shape(const JsonItem& item) {
  if (item.size() != 3) item.refuse(text(item.size(), " elements"), "3: channels, height, width");
  ImageShape shape;
  shape.channels = static_cast<Index>(item.at(0).integer(1, kMaxImageChannels));
  shape.height = static_cast<Index>(item.at(1).integer(1, kMaxImageSide));
  shape.width = static_cast<Index>(item.at(2).integer(1, kMaxImageSide));
  return shape;
}

std::vector<std::string> read_class_names(const JsonItem& item) {
  if (item.size() > kMaxClasses) item.refuse(text(item.size(), " classes"), text("at most ", kMaxClasses));
  std::vector<std::string> names;
  for (const JsonItem& name : item.elements()) {
    names.push_back(text_at(name));
    if (names.back().empty() || names.back().size() > kMaxClassName)
      name.refuse(quoted_name(names.back()), text("1 to ", kMaxClassName, " bytes"));
  }
  return names;
}

DataOrigin read_origin(const JsonItem& header) {
  DataOrigin origin;
  origin.name = header.at("name").string();
  if (origin.name != kCustomDataset && find_dataset(origin.name) == nullptr)
    header.at("name").refuse(quoted_name(origin.name), "a known data set or \"custom\"");
  origin.title = text_at(header.at("title"));
  if (origin.title.empty()) header.at("title").refuse("no text", "a title");
  origin.licence = text_at(header.at("licence"));
  origin.source = text_at(header.at("source"));
  const JsonItem original = header.at("original");
  original.allow_only({"images", "images_sha256", "labels_sha256"});
  origin.images = static_cast<Index>(original.at("images").integer(1, kMaxIdxItems));
  origin.images_sha256 = hash_at(original.at("images_sha256"));
  origin.labels_sha256 = hash_or_null(original.at("labels_sha256")).value_or("");
  return origin;
}

// A pack under the name of a published data set must agree with all that is known about it.
void check_known(const JsonItem& header, const PackHeader& pack) {
  const DatasetIdentity* known = find_dataset(pack.origin.name);
  if (known == nullptr) return;
  require(header.at("title"), known->title);
  require(header.at("licence"), known->licence);
  require(header.at("source"), known->source);
  if (pack.shape != known->shape)
    header.at("shape").refuse(image_shape_text(pack.shape), image_shape_text(known->shape));
  if (!std::ranges::equal(pack.class_names, known->class_names))
    header.at("class_names").refuse("others", text("those of ", known->title));
  const JsonItem original = header.at("original");
  require(original.at("images_sha256"), published_sha256(*known, pack.split, IdxKind::images));
  require(original.at("labels_sha256"), published_sha256(*known, pack.split, IdxKind::labels));
}

// The next stream. It must begin where the one before it ended, which is at `end`, and moves `end`.
PackBlock read_block(const JsonItem& item, std::uint64_t unpacked_bytes, std::uint64_t& end) {
  PackBlock block;
  block.offset = static_cast<std::uint64_t>(item.at("offset").integer(0, kMaxPackDataBytes));
  if (block.offset != end)
    item.at("offset").refuse(text(block.offset), text(end, block.offset < end ? " (overlap)" : " (hole)"));
  block.packed_bytes = static_cast<std::uint64_t>(item.at("packed_bytes").integer(1, kMaxPackDataBytes));
  if (block.packed_bytes * kMaxInflateRatio < unpacked_bytes)  // a tiny file must not allocate much
    item.at("packed_bytes").refuse(text(block.packed_bytes), text("enough for ", unpacked_bytes, " unpacked bytes"));
  block.packed_sha256 = hash_at(item.at("packed_sha256"));
  block.sha256 = hash_at(item.at("sha256"));
  end += block.packed_bytes;
  if (end > kMaxPackDataBytes) item.refuse(text("data up to byte ", end), text("at most ", kMaxPackDataBytes));
  return block;
}

void read_labels(const JsonItem& item, PackHeader& pack) {
  if (item.json().is_null()) {
    if (!pack.class_names.empty()) item.refuse("null", "labels, because there are class_names");
    if (!pack.origin.labels_sha256.empty()) item.refuse("null", "labels, because the original has them");
    return;
  }
  if (pack.origin.labels_sha256.empty()) item.refuse("labels", "null, because the original has none");
  item.allow_only({"offset", "packed_bytes", "packed_sha256", "sha256"});
  pack.labels = read_block(item, static_cast<std::uint64_t>(pack.images), pack.data_bytes);
  pack.labels->images = pack.images;
}

void read_blocks(const JsonItem& list, PackHeader& pack) {
  if (list.size() < 1 || list.size() > kMaxPackBlocks)
    list.refuse(text(list.size(), " blocks"), text("1 to ", kMaxPackBlocks));
  const std::uint64_t image_bytes = stored_image_bytes(pack.shape, pack.levels);
  Index images = 0;
  for (const JsonItem& item : list.elements()) {
    item.allow_only({"offset", "packed_bytes", "packed_sha256", "sha256", "images"});
    const auto count = static_cast<Index>(item.at("images").integer(1, pack.images));
    images += count;
    if (images > pack.images) break;  // before the sum can overflow
    pack.blocks.push_back(read_block(item, static_cast<std::uint64_t>(count) * image_bytes, pack.data_bytes));
    pack.blocks.back().images = count;
  }
  if (images != pack.images)
    list.refuse(text(images > pack.images ? "more than " : "", std::min(images, pack.images), " images"),
                text(pack.images));
}

PackHeader read_header(const JsonItem& item) {
  item.allow_only({"format", "name", "title", "split", "licence", "source", "shape", "images", "levels", "class_names",
                   "original", "pixels_sha256", "labels", "blocks"});
  item.at("format").integer(kPackVersion, kPackVersion);
  PackHeader pack;
  pack.origin = read_origin(item);
  const std::string& split = item.at("split").string();
  if (split != "train" && split != "test") item.at("split").refuse(quoted_name(split), "\"train\" or \"test\"");
  pack.split = split == "train" ? Split::train : Split::test;
  pack.shape = read_shape(item.at("shape"));
  pack.images = static_cast<Index>(item.at("images").integer(1, pack.origin.images));
  if (static_cast<std::uint64_t>(pack.images) * static_cast<std::uint64_t>(pack.shape.size()) > kMaxIdxBytes)
    item.at("images").refuse(text(pack.images, " of ", image_shape_text(pack.shape)),
                             text("at most ", kMaxIdxBytes, " pixels"));
  pack.levels = static_cast<int>(item.at("levels").integer(2, kGreyLevels));
  pack.class_names = read_class_names(item.at("class_names"));
  pack.pixels_sha256 = hash_at(item.at("pixels_sha256"));
  check_known(item, pack);
  read_labels(item.at("labels"), pack);
  read_blocks(item.at("blocks"), pack);
  return pack;
}

Json block_json(const PackBlock& block) {
  Json json;
  json.set("offset", block.offset).set("packed_bytes", block.packed_bytes);
  return json.set("packed_sha256", block.packed_sha256).set("sha256", block.sha256);
}

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

}  // namespace

bool starts_as_pack(std::span<const std::byte> bytes) {
  return bytes.size() >= kPackMagic.size() &&
         std::ranges::equal(bytes.first(kPackMagic.size()), std::as_bytes(std::span(kPackMagic)));
}

std::size_t pack_header_end(std::span<const std::byte> bytes, std::string_view file) {
  if (!starts_as_pack(bytes)) fail(file, ": not a data pack: does not start with ", kPackMagic);
  if (bytes.size() < kPackPrefixBytes)
    fail(file, ": found ", bytes.size(), " bytes, expected at least ", kPackPrefixBytes, ", the start of a data pack");
  const auto version = static_cast<std::uint32_t>(little_endian(bytes.subspan(kVersionAt, 4)));
  if (version != kPackVersion) fail(file, ": is a data pack of version ", version, ", expected ", kPackVersion);
  const auto length = static_cast<std::uint32_t>(little_endian(bytes.subspan(kLengthAt, 4)));
  if (length > kMaxPackHeaderBytes)
    fail(file, ": found a header of ", length, " bytes, expected at most ", kMaxPackHeaderBytes);
  return kPackPrefixBytes + length;
}

PackHeader parse_pack_header(std::span<const std::byte> bytes, std::string_view file) {
  const std::size_t end = pack_header_end(bytes, file);
  if (bytes.size() < end) fail(file, ": found ", bytes.size(), " bytes, expected at least ", end, " for its header");
  const auto header = bytes.subspan(kPackPrefixBytes, end - kPackPrefixBytes);
  const std::string hash = raw_sha256(header);
  if (!std::ranges::equal(std::as_bytes(std::span(hash)), bytes.subspan(kHashAt, hash.size())))
    fail(file, ": header: its SHA-256 is ", sha256_hex(header), ", not the one before it: the file is damaged");
  const std::string context = text(file, ": header");
  const Json json = parse_json({reinterpret_cast<const char*>(header.data()), header.size()}, context);
  PackHeader pack = read_header(JsonItem(json, context));
  pack.data_begin = end;
  return pack;
}

void check_pack_size(const PackHeader& pack, std::uint64_t file_bytes, std::string_view file) {
  if (file_bytes != pack.file_bytes())
    fail(file, ": found ", file_bytes, " bytes, expected ", pack.file_bytes(),
         file_bytes < pack.file_bytes() ? " (the file is cut short)" : " (something follows the last block)");
}

std::string pack_header_text(const PackHeader& pack) {
  Json classes{Json::Array{}}, blocks{Json::Array{}}, original, json;
  for (const std::string& name : pack.class_names) classes.push(name);
  for (const PackBlock& block : pack.blocks) blocks.push(block_json(block).set("images", block.images));
  original.set("images", pack.origin.images).set("images_sha256", pack.origin.images_sha256);
  original.set("labels_sha256", text_or_null(pack.origin.labels_sha256));
  json.set("format", kPackVersion).set("name", pack.origin.name).set("title", pack.origin.title);
  json.set("split", pack.split == Split::train ? "train" : "test");
  json.set("licence", pack.origin.licence).set("source", pack.origin.source);
  json.set("shape", Json::Array{pack.shape.channels, pack.shape.height, pack.shape.width});
  json.set("images", pack.images).set("levels", pack.levels).set("class_names", std::move(classes));
  json.set("original", std::move(original)).set("pixels_sha256", pack.pixels_sha256);
  json.set("labels", pack.labels ? block_json(*pack.labels) : Json()).set("blocks", std::move(blocks));
  const std::string header = json.dump();
  if (header.size() > kMaxPackHeaderBytes)
    fail("data pack: the header takes ", header.size(), " bytes, at most ", kMaxPackHeaderBytes);
  std::string out(kPackMagic);
  append_little_endian(out, kPackVersion);
  append_little_endian(out, static_cast<std::uint32_t>(header.size()));
  return out + raw_sha256(std::as_bytes(std::span(header))) + header;
}

std::size_t stored_image_bytes(const ImageShape& shape, int levels) {
  const Index rows = shape.channels * shape.height;
  return static_cast<std::size_t>((levels <= kMaxPairedLevels ? (rows + 1) / 2 : rows) * shape.width);
}

bool is_pack_text(std::string_view text) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 32 || c == 127; };
  return text.size() <= kMaxPackText && utf8_valid_length(text) == text.size() &&
         !std::ranges::any_of(text, is_control);
}

}  // namespace loom
