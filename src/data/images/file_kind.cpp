#include "data/images/file_kind.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <initializer_list>
#include <memory>
#include <string_view>

#include "core/text.h"

namespace loom {
namespace {

using namespace std::string_view_literals;

struct Signature {
  FileKind kind;
  std::size_t at;
  std::string_view bytes;
};

constexpr std::array kSignatures{
    Signature{FileKind::png, 0, "\x89PNG\r\n\x1a\n"sv},
    Signature{FileKind::jpeg, 0, "\xff\xd8\xff"sv},
    Signature{FileKind::webp, 8, "WEBP"sv},
    Signature{FileKind::gif, 0, "GIF8"sv},
    Signature{FileKind::bmp, 0, "BM"sv},
    Signature{FileKind::tiff, 0, "II*\0"sv},
    Signature{FileKind::tiff, 0, "MM\0*"sv},
    Signature{FileKind::heif, 4, "ftyp"sv},
    Signature{FileKind::lfs_pointer, 0, "version https://git-lfs"sv},
    Signature{FileKind::numpy, 0, "\x93NUMPY"sv},
    Signature{FileKind::zip, 0, "PK\x03\x04"sv},
    Signature{FileKind::parquet, 0, "PAR1"sv},
    Signature{FileKind::hdf5, 0, "\x89HDF"sv},
};

struct Words {
  const char *one, *plural, *article;
};

Words words_of(FileKind kind) {
  switch (kind) {
    case FileKind::png: return {"PNG image", "PNG images", "a PNG image"};
    case FileKind::jpeg: return {"JPEG image", "JPEG images", "a JPEG image"};
    case FileKind::webp: return {"WebP image", "WebP images", "a WebP image"};
    case FileKind::gif: return {"GIF image", "GIF images", "a GIF image"};
    case FileKind::bmp: return {"BMP image", "BMP images", "a BMP image"};
    case FileKind::tiff: return {"TIFF image", "TIFF images", "a TIFF image"};
    case FileKind::heif: return {"HEIF or AVIF image", "HEIF or AVIF images", "a HEIF or AVIF image"};
    case FileKind::lfs_pointer:
      return {"Git LFS pointer", "Git LFS pointers",
              "a Git LFS pointer and not the file itself; `git lfs pull` fetches it"};
    case FileKind::numpy: return {"NumPy array", "NumPy arrays", "a NumPy array"};
    case FileKind::zip: return {"zip file", "zip files", "a zip file; unpack it first"};
    case FileKind::parquet: return {"Parquet file", "Parquet files", "a Parquet file, which is not read"};
    case FileKind::hdf5: return {"HDF5 file", "HDF5 files", "an HDF5 file, which is not read"};
    case FileKind::idx: return {"IDX file", "IDX files", "an IDX file"};
    case FileKind::empty: return {"empty file", "empty files", "an empty file"};
    case FileKind::other: break;
  }
  return {"other file", "other files", "a file of another kind"};
}

}  // namespace

FileKind file_kind(std::span<const std::byte> begin) {
  if (begin.empty()) return FileKind::empty;
  const std::string_view text(reinterpret_cast<const char*>(begin.data()), begin.size());
  for (const Signature& signature : kSignatures)
    if (text.size() > signature.at && text.substr(signature.at).starts_with(signature.bytes)) return signature.kind;
  // Two zeros, an element type of 8 to 14 and one to four dimensions.
  if (text.size() >= 4 && text.starts_with("\0\0"sv) && text[2] >= 8 && text[2] <= 14 && text[3] >= 1 && text[3] <= 4)
    return FileKind::idx;
  return FileKind::other;
}

FileKind file_kind(const std::filesystem::path& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
  if (!file) return FileKind::other;
  std::array<std::byte, kFileKindBytes> begin;
  const std::size_t size = std::fread(begin.data(), 1, begin.size(), file.get());
  return std::ferror(file.get()) != 0 ? FileKind::other : file_kind(std::span(begin).first(size));
}

const char* kind_words(FileKind kind) { return words_of(kind).article; }

std::string counts_text(const KindCounts& counts) {
  std::string out;
  for (const auto& [kind, count] : counts)
    out += text(out.empty() ? "" : ", ", count, ' ', count == 1 ? words_of(kind).one : words_of(kind).plural);
  return out;
}

std::string advice_on(const KindCounts& counts) {
  const auto has = [&](std::initializer_list<FileKind> kinds) {
    return std::ranges::any_of(kinds, [&](FileKind kind) { return counts.contains(kind); });
  };
  using enum FileKind;
  if (has({lfs_pointer})) return "; `git lfs pull` fetches the files themselves";
  if (has({zip})) return "; unpack the zip file first";
  if (has({webp, gif, bmp, tiff, heif})) return "; convert the images to PNG first";
  if (has({parquet, hdf5})) return "; convert it to a CSV table or a NumPy array (.npy) first";
  return {};
}

}  // namespace loom
