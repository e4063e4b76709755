#include <doctest/doctest.h>

#include <span>
#include <string>
#include <string_view>

#include "message_of.h"
#include "weights/foreign_file.h"

namespace loom {
namespace {

std::string said(std::string_view content) {
  return message_of([&] { refuse_foreign_file(std::as_bytes(std::span(content)), "f"); });
}

TEST_CASE("foreign files: each is named for what it is") {
  const auto has = [](const std::string& message, std::string_view words) {
    return message.starts_with("f: is no weight file (.safetensors) but ") && message.find(words) != std::string::npos;
  };
  CHECK(has(said("PK\x03\x04 archive/data.pkl"), "PyTorch"));
  CHECK(has(said("\x80\x02}q"), "pickle"));
  CHECK(has(said("\x80\x05\x95"), "pickle"));
  CHECK(has(said("\x89HDF\r\n\x1a\n"), "HDF5"));
  CHECK(has(said("\x93NUMPY\x01"), "NumPy"));
  CHECK(has(said("\x1f\x8b\x08"), "gzip"));
  CHECK(has(said("version https://git-lfs.github.com/spec/v1\noid"), "git lfs pull"));
  CHECK(has(said("<!DOCTYPE html><title>Log in"), "web page"));
  CHECK(has(said("<HTML>"), "web page"));
  CHECK(has(said("\x89PNG\r\n"), "PNG"));
  CHECK(has(said("# Latent Loom\n\nA native trainer"), "text"));
  CHECK(has(said("{\"encoder\": [1, 2]}"), "text"));
  CHECK(has(said("Gr\xc3\xb6\xc3\x9f"
                 "e und Form"),
            "text"));
}

TEST_CASE("foreign files: weight files, damaged or not, are left to their reader") {
  for (const std::string_view content :
       {std::string_view("\x40\0\0\0\0\0\0\0{", 9), std::string_view("\x50\x4b\0\0\0\0\0\0{", 9),
        std::string_view("", 0), std::string_view("abc", 3)})
    CHECK_NOTHROW(refuse_foreign_file(std::as_bytes(std::span(content)), "f"));
}

}  // namespace
}  // namespace loom
