#include "data/arrays/zip_file.h"

#include <zlib.h>

#include <algorithm>
#include <cstring>

#include "core/bytes.h"
#include "core/error.h"

namespace loom {
namespace {

constexpr std::uint32_t kLocal = 0x04034b50, kCentral = 0x02014b50, kEnd = 0x06054b50;
constexpr std::size_t kEndBytes = 22, kCentralBytes = 46, kLocalBytes = 30, kLongestComment = 65535;
constexpr std::size_t kLocalNameAt = 26, kLocalExtraAt = kLocalNameAt + 2;  // lengths of name and extra field
constexpr std::size_t kCentralNameAt = kLocalNameAt + 2, kCentralExtraAt = 30, kCentralCommentAt = 32;
constexpr std::uint64_t kZip64 = 0xffffffff;  // the real number is in an extra field

std::uint64_t number(std::span<const std::byte> file, std::uint64_t at, std::size_t bytes) {
  return little_endian(file.subspan(at, bytes));
}

[[noreturn]] void damaged(const std::string& where, const char* what) { fail(where, ": damaged zip file: ", what); }

// Where the end record begins, which is followed only by a comment.
std::uint64_t end_record(std::span<const std::byte> file, const std::string& where) {
  if (file.size() < kEndBytes) damaged(where, "it ends too early");
  const std::uint64_t last = file.size() - kEndBytes, first = last > kLongestComment ? last - kLongestComment : 0;
  for (std::uint64_t at = last + 1; at-- > first;)
    if (number(file, at, 4) == kEnd) return at;
  damaged(where, "no directory at its end; has the download stopped early?");
}

// NumPy writes sizes of 64 bits into an extra field; the order is unpacked size, packed size, place.
void take_zip64(std::span<const std::byte> extra, ZipEntry& entry) {
  for (std::size_t at = 0; at + 4 <= extra.size();) {
    const std::uint64_t id = number(extra, at, 2), length = number(extra, at + 2, 2);
    if (id == 1 && at + 4 + length <= extra.size()) {
      std::size_t from = at + 4;
      for (std::uint64_t* value : {&entry.size, &entry.packed, &entry.at})
        if (*value == kZip64 && from + 8 <= at + 4 + length) *value = number(extra, from, 8), from += 8;
    }
    at += 4 + length;
  }
}

}  // namespace

bool is_zip(std::span<const std::byte> begin) {
  return begin.size() >= 4 && (little_endian(begin.first(4)) == kLocal || little_endian(begin.first(4)) == kEnd);
}

std::vector<ZipEntry> zip_entries(std::span<const std::byte> file, const std::string& where) {
  const std::uint64_t end = end_record(file, where);
  const std::uint64_t count = number(file, end + 10, 2);
  std::uint64_t at = number(file, end + 16, 4);
  std::vector<ZipEntry> entries;
  for (std::uint64_t i = 0; i < count; ++i) {
    if (at + kCentralBytes > end || number(file, at, 4) != kCentral) damaged(where, "its directory");
    ZipEntry entry;
    const std::uint64_t flags = number(file, at + 8, 2);
    entry.method = static_cast<int>(number(file, at + 10, 2));
    entry.crc = static_cast<std::uint32_t>(number(file, at + 16, 4));
    entry.packed = number(file, at + 20, 4);
    entry.size = number(file, at + 24, 4);
    const std::uint64_t name = number(file, at + kCentralNameAt, 2), extra = number(file, at + kCentralExtraAt, 2),
                        comment = number(file, at + kCentralCommentAt, 2);
    entry.at = number(file, at + 42, 4);
    if (at + kCentralBytes + name + extra + comment > end) damaged(where, "its directory");
    entry.name.assign(reinterpret_cast<const char*>(file.data()) + at + kCentralBytes, name);
    take_zip64(file.subspan(at + kCentralBytes + name, extra), entry);
    if ((flags & 1) != 0) fail(where, ": ", entry.name, " is encrypted");
    entries.push_back(std::move(entry));
    at += kCentralBytes + name + extra + comment;
  }
  return entries;
}

std::vector<std::byte> unzip(std::span<const std::byte> file, const ZipEntry& entry, std::uint64_t most,
                             const std::string& where) {
  const auto inside = [&](std::uint64_t from, std::uint64_t bytes) {
    return from <= file.size() && bytes <= file.size() - from;
  };
  if (!inside(entry.at, kLocalBytes) || number(file, entry.at, 4) != kLocal)
    damaged(where, "a file is not in its place");
  const std::uint64_t from =
      entry.at + kLocalBytes + number(file, entry.at + kLocalNameAt, 2) + number(file, entry.at + kLocalExtraAt, 2);
  if (!inside(from, entry.packed)) damaged(where, "a file ends beyond it");
  const std::span<const std::byte> packed = file.subspan(from, entry.packed);
  const std::uint64_t wanted = std::min(most, entry.size);
  if (entry.method != 0 && entry.method != Z_DEFLATED)
    fail(where, ": ", entry.name, " is packed by method ", entry.method, ", expected deflate");
  if (entry.method == 0 ? entry.size != entry.packed : entry.size / kMaxInflateRatio > entry.packed)
    damaged(where, "sizes that cannot be");
  std::vector<std::byte> out(wanted);
  if (entry.method == 0) {
    std::copy_n(packed.begin(), wanted, out.begin());
  } else {
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) fail(where, ": no memory to unpack it");
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(packed.data()));  // zlib only reads it
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int result = out.empty() ? Z_OK : inflate(&stream, Z_SYNC_FLUSH);
    const bool filled = stream.avail_out == 0;
    inflateEnd(&stream);
    if (!filled || (result != Z_OK && result != Z_STREAM_END)) damaged(where, "a file that does not unpack");
  }
  if (wanted == entry.size &&
      crc32(0, reinterpret_cast<const Bytef*>(out.data()), static_cast<uInt>(out.size())) != entry.crc)
    damaged(where, "a wrong checksum");
  return out;
}

}  // namespace loom
