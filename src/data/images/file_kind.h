// Tells what a file holds by its first bytes, because names of image files are often wrong or unusual (.jfif).
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <span>
#include <string>

namespace loom {

enum class FileKind {
  png,
  jpeg,
  webp,
  gif,
  bmp,
  tiff,
  heif,
  lfs_pointer,
  numpy,
  zip,
  parquet,
  hdf5,
  idx,
  empty,
  other
};

// The bytes are the beginning of the file, or all of it.
inline constexpr std::size_t kFileKindBytes = 64;
FileKind file_kind(std::span<const std::byte> begin);
// FileKind::other for a file that cannot be read.
FileKind file_kind(const std::filesystem::path& path);

// "a WebP image", and for some what to do about it
const char* kind_words(FileKind kind);

// Files by kind: "30 WebP images, 1 other file".
using KindCounts = std::map<FileKind, std::size_t>;
std::string counts_text(const KindCounts& counts);

// What to do so that these files can be read: "; convert the images to PNG first". Empty for kinds without a way.
std::string advice_on(const KindCounts& counts);

}  // namespace loom
