#include "film/gif.h"

#include <gif_lib.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/error.h"

namespace loom {
namespace {

constexpr int kMostSide = 65535, kMostTime = 65535;  // 16 bits each
constexpr std::size_t kMostColors = 255;             // the 256th means "as before"

int append(GifFileType* gif, const GifByteType* bytes, int count) {
  auto& out = *static_cast<std::vector<std::byte>*>(gif->UserData);
  const auto* from = reinterpret_cast<const std::byte*>(bytes);
  out.insert(out.end(), from, from + count);
  return count;
}

void check(int result) {
  if (result == GIF_ERROR) fail("the GIF cannot be written");
}

// The smallest rectangle with all pixels that differ; the whole image if there was none before.
struct Part {
  int left = 0, top = 0, right = 0, bottom = 0;  // right and bottom: not included
  int width() const { return right - left; }
  int height() const { return bottom - top; }
};

Part changed_part(const std::vector<Color>& now, const std::vector<Color>& before, int width, int height) {
  if (before.empty()) return {0, 0, width, height};
  Part part{width, height, 0, 0};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const auto i = static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x);
      if (now[i] == before[i]) continue;
      part = {std::min(part.left, x), std::min(part.top, y), std::max(part.right, x + 1), std::max(part.bottom, y + 1)};
    }
  return part;
}

}  // namespace

struct GifWriter::File {
  std::vector<std::byte> bytes;
  GifFileType* gif = nullptr;

  ~File() {
    if (gif) EGifCloseFile(gif, nullptr);
  }
};

GifWriter::GifWriter(int width, int height) : width_(width), height_(height), file_(std::make_unique<File>()) {
  if (width < 1 || height < 1 || width > kMostSide || height > kMostSide)
    fail("a GIF of ", width, "x", height, " pixels: each side must be 1 to ", kMostSide);
  file_->gif = EGifOpen(&file_->bytes, append, nullptr);
  if (!file_->gif) fail("the GIF cannot be written");
  EGifSetGifVersion(file_->gif, true);
  check(EGifPutScreenDesc(file_->gif, width, height, 8, 0, nullptr));
  // Repeat for ever: Netscape's extension, which all programs know.
  constexpr std::array<GifByteType, 3> kForEver{1, 0, 0};
  check(EGifPutExtensionLeader(file_->gif, APPLICATION_EXT_FUNC_CODE));
  check(EGifPutExtensionBlock(file_->gif, 11, "NETSCAPE2.0"));
  check(EGifPutExtensionBlock(file_->gif, static_cast<int>(kForEver.size()), kForEver.data()));
  check(EGifPutExtensionTrailer(file_->gif));
}

GifWriter::~GifWriter() = default;

void GifWriter::add(std::span<const Color> pixels, int centiseconds) {
  if (pixels.size() != static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_))
    fail("a frame of ", pixels.size(), " pixels, expected ", width_, "x", height_);
  if (std::ranges::equal(pixels, held_) && held_time_ + centiseconds <= kMostTime) {
    held_time_ += centiseconds;
    return;
  }
  write_held();
  held_.assign(pixels.begin(), pixels.end());
  held_time_ = std::min(centiseconds, kMostTime);
}

void GifWriter::write_held() {
  if (held_.empty()) return;
  const Part part = changed_part(held_, shown_, width_, height_);
  const auto at = [&](int x, int y) {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(x);
  };
  std::vector<Color> changed;
  for (int y = part.top; y < part.bottom; ++y)
    for (int x = part.left; x < part.right; ++x)
      if (shown_.empty() || held_[at(x, y)] != shown_[at(x, y)]) changed.push_back(held_[at(x, y)]);
  const ReducedColors reduced = reduce_colors(changed, kMostColors);

  std::array<GifColorType, 256> colors{};
  for (std::size_t i = 0; i < reduced.palette.size(); ++i) {
    const Color c = reduced.palette[i];
    colors[i] = {static_cast<GifByteType>(c), static_cast<GifByteType>(c >> 8), static_cast<GifByteType>(c >> 16)};
  }
  const std::unique_ptr<ColorMapObject, decltype(&GifFreeMapObject)> map(GifMakeMapObject(256, colors.data()),
                                                                         GifFreeMapObject);
  if (!map) fail("the GIF cannot be written");
  GifFileType* gif = file_->gif;
  const GraphicsControlBlock control{DISPOSE_DO_NOT, false, held_time_, static_cast<int>(kMostColors)};
  std::array<GifByteType, 4> block{};
  const auto size = static_cast<int>(EGifGCBToExtension(&control, block.data()));
  check(EGifPutExtension(gif, GRAPHICS_EXT_FUNC_CODE, size, block.data()));
  check(EGifPutImageDesc(gif, part.left, part.top, part.width(), part.height(), false, map.get()));
  std::vector<GifPixelType> row(static_cast<std::size_t>(part.width()));
  std::size_t next = 0;
  for (int y = part.top; y < part.bottom; ++y) {
    for (int x = part.left; x < part.right; ++x) {
      const bool same = !shown_.empty() && held_[at(x, y)] == shown_[at(x, y)];
      row[static_cast<std::size_t>(x - part.left)] = same ? kMostColors : reduced.indices[next++];
    }
    check(EGifPutLine(gif, row.data(), part.width()));
  }
  shown_ = std::move(held_);
  held_.clear();
}

std::vector<std::byte> GifWriter::finish() {
  if (held_.empty() && shown_.empty()) fail("a film without frames");
  write_held();
  check(EGifCloseFile(std::exchange(file_->gif, nullptr), nullptr));
  return std::move(file_->bytes);
}

}  // namespace loom
