// Keeps two processes from writing the same file at once.
#pragma once

#include <string>

#include "core/files/descriptor.h"

namespace loom {

// Holds "<path>.lock" from construction to destruction; the system gives it up if the process is killed. On file
// systems without locks nothing is held. Not for forked children.
class FileLock {
 public:
  // Throws Error if another process holds it, naming that process, or if the file cannot be created.
  explicit FileLock(const std::string& path);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  std::string lock_path_;
  Descriptor descriptor_;
};

// Removes temporary files of write_file_atomic in the directory of `path` that processes of this machine have left
// behind: those of processes that are gone, older than a minute.
void remove_left_temporary_files(const std::string& path);

}  // namespace loom
