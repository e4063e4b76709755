#include "data/gzip.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/error.h"

namespace loom {
namespace {

constexpr std::size_t kMaxPortion = 0xffffffffu;  // zlib counts in 32 bits
constexpr int kGzipOnly = 15 + 16;                // inflateInit2: largest window, gzip header and trailer required

}  // namespace

bool is_gzip(std::span<const std::byte> bytes) {
  return bytes.size() >= 2 && bytes[0] == std::byte{0x1f} && bytes[1] == std::byte{0x8b};
}

GzipReader::GzipReader(std::span<const std::byte> compressed, std::string name) : name_(std::move(name)) {
  if (compressed.size() > kMaxPortion) fail(name_, ": ", compressed.size(), " compressed bytes, at most ", kMaxPortion);
  // zlib only reads the input; the field is non-const for historical reasons.
  stream_.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(compressed.data()));
  stream_.avail_in = static_cast<uInt>(compressed.size());
  if (inflateInit2(&stream_, kGzipOnly) != Z_OK) fail(name_, ": zlib cannot start: out of memory");
}

GzipReader::~GzipReader() { inflateEnd(&stream_); }

std::size_t GzipReader::read(std::span<std::byte> out) {
  std::size_t filled = 0;
  while (filled < out.size() && (in_member_ || next_member())) {
    const std::size_t portion = std::min(out.size() - filled, kMaxPortion);
    stream_.next_out = reinterpret_cast<Bytef*>(out.data() + filled);
    stream_.avail_out = static_cast<uInt>(portion);
    const int status = inflate(&stream_, Z_NO_FLUSH);
    const std::size_t produced = portion - stream_.avail_out;
    filled += produced;
    unpacked_ += produced;
    if (status == Z_STREAM_END) {
      in_member_ = false;
    } else if (status == Z_BUF_ERROR) {  // no progress although `out` has room: the input is truncated
      fail(name_, ": truncated gzip file: the data end after ", unpacked_, " unpacked bytes, without a checksum");
    } else if (status != Z_OK) {
      damaged();
    }
  }
  return filled;
}

// After a member: returns true if another one follows, false at the end of the file.
bool GzipReader::next_member() {
  std::span<const std::byte> rest(reinterpret_cast<const std::byte*>(stream_.next_in), stream_.avail_in);
  while (!rest.empty() && rest.front() == std::byte{0}) rest = rest.subspan(1);
  if (rest.empty()) return false;
  if (!is_gzip(rest)) fail(name_, ": ", rest.size(), " bytes that are not gzip follow the gzip data");
  inflateReset(&stream_);
  stream_.next_in += stream_.avail_in - rest.size();
  stream_.avail_in = static_cast<uInt>(rest.size());
  return in_member_ = true;
}

void GzipReader::damaged() const {
  const std::string_view reason = stream_.msg != nullptr ? stream_.msg : "out of memory";
  if (reason == "incorrect data check") fail(name_, ": gzip checksum (CRC-32) is wrong: the file is damaged");
  if (reason == "incorrect length check") fail(name_, ": gzip length field is wrong: the file is damaged");
  fail(name_, ": damaged gzip data after ", unpacked_, " unpacked bytes: ", reason);
}

}  // namespace loom
