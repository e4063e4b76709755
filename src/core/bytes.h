// Bytes as numbers and as text, and the limit on how many bytes compressed data may unpack to.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace loom {

// Deflate encodes at most 258 bytes in 2 bits (RFC 1951, 3.2.5), so n bytes never unpack to more than n times this.
inline constexpr std::uint64_t kMaxInflateRatio = 1032;

// The unsigned integer that at most 8 bytes encode, most significant byte first.
constexpr std::uint64_t big_endian(std::span<const std::byte> bytes) {
  std::uint64_t value = 0;
  for (const std::byte b : bytes) value = value << 8 | std::to_integer<std::uint64_t>(b);
  return value;
}

// The same, least significant byte first.
constexpr std::uint64_t little_endian(std::span<const std::byte> bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | std::to_integer<std::uint64_t>(bytes[i]);
  return value;
}

// Appends the byte as two lower-case hexadecimal digits.
inline void append_hex(std::string& out, std::uint8_t byte) {
  constexpr char kDigits[] = "0123456789abcdef";
  out += kDigits[byte >> 4];
  out += kDigits[byte & 15];
}

}  // namespace loom
