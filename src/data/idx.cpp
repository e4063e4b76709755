#include "data/idx.h"

#include <algorithm>
#include <optional>

#include "core/error.h"
#include "core/file.h"
#include "core/image.h"
#include "core/sha256.h"
#include "data/gzip.h"

namespace loom {
namespace {

constexpr std::uint8_t kUnsignedByte = 0x08;                         // the one element type of the published sets
constexpr std::uint64_t kMaxFileBytes = kMaxIdxBytes + (1u << 20);  // incompressible data grow a little in gzip

// The unpacked bytes of a file, whichever way it is stored.
class Source {
 public:
  Source(std::span<const std::byte> bytes, const std::string& name) : rest_(bytes) {
    if (is_gzip(bytes)) gzip_.emplace(bytes, name);
  }

  std::size_t read(std::span<std::byte> out) {
    if (gzip_) return gzip_->read(out);
    const std::size_t count = std::min(out.size(), rest_.size());
    std::copy_n(rest_.begin(), count, out.begin());
    rest_ = rest_.subspan(count);
    return count;
  }

  // Upper bound for what is still to come, known without unpacking.
  std::uint64_t at_most() const { return gzip_ ? rest_.size() * kMaxInflateRatio : rest_.size(); }

 private:
  std::span<const std::byte> rest_;  // gzip: the whole file
  std::optional<GzipReader> gzip_;
};

std::string hex_text(std::span<const std::uint8_t> bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (const std::uint8_t byte : bytes) {
    if (!out.empty()) out += ' ';
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

void check_magic(std::span<const std::uint8_t> magic, const std::string& name, IdxKind kind) {
  if (magic[0] != 0 || magic[1] != 0) {
    const bool page = magic[0] == '<' || magic[0] == '{';
    fail(name, ": not an IDX file: starts with ", hex_text(magic), ", wanted 00 00 08 0", static_cast<int>(kind),
         page ? " (it looks like a web page: has the download failed?)" : "");
  }
  if (magic[2] != kUnsignedByte)
    fail(name, ": IDX element type is 0x", hex_text(magic.subspan(2, 1)), ", wanted 0x08 (unsigned byte)");
  if (magic[3] == static_cast<int>(kind)) return;
  for (const IdxKind other : {IdxKind::labels, IdxKind::images})
    if (magic[3] == static_cast<int>(other))
      fail(name, ": holds ", kind_text(other), " where ", kind_text(kind), " are wanted: are two files swapped?");
  fail(name, ": IDX array has ", magic[3], " dimensions, wanted ", static_cast<int>(kind), " for ", kind_text(kind));
}

// `dims` as stored. Each bound is checked before the product, which therefore fits in 64 bits.
Shape checked_shape(std::span<const std::uint8_t> dims, const std::string& name, IdxKind kind) {
  constexpr const char* kNames[] = {"number of items", "image height", "image width"};
  Shape shape;
  std::uint64_t bytes = 1;
  for (std::size_t i = 0; i < dims.size() / 4; ++i) {
    const std::span<const std::uint8_t> d = dims.subspan(4 * i, 4);
    const std::uint32_t value = std::uint32_t{d[0]} << 24 | std::uint32_t{d[1]} << 16 | std::uint32_t{d[2]} << 8 | d[3];
    const std::uint64_t limit = i == 0 ? kMaxIdxItems : std::uint64_t{kMaxImageSide};
    if (value < 1 || value > limit) fail(name, ": ", kNames[i], " is ", value, ", wanted 1 to ", limit);
    shape.push_back(static_cast<Index>(value));
    bytes *= value;
  }
  if (bytes > kMaxIdxBytes)
    fail(name, ": ", kind_text(kind), " ", shape_text(shape), " take ", bytes, " bytes, at most ", kMaxIdxBytes);
  return shape;
}

}  // namespace

const char* kind_text(IdxKind kind) { return kind == IdxKind::images ? "images" : "labels"; }

IdxFile parse_idx(std::span<const std::byte> bytes, const std::string& name, IdxKind kind) {
  Source source(bytes, name);
  std::vector<std::uint8_t> header(4 + 4 * static_cast<std::size_t>(kind));
  const auto read_header = [&](std::size_t first, std::size_t count) {
    const std::size_t found = source.read(std::as_writable_bytes(std::span(header).subspan(first, count)));
    if (found < count)
      fail(name, ": ends inside the IDX header, after ", first + found, " of ", header.size(), " bytes");
  };
  read_header(0, 4);
  check_magic(std::span(header).first(4), name, kind);
  read_header(4, header.size() - 4);

  IdxFile file;
  file.shape = checked_shape(std::span(header).subspan(4), name, kind);
  std::size_t promised = 1;
  for (const Index dimension : file.shape) promised *= static_cast<std::size_t>(dimension);
  const auto wrong_length = [&](const auto&... found) {
    fail(name, ": ", kind_text(kind), " ", shape_text(file.shape), " need ", promised, " bytes, the file holds ",
         found...);
  };
  if (source.at_most() < promised)
    wrong_length("no more than ", source.at_most());  // a tiny file must not take 512 MiB
  file.values.resize(promised);
  const std::size_t found = source.read(std::as_writable_bytes(std::span(file.values)));
  if (found < promised) wrong_length(found);
  // One more byte tells a longer file, and makes gzip reach and compare its checksum.
  std::byte extra;
  if (source.read({&extra, 1}) > 0) wrong_length("more");

  Sha256 hash;
  hash.update(std::as_bytes(std::span(header)));
  hash.update(std::as_bytes(std::span(file.values)));
  file.sha256 = hash.hex();
  return file;
}

IdxFile read_idx(const std::filesystem::path& path, IdxKind kind) {
  return parse_idx(read_file(path.string(), kMaxFileBytes), path.string(), kind);
}

}  // namespace loom
