// Reads gzip data (RFC 1952) in portions that the caller sizes. Output only ever goes into the caller's buffer, so a
// gzip bomb stops at the number of bytes that was asked for.
#pragma once

#include <zlib.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace loom {

// Whether the bytes start like a gzip member. File names do not tell: browsers and caches unpack silently.
bool is_gzip(std::span<const std::byte> bytes);

// Deflate's densest code is 258 bytes in 2 bits (RFC 1951, 3.2.5), so n bytes never unpack to more than n times this.
inline constexpr std::uint64_t kMaxInflateRatio = 1032;

class GzipReader {
 public:
  // `compressed`, below 4 GiB, must outlive the reader; `name` (a path) starts every error message.
  GzipReader(std::span<const std::byte> compressed, std::string name);
  ~GzipReader();
  GzipReader(const GzipReader&) = delete;
  GzipReader& operator=(const GzipReader&) = delete;

  // Fills `out` with the next unpacked bytes; the contents of several members are joined. Returns how many there were:
  // fewer than out.size() only at the end, when every checksum has been compared. Zeros after the last member are
  // padding. Throws Error for a truncated file, a wrong checksum, damaged data or anything else after the end.
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
