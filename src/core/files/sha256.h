// SHA-256 (NIST FIPS 180-4), which identifies data sets and weights. Implemented here, because browsers offer no
// crypto.subtle over plain http, and one hash is no reason for the command line to need a crypto library.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace loom {

// Incremental: however a message is divided among update() calls, the digest is the same.
class Sha256 {
 public:
  void update(std::span<const std::byte> bytes);

  // The digest of the bytes passed so far; const, so hashing can continue afterwards.
  std::array<std::uint8_t, 32> digest() const;
  std::string hex() const;  // the digest as 64 lower-case digits

 private:
  void compress(const std::byte* block);  // block: 64 bytes

  // First 32 bits of the fractional parts of the square roots of the first 8 primes (FIPS 180-4, 5.3.3).
  std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<std::byte, 64> pending_{};  // the first length_ % 64 bytes wait for a full block
  std::uint64_t length_ = 0;                // bytes given so far
};

std::string sha256_hex(std::span<const std::byte> bytes);

}  // namespace loom
