#include "data/idx.h"

#include <algorithm>
#include <optional>

#include "core/error.h"
#include "core/files/file.h"
#include "core/files/sha256.h"
#include "data/gzip.h"

namespace loom {
namespace {

constexpr std::uint64_t kMaxFileBytes = kMaxIdxBytes + (1u << 20);  // gzip slightly enlarges incompressible data

// Reads the unpacked bytes of a file, whether it is stored plain or as gzip.
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

  // Upper bound for the number of remaining bytes, known without unpacking.
  std::uint64_t at_most() const { return gzip_ ? rest_.size() * kMaxInflateRatio : rest_.size(); }

 private:
  std::span<const std::byte> rest_;  // gzip: the whole file
  std::optional<GzipReader> gzip_;
};

}  // namespace

IdxFile parse_idx(std::span<const std::byte> bytes, const std::string& name, IdxKind kind) {
  Source source(bytes, name);
  std::vector<std::byte> header(idx_header_size(kind));
  header.resize(source.read(header));
  IdxFile file;
  file.shape = read_idx_header(header, name, kind);
  const std::size_t promised = idx_value_count(file.shape);
  const auto wrong_length = [&](const auto&... found) {
    fail(name, ": ", kind_text(kind), " ", shape_text(file.shape), " need ", promised, " bytes, the file holds ",
         found...);
  };
  if (source.at_most() < promised)
    wrong_length("no more than ", source.at_most());  // a tiny file must not allocate 512 MiB
  file.values.resize(promised);
  const std::size_t found = source.read(std::as_writable_bytes(std::span(file.values)));
  if (found < promised) wrong_length(found);
  // Reading one more byte detects a longer file and makes the gzip reader verify the checksum.
  std::byte extra;
  if (source.read({&extra, 1}) > 0) wrong_length("more");

  Sha256 hash;
  hash.update(header);
  hash.update(std::as_bytes(std::span(file.values)));
  file.sha256 = hash.hex();
  return file;
}

IdxFile read_idx(const std::filesystem::path& path, IdxKind kind) {
  return parse_idx(read_file(path.string(), kMaxFileBytes), path.string(), kind);
}

}  // namespace loom
