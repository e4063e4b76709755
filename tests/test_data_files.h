// Shared by the data tests: bytes of IDX and gzip files made in memory, the folder of the real data, and a check that
// an error message contains certain words.
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

// An IDX file of unsigned bytes with the dimensions `dims`.
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

// The folder that contains fashion-mnist/ and mnist/: LOOM_DATA, or else ../shared/data or data next to the sources. If
// there is none, prints a message and returns an empty path; the caller then skips its test.
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
