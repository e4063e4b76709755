#include "data/images/image_file.h"

#include <stb/stb_image.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <memory>

#include "core/error.h"
#include "core/files/file.h"
#include "data/images/area_average.h"
#include "data/images/file_kind.h"
#include "data/images/image_size.h"
#include "data/images/image_whole.h"

namespace loom {
namespace {

// The grey value, 0 .. 255, rounded half up, of a pixel with 1 to 4 samples (grey, grey and alpha, RGB, RGBA) in
// 0 .. largest. Integer arithmetic keeps grey pixels exact and gives the same result on every machine. Transparent
// pixels are blended with black by default, because the background of (Fashion-)MNIST images is 0; on white the
// background would be the brightest part of the image, unlike in any training image. Every sample is rounded after
// blending, as in a browser's canvas, so that the page (web/own_files.js) gets the same bytes.
std::uint8_t grey_of(const auto* samples, int channels, std::uint64_t largest, Background background) {
  const bool colour = channels >= 3, alpha = channels % 2 == 0;
  constexpr std::uint64_t kOne = 10000;
  const std::uint64_t opacity = alpha ? samples[channels - 1] : largest;
  const std::uint64_t behind = background == Background::white ? (largest - opacity) * largest : 0;
  const auto blended = [&](int channel) { return (samples[channel] * opacity + behind + largest / 2) / largest; };
  const std::uint64_t luma = colour ? 2126 * blended(0) + 7152 * blended(1) + 722 * blended(2) : kOne * blended(0);
  const std::uint64_t white = kOne * largest;
  return static_cast<std::uint8_t>((luma * 255 + white / 2) / white);
}

template <class Sample>
GreyImage to_grey(const Sample* samples, int height, int width, int channels, Background background) {
  GreyImage image{height, width, {}};
  image.pixels.resize(static_cast<std::size_t>(image.height * image.width));
  for (std::uint8_t& pixel : image.pixels) {
    pixel = grey_of(samples, channels, static_cast<Sample>(-1), background);
    samples += channels;
  }
  return image;
}

// ": the file is empty", " but a WebP image"; nothing for what is not recognised.
std::string what_it_is(std::span<const std::byte> bytes) {
  const FileKind kind = file_kind(bytes);
  if (kind == FileKind::empty) return ": the file is empty";
  return kind == FileKind::other ? std::string() : text(" but ", kind_words(kind));
}

void check_size(std::int64_t height, std::int64_t width, const std::string& name) {
  if (width < 1 || height < 1 || width > kMaxImageFileSide || height > kMaxImageFileSide ||
      width * height > kMaxImageFilePixels)
    fail(name, ": is ", height, "x", width, " (height x width), expected at most ", kMaxImageFileSide, " a side and ",
         kMaxImageFilePixels, " pixels");
}

}  // namespace

bool has_image_name(const std::filesystem::path& path) {
  std::string ending = path.extension().string();
  for (char& c : ending) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return ending == ".png" || ending == ".jpg" || ending == ".jpeg" || ending == ".jfif";
}

GreyImage decode_image(std::span<const std::byte> bytes, const std::string& name, Background background) {
  if (is_png(bytes))
    require_whole_png(bytes, name);
  else if (is_jpeg(bytes))
    require_whole_jpeg(bytes, name);
  else
    fail(name, ": neither a PNG nor a JPEG image", what_it_is(bytes));
  const auto* data = reinterpret_cast<const stbi_uc*>(bytes.data());
  const int size = static_cast<int>(bytes.size());
  if (const auto stated = stated_size(bytes)) check_size(stated->height, stated->width, name);
  int width = 0, height = 0, channels = 0;
  const auto damaged = [&] { fail(name, ": damaged: ", stbi_failure_reason()); };
  if (!stbi_info_from_memory(data, size, &width, &height, &channels)) damaged();
  check_size(height, width, name);
  const auto decode = [&](auto* load) {
    const std::unique_ptr<std::remove_pointer_t<decltype(load(data, size, &width, &height, &channels, 0))>,
                          decltype(&stbi_image_free)>
        samples(load(data, size, &width, &height, &channels, 0), stbi_image_free);
    if (!samples) damaged();
    return to_grey(samples.get(), height, width, channels, background);
  };
  return stbi_is_16_bit_from_memory(data, size) ? decode(stbi_load_16_from_memory) : decode(stbi_load_from_memory);
}

GreyImage read_image(const std::filesystem::path& path, Background background) {
  return decode_image(read_file(path.string(), kMaxImageFileBytes), path.string(), background);
}

GreyImage resize_by_area(const GreyImage& image, Index height, Index width) {
  if (height < 1 || width < 1) fail("resize: ", height, "x", width, " pixels, expected at least 1x1");
  if (height == image.height && width == image.width) return image;
  const std::vector<AreaCover> rows = area_covers(image.height, height), columns = area_covers(image.width, width);
  GreyImage result{height, width, {}};
  for (const AreaCover& row : rows)
    for (const AreaCover& column : columns) {
      const double mean = area_average(image.pixels.data(), image.width, row, column);
      result.pixels.push_back(static_cast<std::uint8_t>(std::clamp(std::floor(mean + 0.5), 0.0, 255.0)));
    }
  return result;
}

}  // namespace loom
