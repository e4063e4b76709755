#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <optional>

#include "core/error.h"
#include "core/files/descriptor.h"
#include "core/files/file.h"

namespace loom {
namespace {

// A file that is removed on destruction unless it was renamed.
class TemporaryFile {
 public:
  TemporaryFile(const std::string& directory, const std::string& target) : descriptor_(create(directory, target)) {}
  ~TemporaryFile() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  Descriptor& descriptor() { return descriptor_; }

  void rename_to(const std::string& target) {
    if (::rename(path_.c_str(), target.c_str()) != 0) fail_io(target, "replace", errno);
    path_.clear();
  }

 private:
  // Not mkstemp, which ignores the umask and makes private files. The name is not derived from the target's name, which
  // may already have the maximum length.
  int create(const std::string& directory, const std::string& target) {
    static std::atomic<unsigned> counter{0};
    constexpr int kAttempts = 1000;  // names may be left over from killed processes with the same id
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
      path_ = text(directory, "/.loom-", ::getpid(), '-', counter++, ".tmp");
      const int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
      const int fd = uninterrupted([&] { return ::open(path_.c_str(), flags, 0666); });
      if (fd >= 0) return fd;
      const int error = errno;
      path_.clear();
      if (error != EEXIST) fail_io(target, text("create a file in ", directory), error);
    }
    fail_io(target, text("create a file in ", directory), EEXIST);
  }

  std::string path_;
  Descriptor descriptor_;
};

std::string directory_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::optional<std::string> link_target(const std::string& path) {
  char buffer[4096];  // PATH_MAX
  const ssize_t length = ::readlink(path.c_str(), buffer, sizeof buffer);
  if (length <= 0) return std::nullopt;  // not a link; any other problem of the path shows in later calls
  return std::string(buffer, static_cast<std::size_t>(length));
}

// Follows symbolic links by hand, because realpath does not resolve dangling ones.
std::string resolve_links(std::string path) {
  const std::string given = path;
  for (int links = 0; links <= 40; ++links) {  // as many as Linux follows
    const std::optional<std::string> target = link_target(path);
    if (!target) return path;
    path = target->front() == '/' ? *target : text(directory_of(path), '/', *target);
  }
  fail_io(given, "write", ELOOP);
}

// Permissions of the file to be replaced, if there is one. Devices and directories must not be replaced by a file.
std::optional<mode_t> permissions_of(const std::string& target) {
  struct stat status;
  if (::stat(target.c_str(), &status) != 0) {
    if (errno != ENOENT) fail_io(target, "write", errno);
    return std::nullopt;
  }
  if (S_ISDIR(status.st_mode)) fail_io(target, "write", EISDIR);
  if (!S_ISREG(status.st_mode)) fail(target, ": cannot write: not a regular file");
  return status.st_mode & 0777;
}

void write_all(int fd, std::span<const std::byte> bytes, const std::string& target) {
  constexpr std::size_t kMost = 1 << 30;  // some systems refuse larger writes
  while (!bytes.empty()) {
    const ssize_t written = uninterrupted([&] { return ::write(fd, bytes.data(), std::min(bytes.size(), kMost)); });
    if (written <= 0) fail_io(target, "write", written < 0 ? errno : EIO);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

// Makes the rename itself durable. Some systems do not allow opening or syncing a directory; that is not an error.
void sync_directory(const std::string& directory, const std::string& target) {
  Descriptor descriptor(uninterrupted([&] { return ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
  if (descriptor.get() < 0) return;
  if (uninterrupted([&] { return ::fsync(descriptor.get()); }) != 0 && errno != EINVAL && errno != ENOTSUP) {
    fail_io(target, text("sync its directory ", directory), errno);
  }
}

}  // namespace

void write_file_atomic(const std::string& path, std::span<const std::byte> bytes) {
  const std::string target = resolve_links(path);
  const std::string directory = directory_of(target);
  const std::optional<mode_t> permissions = permissions_of(target);
  TemporaryFile temporary(directory, target);
  const int fd = temporary.descriptor().get();
  if (permissions && ::fchmod(fd, *permissions) != 0) fail_io(target, "set permissions", errno);
  write_all(fd, bytes, target);
  if (uninterrupted([&] { return ::fsync(fd); }) != 0) fail_io(target, "sync", errno);
  if (const int error = temporary.descriptor().close(); error != 0) fail_io(target, "write", error);
  temporary.rename_to(target);
  sync_directory(directory, target);
}

}  // namespace loom
