// Whole files: reading with a limit, and writing so that a crash or a full disk never leaves half a file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace loom {

// The bytes of a file. Throws Error with path and reason if it is missing, a directory, unreadable or larger than
// `max_bytes`.
std::vector<std::byte> read_file(const std::string& path, std::uint64_t max_bytes);

// Replaces a file, or creates it. Readers see the old content or the new one, never a part, also after a power cut.
// A symbolic link stays, its target is replaced. A new file has the permissions that the umask leaves, a replaced one
// keeps its own. Throws Error with path and reason; then the old file is untouched and nothing new remains, unless
// the reason is that the directory could not be synced: then the new file is in place, but may not survive a crash.
// A process killed in between may leave ".loom-<process>-<number>.tmp" beside the file.
void write_file_atomic(const std::string& path, std::span<const std::byte> bytes);

}  // namespace loom
