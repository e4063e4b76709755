// Files made by hand, for the tests of safetensors.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "message_of.h"
#include "weights/safetensors.h"

namespace loom {

using Bytes = std::vector<std::byte>;

inline Bytes bytes_of(std::string_view content) {
  const auto bytes = std::as_bytes(std::span(content));
  return {bytes.begin(), bytes.end()};
}

// A file with this header, followed by `data` zero bytes.
inline Bytes file_with(std::string_view header, std::size_t data = 0) {
  std::string content;
  for (unsigned shift = 0; shift < 64; shift += 8) {
    content += static_cast<char>(std::uint64_t{header.size()} >> shift & 0xFF);
  }
  content += header;
  content.append(data, '\0');
  return bytes_of(content);
}

// The reader's error message for a file named "f".
inline std::string read_error(const Bytes& file) {
  const Bytes exact(file);  // a copy without spare capacity, so that AddressSanitizer detects reads beyond the end
  return message_of([&] { read_safetensors(exact, "f"); });
}

inline std::string read_error(std::string_view header, std::size_t data) { return read_error(file_with(header, data)); }

}  // namespace loom
