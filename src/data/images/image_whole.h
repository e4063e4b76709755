// Checks that an image file is complete. The decoder does not check this and fills missing parts with grey.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace loom {

bool is_png(std::span<const std::byte> bytes);
bool is_jpeg(std::span<const std::byte> bytes);

// Throw Error, beginning with `name`, unless the file is complete (PNG specification, 5: chunks with their checksums up
// to IEND; JPEG, ITU-T T.81, annex B: segments and scans up to an end marker), and unless the Huffman tables of a JPEG
// have at most 256 codes, because the decoder writes beyond larger ones.
void require_whole_png(std::span<const std::byte> bytes, const std::string& name);
void require_whole_jpeg(std::span<const std::byte> bytes, const std::string& name);

}  // namespace loom
