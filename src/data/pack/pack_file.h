// Reads and writes whole data packs (data/pack/pack_header.h describes the format).
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "data/pack/pack_header.h"

namespace loom {

// Whether a path names a file that starts like a data pack.
bool is_pack(const std::filesystem::path&);

// The bytes of a pack; throws Error if the file cannot be read or is larger than any pack.
std::vector<std::byte> read_pack_file(const std::filesystem::path&);

// The images of a pack. `file` (its path) starts every error message. The data set has the name of a published one only
// if images and labels are the published ones; dataset.pack describes the original. Throws Error as parse_pack_header
// and check_pack_size, for a stream that is damaged or whose length or SHA-256, packed or unpacked, differs from the
// header, for published images of the other split, and for a pack whose header says that it holds the whole original
// unchanged but that does not.
Dataset read_pack(std::span<const std::byte> bytes, const std::string& file);

// The unpacked bytes of block number `block` of the pack in `bytes`. Throws Error as read_pack does.
std::vector<std::byte> unpack_block(std::span<const std::byte> bytes, const PackHeader&, std::size_t block,
                                    const std::string& file);

// Also throws Error if the file cannot be read or holds the other split: a pack holds one of the two, and nothing is
// held out of it.
Dataset load_pack(const std::filesystem::path&, Split split);

struct PackOptions {
  Index images = 0;  // how many, from the first on; 0 for all
  int levels = 0;  // grey levels; 0: those of the images
  // For data that are not from a published set; empty: those of the data set.
  std::string title = {}, licence = {}, source = {};
  Index first_block = 250,
        block = 500;  // images per block; the first block is smaller, so that some images can be shown early
};

// A pack of the first images of a data set. The same images and options give the same bytes with every zlib that
// compresses in the same way. Throws Error for more images than there are, for more grey levels than are left in a data
// set that was packed before, for a title, licence or source of a published data set, and for texts that do not fit
// into a pack.
std::vector<std::byte> write_pack(const Dataset&, const PackOptions&);

}  // namespace loom
