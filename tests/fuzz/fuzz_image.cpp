// libFuzzer target for the reader of pictures: any bytes give a picture of the size it says, or Error.
#include <cstdlib>
#include <span>

#include "core/error.h"
#include "data/images/image_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const loom::GreyImage image = loom::decode_image(std::as_bytes(std::span(data, size)), "fuzz");
    if (image.pixels.size() != static_cast<std::size_t>(image.height * image.width)) std::abort();
    const loom::GreyImage small = loom::resize_by_area(image, 5, 7);
    if (small.pixels.size() != 35) std::abort();
  } catch (const loom::Error&) {
  }
  return 0;
}
