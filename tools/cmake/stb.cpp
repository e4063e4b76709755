// The implementations of the stb libraries, compiled once and without our warnings (dep_stb).
#include <zlib.h>

#include <cstdlib>

#include "data/images/image_file.h"

namespace {

// Replaces stb's own deflate, whose files are 50 % larger. stb frees the result with free().
unsigned char* deflated(unsigned char* data, int size, int* out_size, int) {
  uLongf length = compressBound(static_cast<uLong>(size));
  auto* out = static_cast<unsigned char*>(std::malloc(length));
  if (out && compress2(out, &length, data, static_cast<uLong>(size), Z_BEST_COMPRESSION) != Z_OK) {
    std::free(out);
    return nullptr;
  }
  *out_size = static_cast<int>(length);
  return out;
}

}  // namespace

#define STB_IMAGE_IMPLEMENTATION
#define STBI_ONLY_PNG
#define STBI_ONLY_JPEG
#define STBI_NO_STDIO
#define STBI_NO_LINEAR
#define STBI_MAX_DIMENSIONS loom::kMaxImageFileSide
#include <stb/stb_image.h>

#define STBIW_ZLIB_COMPRESS deflated
#define STB_IMAGE_WRITE_IMPLEMENTATION
#include <stb/stb_image_write.h>

#define STB_TRUETYPE_IMPLEMENTATION
#include <stb/stb_truetype.h>
