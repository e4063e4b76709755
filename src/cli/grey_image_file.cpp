#include "cli/grey_image_file.h"

#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_ONLY_JPEG
#define STBI_ONLY_PNG
#define STBI_NO_STDIO
#define STBI_MAX_DIMENSIONS 4096
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#endif
#include <stb/stb_image.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

#include <memory>

#include "core/error.h"
#include "core/file.h"

namespace loom {
namespace {

constexpr std::uint64_t kMaxBytes = 16 << 20;

}  // namespace

Matrix read_grey_image(const std::string& path, const ImageShape& shape) {
  const std::vector<std::byte> file = read_file(path, kMaxBytes);
  int width = 0, height = 0, channels = 0;
  const std::unique_ptr<stbi_uc, void (*)(void*)> pixels(
      stbi_load_from_memory(reinterpret_cast<const stbi_uc*>(file.data()), static_cast<int>(file.size()), &width,
                            &height, &channels, 1),
      stbi_image_free);
  if (!pixels) fail(path, ": is no PNG or JPEG that can be read: ", stbi_failure_reason());
  if (width != shape.width || height != shape.height)
    fail(path, ": is ", width, "x", height, ", the model takes ", shape.width, "x", shape.height);
  Matrix out(1, shape.size());
  for (Index p = 0; p < out.cols(); ++p) out(0, p) = static_cast<Scalar>(pixels.get()[p]) / 255;
  return out;
}

}  // namespace loom
