#include "weights/foreign_file.h"

#include <algorithm>
#include <array>

#include "core/error.h"

namespace loom {
namespace {

struct Format {
  std::string_view begin;  // its first bytes, in lower case
  std::string_view what;
};

constexpr std::array<Format, 14> kFormats{{
    {"pk\x03\x04", "a zip file, as PyTorch's .pt and .pth files are; safetensors.torch.save_file writes .safetensors"},
    {"\x80\x02", "a Python pickle, as old PyTorch files are; safetensors.torch.save_file writes .safetensors"},
    {"\x80\x04", "a Python pickle; safetensors.torch.save_file writes .safetensors"},
    {"\x80\x05", "a Python pickle; safetensors.torch.save_file writes .safetensors"},
    {"\x89hdf", "an HDF5 file, as Keras writes them"},
    {"\x93numpy", "a NumPy array"},
    {"\x1f\x8b", "compressed with gzip; unpack it first"},
    {"version https://git-lfs", "a Git LFS pointer and not the file itself; `git lfs pull` fetches it"},
    {"<!doctype html", "a web page; the download may have failed or need a log-in"},
    {"<html", "a web page; the download may have failed or need a log-in"},
    {"\x89png", "a PNG image"},
    {"\xff\xd8\xff", "a JPEG image"},
    {"gif8", "a GIF image"},
    {"%pdf", "a PDF document"},
}};

char lower(std::byte byte) {
  const char c = static_cast<char>(byte);
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool begins(std::span<const std::byte> bytes, std::string_view with) {
  return bytes.size() >= with.size() &&
         std::equal(with.begin(), with.end(), bytes.begin(), [](char c, std::byte byte) { return c == lower(byte); });
}

// A weight file begins with a length in binary, whose upper bytes are 0.
bool is_text(std::span<const std::byte> bytes) {
  constexpr std::size_t kLooked = 64;
  const auto begin = bytes.first(std::min(kLooked, bytes.size()));
  return begin.size() >= 8 && std::ranges::all_of(begin, [](std::byte byte) {
           const auto c = std::to_integer<unsigned>(byte);
           return c == '\t' || c == '\n' || c == '\r' || c >= ' ';
         });
}

}  // namespace

void refuse_foreign_file(std::span<const std::byte> bytes, std::string_view file_name) {
  for (const Format& format : kFormats)
    if (begins(bytes, format.begin)) fail(file_name, ": is no weight file (.safetensors) but ", format.what);
  if (is_text(bytes)) fail(file_name, ": is no weight file (.safetensors) but text");
}

}  // namespace loom
