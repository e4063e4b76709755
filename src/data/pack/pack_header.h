// Data packs: images with their labels in one file, made by `loom data pack`, for the page and for `--data`. A pack
// holds the training or the test set, or its first images, with all grey levels or with fewer. It consists of
//
//   8 bytes    "LOOMPACK"
//   4 bytes    version of the format, 1; little-endian, like the next number
//   4 bytes    length of the header in bytes, at most kMaxPackHeaderBytes
//   32 bytes   SHA-256 of the header
//   header     JSON (UTF-8), below
//   data       the labels, if there are any, then blocks of images; without holes and without bytes after the last one
//
// Labels and blocks are zlib streams (RFC 1950), each complete by itself: the browser reads one with
// DecompressionStream('deflate'), so it can show the first images while the others are on their way.
//
// The header is an object with exactly these members:
//
//   format         1
//   name           "fashion-mnist" or "mnist" (core/image.cpp), whose title, licence, source, shape, class_names and
//                  original must then be those of that data set; "custom" for other data
//   title          for display: "Fashion-MNIST"
//   split          "train" or "test"
//   licence        of the images; may be empty
//   source         the owner of the images; may be empty
//   shape          [1, height, width] of an image
//   images         how many the pack holds
//   levels         grey levels that are kept, 2 to 256
//   class_names    of the labels; [] if unknown
//   original       the data set that the pack was made from: "images", their number, of which the pack holds the first;
//                  "images_sha256", "labels_sha256": SHA-256 of their unpacked IDX files, or of those that would hold
//                  them (data/dataset.h); labels_sha256 is null without classes
//   pixels_sha256  SHA-256 of all pixels, one byte each, after the grey levels have been expanded
//   labels         null without classes, otherwise {"offset", "packed_bytes", "packed_sha256", "sha256"}: where its
//                  stream lies, counted from the end of the header, and the SHA-256 of its bytes before and after
//                  unpacking. It unpacks to one byte per image.
//   blocks         a list of the same with "images", the number of images in the block
//
// The unpacked content of a block, for L grey levels:
//   L > 16    one byte per pixel in the order image, row, column; its value is the level, 0 to L-1
//   L <= 16   one byte for two pixels, one above the other: rows 0 and 1 of the image, then rows 2 and 3 and so on;
//             the low four bits are the level of the upper pixel, the high four bits that of the lower one, 0 if
//             there is none. Neighbouring pixels have similar levels, so this compresses to a tenth less.
// Level l stands for the grey value round(255 l / (L-1)), halves rounded up. A grey value p is stored as level
// round(p (L-1) / 255). With 256 levels both are the same number.
//
// Nothing in a pack is trusted. A pack contains no times, so the same images give the same bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/dataset.h"

namespace loom {

inline constexpr std::string_view kPackMagic = "LOOMPACK";
inline constexpr std::uint32_t kPackVersion = 1;
inline constexpr std::size_t kPackPrefixBytes = 48;  // everything before the header
inline constexpr int kMaxPairedLevels = 16;  // up to this number of levels, two pixels share a byte

// Limits in addition to those of IDX files (data/idx_header.h): they keep sums of sizes far from overflow.
inline constexpr std::uint32_t kMaxPackHeaderBytes = 1u << 20;
inline constexpr std::size_t kMaxPackBlocks = 4096;
inline constexpr std::uint64_t kMaxPackDataBytes = std::uint64_t{1} << 30;
inline constexpr std::size_t kMaxPackText = 200;  // bytes of a title, licence or source

// One zlib stream.
struct PackBlock {
  std::uint64_t offset = 0, packed_bytes = 0;  // from the end of the header
  Index images = 0;
  std::string packed_sha256, sha256;  // of the stream and of what it unpacks to
};

struct PackHeader {
  DataOrigin origin;
  Split split = Split::train;
  ImageShape shape;
  Index images = 0;
  int levels = kGreyLevels;
  std::vector<std::string> class_names;
  std::string pixels_sha256;
  std::optional<PackBlock> labels;
  std::vector<PackBlock> blocks;
  std::uint64_t data_begin = 0;  // where the header ends
  std::uint64_t data_bytes = 0;  // end of the last block, from there

  std::uint64_t file_bytes() const { return data_begin + data_bytes; }
};

// Whether `bytes` start like a pack.
bool starts_as_pack(std::span<const std::byte> bytes);

// The number of bytes at the start of a pack that parse_pack_header needs. `bytes` are at least the first
// kPackPrefixBytes; `file` (a path) starts every error message. Throws Error if they are fewer, for another format or
// version, and for a length beyond the limit.
std::size_t pack_header_end(std::span<const std::byte> bytes, std::string_view file);

// The header of a pack. `bytes` are the start of the file and may extend beyond the header. Throws Error as
// pack_header_end, if the header is cut short or has another SHA-256, and for anything in it that is not as described
// above: missing and unknown members, values beyond the limits, inconsistent sizes, gaps and overlaps, a known name for
// other data.
PackHeader parse_pack_header(std::span<const std::byte> bytes, std::string_view file);

// Throws Error unless the file has exactly the size that its header states.
void check_pack_size(const PackHeader&, std::uint64_t file_bytes, std::string_view file);

// The bytes before the data: magic, version, length, SHA-256 and the header itself.
std::string pack_header_text(const PackHeader&);

// Bytes that one image takes in an unpacked block.
std::size_t stored_image_bytes(const ImageShape&, int levels);

// Whether a title, licence, source or class name is what kPackTextWords says.
bool is_pack_text(std::string_view text);
inline constexpr std::string_view kPackTextWords = "at most 200 bytes of UTF-8 without control characters";

}  // namespace loom
