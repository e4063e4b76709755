#include "core/files/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/error.h"
#include "core/files/descriptor.h"

namespace loom {

std::vector<std::byte> read_file(const std::string& path, std::uint64_t max_bytes) {
  Descriptor file(uninterrupted([&] { return ::open(path.c_str(), O_RDONLY | O_CLOEXEC); }));
  if (file.get() < 0) fail_io(path, "open", errno);
  struct stat status;
  if (::fstat(file.get(), &status) != 0) fail_io(path, "read", errno);
  if (S_ISDIR(status.st_mode)) fail_io(path, "read", EISDIR);
  const auto too_large = [&](std::string_view found) {
    fail(path, ": found ", found, " bytes, expected at most ", max_bytes);
  };
  const auto size = S_ISREG(status.st_mode) ? static_cast<std::uint64_t>(status.st_size) : 0;
  if (size > max_bytes) too_large(text(size));

  // The size is only a hint: pipes have none, and a file may grow while it is read. The extra byte detects its end.
  std::vector<std::byte> bytes(static_cast<std::size_t>(size) + 1);
  std::size_t filled = 0;
  for (;;) {
    const ssize_t count =
        uninterrupted([&] { return ::read(file.get(), bytes.data() + filled, bytes.size() - filled); });
    if (count < 0) fail_io(path, "read", errno);
    filled += static_cast<std::size_t>(count);
    if (filled > max_bytes) too_large(text("more than ", max_bytes));
    if (count == 0) break;
    if (filled == bytes.size()) bytes.resize(bytes.size() * 2);
  }
  bytes.resize(filled);
  return bytes;
}

}  // namespace loom
