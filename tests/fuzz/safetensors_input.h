// The fuzzer's bytes for a reader of safetensors: as they are, and once more with the length of the header corrected,
// since mutations rarely keep it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

inline void read_twice(const std::uint8_t* data, std::size_t size, void (*read)(const std::vector<std::byte>&)) {
  const auto input = std::as_bytes(std::span(data, size));
  std::vector<std::byte> bytes(input.begin(), input.end());
  read(bytes);
  const auto brace = std::find(bytes.rbegin(), bytes.rend(), std::byte{'}'});
  const auto header_end = bytes.rend() - brace;
  if (header_end <= 8) return;
  for (int i = 0; i < 8; ++i) {
    bytes[static_cast<std::size_t>(i)] = static_cast<std::byte>(static_cast<std::uint64_t>(header_end - 8) >> 8 * i);
  }
  read(bytes);
}
