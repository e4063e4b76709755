#include "core/files/file.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "message_of.h"
#include "temporary_directory.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

std::vector<std::byte> bytes(std::size_t size, int value) {
  return std::vector<std::byte>(size, static_cast<std::byte>(value));
}

}  // namespace

TEST_CASE("file: written, read back, and replaced as a whole") {
  const TemporaryDirectory directory;
  const std::string path = directory / "a.bin";
  for (const std::size_t size : {1000u, 0u, 1u, 300000u}) {
    write_file_atomic(path, bytes(size, 7));
    CHECK(read_file(path, 300000) == bytes(size, 7));
    CHECK(directory.entries() == 1);
  }
}

TEST_CASE("file: reading refuses what is missing, a directory or too large") {
  const TemporaryDirectory directory;
  const std::string path = directory / "a.bin";
  CHECK(message_of([&] { read_file(path, 10); }) == path + ": cannot open: No such file or directory");
  CHECK(message_of([&] { read_file(directory.path.string(), 10); }) ==
        directory.path.string() + ": cannot read: Is a directory");
  write_file_atomic(path, bytes(11, 1));
  CHECK(message_of([&] { read_file(path, 10); }) == path + ": found 11 bytes, expected at most 10");
  CHECK(read_file(path, 11).size() == 11);
  CHECK(message_of([&] { read_file(path, 0); }) == path + ": found 11 bytes, expected at most 0");
}

TEST_CASE("file: writing refuses a missing directory and a directory as target") {
  const TemporaryDirectory directory;
  const std::string path = directory / "none/a.bin";
  CHECK(message_of([&] { write_file_atomic(path, bytes(1, 1)); }) ==
        path + ": cannot create a file in " + (directory / "none") + ": No such file or directory");
  fs::create_directory(directory / "d");
  CHECK(message_of([&] { write_file_atomic(directory / "d", bytes(1, 1)); }) ==
        (directory / "d") + ": cannot write: Is a directory");
  CHECK(message_of([&] { write_file_atomic("", bytes(1, 1)); }).ends_with("No such file or directory"));
  CHECK(directory.entries() == 1);
}

}  // namespace loom
