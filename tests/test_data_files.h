// What the data tests share: bytes of IDX and gzip files made in memory, the place of the real data, and a check that
// an error message carries the words its reader needs.
#pragma once

#include <doctest/doctest.h>
#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <string>
#include <vector>

#include "core/error.h"
#include "message_of.h"
#include "source_path.h"
#include "temporary_directory.h"

namespace loom::test {

using FileBytes = std::vector<std::uint8_t>;

// The action must throw Error with all the words in its message.
template <class Action>
void check_error(Action action, std::initializer_list<const char*> words) {
  const std::string message = message_of(action);
  for (const char* word : words)
    CHECK_MESSAGE(message.find(word) != std::string::npos, "'" << message << "' lacks '" << std::string(word) << "'");
}

inline FileBytes join(std::initializer_list<FileBytes> parts) {
  FileBytes out;
  for (const FileBytes& part : parts) out.insert(out.end(), part.begin(), part.end());
  return out;
}

// An IDX file: unsigned bytes with the dimensions `dims`.
inline FileBytes idx_bytes(std::initializer_list<std::uint32_t> dims, const FileBytes& values) {
  FileBytes out{0, 0, 8, static_cast<std::uint8_t>(dims.size())};
  for (const std::uint32_t dim : dims)
    for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(dim >> shift));
  return join({out, values});
}

// `head` and then `zeros` zero bytes, compressed without ever being in memory as a whole.
inline FileBytes gzip_bytes(const FileBytes& head, std::size_t zeros = 0) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  FileBytes out, portion(1 << 16), in = head;
  for (bool last = false; !last;) {
    last = zeros == 0;
    stream.next_in = in.data();
    stream.avail_in = static_cast<uInt>(in.size());
    do {
      stream.next_out = portion.data();
      stream.avail_out = static_cast<uInt>(portion.size());
      deflate(&stream, last ? Z_FINISH : Z_NO_FLUSH);
      out.insert(out.end(), portion.begin(), portion.end() - stream.avail_out);
    } while (stream.avail_out == 0);
    in.assign(std::min(zeros, std::size_t{1} << 20), 0);
    zeros -= in.size();
  }
  deflateEnd(&stream);
  return out;
}

inline void write_bytes(const std::filesystem::path& path, const FileBytes& bytes) {
  std::ofstream out(path, std::ios::binary);
  for (const std::uint8_t byte : bytes) out.put(static_cast<char>(byte));
  REQUIRE(out.good());
}

// The folder that holds fashion-mnist/ and mnist/: LOOM_DATA, else ../shared/data or data beside the sources.
// Empty when there is none; then the caller has nothing to test and a message says so.
inline std::filesystem::path real_data() {
  const std::filesystem::path source = source_path("");
  const char* named = std::getenv("LOOM_DATA");
  for (const std::filesystem::path& folder :
       {std::filesystem::path(named != nullptr ? named : ""), source / "../shared/data", source / "data"})
    if (!folder.empty() && std::filesystem::exists(folder / "fashion-mnist") &&
        std::filesystem::exists(folder / "mnist"))
      return folder;
  MESSAGE("skipped: no real data (set LOOM_DATA, or run tools/fetch-data)");
  return {};
}

}  // namespace loom::test
