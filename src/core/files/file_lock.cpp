#include "core/files/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <array>
#include <charconv>
#include <chrono>
#include <csignal>
#include <filesystem>

namespace loom {
namespace {

namespace fs = std::filesystem;

// The file may have been removed by its holder between opening and locking; then it is opened again.
bool is_still_there(int fd, const std::string& path) {
  struct stat open_one, named_one;
  return ::fstat(fd, &open_one) == 0 && ::stat(path.c_str(), &named_one) == 0 && open_one.st_ino == named_one.st_ino &&
         open_one.st_dev == named_one.st_dev;
}

std::string holder_text(int fd) {
  std::array<char, 24> words{};
  const ssize_t size = ::pread(fd, words.data(), words.size(), 0);
  int process = 0;
  if (size <= 0 || std::from_chars(words.data(), words.data() + size, process).ec != std::errc()) return {};
  return text(" (process ", process, ")");
}

int lock_file(const std::string& path, const std::string& lock_path) {
  for (;;) {
    Descriptor file(uninterrupted([&] { return ::open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666); }));
    if (file.get() < 0) fail_io(path, "lock", errno);
    if (uninterrupted([&] { return ::flock(file.get(), LOCK_EX | LOCK_NB); }) != 0) {
      if (errno == EWOULDBLOCK) fail(path, ": another run", holder_text(file.get()), " is writing this file");
      return ::dup(file.get());  // no locks on this file system
    }
    if (!is_still_there(file.get(), lock_path)) continue;
    const std::string process = text(::getpid(), '\n');
    if (::ftruncate(file.get(), 0) != 0 || ::pwrite(file.get(), process.data(), process.size(), 0) < 0) {
      // Only the message of the other run would be without the number.
    }
    return ::fcntl(file.get(), F_DUPFD_CLOEXEC, 0);  // shares the lock
  }
}

// The process in ".loom-<process>-<number>.tmp", or 0.
int process_of(const std::string& name) {
  constexpr std::string_view kStart = ".loom-", kEnd = ".tmp";
  if (!name.starts_with(kStart) || !name.ends_with(kEnd)) return 0;
  int process = 0;
  const auto [stop, error] = std::from_chars(name.data() + kStart.size(), name.data() + name.size(), process);
  return error == std::errc() && *stop == '-' ? process : 0;
}

}  // namespace

FileLock::FileLock(const std::string& path) : lock_path_(path + ".lock"), descriptor_(lock_file(path, lock_path_)) {}

FileLock::~FileLock() { ::unlink(lock_path_.c_str()); }

void remove_left_temporary_files(const std::string& path) {
  constexpr auto kAge = std::chrono::minutes(1);
  const fs::path folder = fs::path(path).parent_path();
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder.empty() ? "." : folder, ignored)) {
    const int process = process_of(entry.path().filename().string());
    if (process <= 0 || ::kill(process, 0) == 0 || errno != ESRCH) continue;
    const fs::file_time_type written = entry.last_write_time(ignored);
    if (!ignored && fs::file_time_type::clock::now() - written > kAge) fs::remove(entry.path(), ignored);
  }
}

}  // namespace loom
