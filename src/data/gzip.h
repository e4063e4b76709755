// Reads gzip data (RFC 1952) in portions whose size the caller chooses. Output only goes into the caller's buffer, so
// a gzip bomb cannot produce more bytes than were requested.
#pragma once

#include <zlib.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "core/bytes.h"

namespace loom {

// Whether the bytes start like a gzip member. File names are no indication, because browsers and caches may unpack
// files and keep their names.
bool is_gzip(std::span<const std::byte> bytes);

class GzipReader {
 public:
  // `compressed`, below 4 GiB, must outlive the reader; `name` (a path) starts every error message.
  GzipReader(std::span<const std::byte> compressed, std::string name);
  ~GzipReader();
  GzipReader(const GzipReader&) = delete;
  GzipReader& operator=(const GzipReader&) = delete;

  // Fills `out` with the next unpacked bytes; the contents of several members are joined. Returns their number,
  // which is less than out.size() only at the end, after every checksum has been verified. Zeros after the last
  // member are ignored as padding. Throws Error for a truncated file, a wrong checksum, damaged data or other bytes
  // after the end.
  std::size_t read(std::span<std::byte> out);

 private:
  bool next_member();
  [[noreturn]] void damaged() const;

  z_stream stream_{};
  std::string name_;
  std::uint64_t unpacked_ = 0;
  bool in_member_ = true;
};

}  // namespace loom
