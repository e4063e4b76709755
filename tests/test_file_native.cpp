// What only a real system can do to a file: full disks, links, permissions, crashes, other readers.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <string>
#include <thread>

#include "core/files/file.h"
#include "core/rng.h"
#include "message_of.h"
#include "temporary_directory.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

std::vector<std::byte> repeated(std::size_t size, int value) {
  return std::vector<std::byte>(size, static_cast<std::byte>(value));
}

// All of one value, which is 0 for an empty file; -1 if the content is mixed.
int value_of(const std::vector<std::byte>& content) {
  if (content.empty()) return 0;
  const bool uniform = std::ranges::all_of(content, [&](std::byte b) { return b == content.front(); });
  return uniform ? std::to_integer<int>(content.front()) : -1;
}

// Runs in a process of its own, whose limits and mounts it may change; the exit code. No doctest in there.
template <class Action>
int in_child(Action action) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(action());
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

enum Outcome { kGood = 0, kNoError, kWrongMessage, kOldFileChanged, kLeftovers, kCannotMount };

// Replaces a.bin (all 1, 1000 repeated) by a million repeated, which must fail for `reason` and leave all as it was.
int fails_cleanly(const TemporaryDirectory& directory, std::string_view reason) {
  const std::string path = directory / "a.bin";
  const std::string message = message_of([&] { write_file_atomic(path, repeated(1000000, 2)); });
  if (message == "no error") return kNoError;
  if (!message.starts_with(path + ": cannot ") || !message.ends_with(reason)) return kWrongMessage;
  if (read_file(path, 2000) != repeated(1000, 1)) return kOldFileChanged;
  return directory.entries() == 1 ? kGood : kLeftovers;
}

}  // namespace

TEST_CASE("file: a full disk leaves the old file") {
  const TemporaryDirectory directory;
  const int outcome = in_child([&]() -> int {
    if (::unshare(CLONE_NEWNS) != 0 && ::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return kCannotMount;
    ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr);
    if (::mount("tmpfs", directory.path.c_str(), "tmpfs", 0, "size=64k") != 0) return kCannotMount;
    write_file_atomic(directory / "a.bin", repeated(1000, 1));
    return fails_cleanly(directory, ": No space left on device");
  });
  if (outcome == kCannotMount) {
    MESSAGE("skipped: no right to mount a small tmpfs");
  } else {
    CHECK(outcome == kGood);
  }
}

TEST_CASE("file: a limit on file sizes leaves the old file") {
  const TemporaryDirectory directory;
  write_file_atomic(directory / "a.bin", repeated(1000, 1));
  CHECK(in_child([&]() -> int {
          ::signal(SIGXFSZ, SIG_IGN);
          const rlimit limit{65536, 65536};  // the first write is short, the second fails
          ::setrlimit(RLIMIT_FSIZE, &limit);
          return fails_cleanly(directory, ": File too large");
        }) == kGood);
}

TEST_CASE("file: a directory without write permission leaves the old file") {
  const TemporaryDirectory directory;
  write_file_atomic(directory / "a.bin", repeated(1000, 1));
  const int outcome = in_child([&]() -> int {
    ::chmod(directory.path.c_str(), 0555);
    if (::geteuid() == 0 && ::setuid(65534) != 0) return kCannotMount;  // root may write everywhere
    return fails_cleanly(directory, ": Permission denied");
  });
  ::chmod(directory.path.c_str(), 0755);
  CHECK(outcome == kGood);
}

TEST_CASE("file: a file that may not be read") {
  const TemporaryDirectory directory;
  const std::string path = directory / "a.bin";
  write_file_atomic(path, repeated(1000, 1));
  ::chmod(path.c_str(), 0);
  CHECK(in_child([&]() -> int {
          if (::geteuid() == 0 && ::setuid(65534) != 0) return kCannotMount;
          const std::string message = message_of([&] { read_file(path, 2000); });
          return message == path + ": cannot open: Permission denied" ? kGood : kWrongMessage;
        }) == kGood);
}

TEST_CASE("file: names as long as the system allows") {
  const TemporaryDirectory directory;
  const std::string longest(255, 'x');
  write_file_atomic(directory / longest, repeated(3, 1));
  CHECK(read_file(directory / longest, 3).size() == 3);
  CHECK(message_of([&] {
          write_file_atomic(directory / (longest + 'x'), repeated(3, 1));
        }).ends_with("x: cannot write: File name too long"));
  CHECK(directory.entries() == 1);
}

TEST_CASE("file: permissions follow the umask, or stay as they were") {
  const TemporaryDirectory directory;
  const std::string path = directory / "a.bin";
  const auto permissions = [&] {
    struct stat status;
    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_mode & 0777;
  };
  const mode_t before = ::umask(027);
  write_file_atomic(path, repeated(1, 1));
  ::umask(before);
  CHECK(permissions() == 0640);
  ::chmod(path.c_str(), 0600);
  write_file_atomic(path, repeated(1, 2));
  CHECK(permissions() == 0600);
}

TEST_CASE("file: symbolic links stay and their targets are replaced") {
  const TemporaryDirectory directory;
  fs::create_directory(directory / "store");
  fs::create_symlink("store/real.bin", directory / "relative");
  fs::create_symlink(directory / "relative", directory / "absolute");
  write_file_atomic(directory / "absolute", repeated(5, 1));  // dangling at first
  CHECK(read_file(directory / "store/real.bin", 9) == repeated(5, 1));
  write_file_atomic(directory / "relative", repeated(6, 2));
  CHECK(read_file(directory / "store/real.bin", 9) == repeated(6, 2));
  CHECK(fs::is_symlink(directory / "relative"));
  CHECK(fs::is_symlink(directory / "absolute"));

  fs::create_symlink("loop", directory / "loop");
  CHECK(message_of([&] { write_file_atomic(directory / "loop", repeated(1, 1)); }) ==
        (directory / "loop") + ": cannot write: Too many levels of symbolic links");
  CHECK(directory.entries() == 4);
}

TEST_CASE("file: devices and pipes are read up to the limit and never replaced") {
  const TemporaryDirectory directory;
  CHECK(message_of([] { read_file("/dev/zero", 100000); }) ==
        "/dev/zero: found more than 100000 bytes, expected at most 100000");
  CHECK(read_file("/dev/null", 10).empty());
  CHECK(!read_file("/proc/self/status", 1 << 20).empty());  // a regular file of size 0, it says
  CHECK(message_of([] { write_file_atomic("/dev/null", repeated(1, 1)); }) ==
        "/dev/null: cannot write: not a regular file");
  const std::string pipe = directory / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  std::thread writer([&] {
    const int fd = ::open(pipe.c_str(), O_WRONLY);
    const std::vector<std::byte> content = repeated(200000, 3);
    for (std::size_t at = 0; at < content.size();) {
      at += static_cast<std::size_t>(::write(fd, content.data() + at, content.size() - at));
    }
    ::close(fd);
  });
  const std::vector<std::byte> read = read_file(pipe, 1 << 20);
  writer.join();
  CHECK(read == repeated(200000, 3));
}

TEST_CASE("file: a reader sees either the old or the new content") {
  const TemporaryDirectory directory;
  const std::string path = directory / "a.bin";
  write_file_atomic(path, repeated(10000, 1));
  std::atomic<bool> done = false;
  std::thread writer([&] {
    for (int round = 0; round < 100; ++round) {
      write_file_atomic(path, repeated(static_cast<std::size_t>(10000 + 17 * round), 1 + round % 100));
    }
    done = true;
  });
  int torn = 0;
  while (!done) torn += value_of(read_file(path, 1 << 20)) <= 0;
  writer.join();
  CHECK(torn == 0);
}

TEST_CASE("file: a process killed while writing leaves a complete file") {
  const TemporaryDirectory directory;
  const std::string path = directory / "a.bin";
  write_file_atomic(path, repeated(200000, 1));
  Rng rng(4, Stream::test);
  for (int round = 0; round < 20; ++round) {
    const pid_t child = ::fork();
    if (child == 0) {
      for (int i = 0;; ++i) write_file_atomic(path, repeated(200000, 1 + i % 100));
    }
    ::usleep(static_cast<useconds_t>(rng.below(5000)));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    const std::vector<std::byte> content = read_file(path, 1 << 20);
    CHECK(content.size() == 200000);
    CHECK(value_of(content) > 0);
  }
}

}  // namespace loom
