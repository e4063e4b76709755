// Helpers for reading and writing files: a file descriptor that closes itself, retries of interrupted system calls, and
// errors that state the reason.
#pragma once

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <string_view>

#include "core/error.h"

namespace loom {

// Throws "<path>: cannot <action>: <text of errno>".
[[noreturn]] inline void fail_io(const std::string& path, std::string_view action, int error) {
  fail(path, ": cannot ", action, ": ", std::strerror(error));
}

// Makes a system call and repeats it for as long as a signal interrupts it (EINTR). Returns its result.
template <class Call>
auto uninterrupted(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

// Owns a file descriptor and closes it on destruction.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

  // Returns 0 or errno. close is never retried: on Linux the descriptor is closed even after EINTR, and its number may
  // already belong to another file.
  int close() {
    if (fd_ < 0) return 0;
    const int result = ::close(fd_);
    fd_ = -1;
    return result == 0 || errno == EINTR ? 0 : errno;
  }

 private:
  int fd_;
};

}  // namespace loom
