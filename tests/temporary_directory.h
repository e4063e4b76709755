// An empty directory of this process; the destructor removes it with its contents.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <string>

namespace loom {

struct TemporaryDirectory {
  std::filesystem::path path = std::filesystem::temp_directory_path() / ("loom_test_" + std::to_string(::getpid()));

  TemporaryDirectory() {
    std::filesystem::remove_all(path);
    std::filesystem::create_directory(path);
  }
  ~TemporaryDirectory() { std::filesystem::remove_all(path); }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  std::string operator/(const std::string& name) const { return (path / name).string(); }
  std::ptrdiff_t entries() const {
    return std::distance(std::filesystem::directory_iterator(path), std::filesystem::directory_iterator());
  }
};

}  // namespace loom
