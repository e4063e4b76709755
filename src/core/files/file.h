// Whole files: reading with a limit, and writing so that a crash or a full disk never leaves half a file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace loom {

// Returns the bytes of a file. Throws Error with path and reason if the file is missing, a directory, unreadable or
// larger than `max_bytes`.
std::vector<std::byte> read_file(const std::string& path, std::uint64_t max_bytes);

// Creates a file or replaces it. Readers see either the complete old content or the complete new one, even after a
// power cut. A symbolic link is kept and its target is replaced. A new file gets the permissions that the umask allows;
// a replaced file keeps its own. Throws Error with path and reason. The old file is then untouched and no new file is
// left behind, with one exception: if the directory could not be synced, the new file is in place but may not survive
// a crash. A process that is killed while writing may leave ".loom-<process>-<number>.tmp" beside the file.
void write_file_atomic(const std::string& path, std::span<const std::byte> bytes);

}  // namespace loom
