// loom-film.wasm: gif.h for web/film.js. One page writes one film at a time.
#include <exception>
#include <optional>
#include <string>

#include "film/gif.h"

#define LOOM_EXPORT extern "C" __attribute__((used, visibility("default")))

namespace {

struct Film {
  std::optional<loom::GifWriter> writer;
  std::vector<loom::Color> pixels;  // of the next frame
  std::vector<std::byte> bytes;     // of the file
  std::string error;
};
Film& film() {
  static Film the_film;
  return the_film;
}

template <class Work>
bool guarded(Work&& work) {
  try {
    work();
    return true;
  } catch (const std::exception& error) {
    film().error = error.what();
    return false;
  }
}

}  // namespace

// Each returns false after an error, which film_error tells.
LOOM_EXPORT bool film_open(int width, int height) {
  return guarded([&] {
    film().writer.emplace(width, height);
    film().bytes = {};
    film().pixels.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 0);
  });
}
// Where the page writes the bytes of the next frame, four per pixel: red, green, blue, 255.
LOOM_EXPORT loom::Color* film_pixels() { return film().pixels.data(); }
LOOM_EXPORT bool film_add(int centiseconds) {
  return guarded([&] { film().writer->add(film().pixels, centiseconds); });
}
LOOM_EXPORT bool film_finish() {
  return guarded([&] { film().bytes = film().writer->finish(); });
}
LOOM_EXPORT const std::byte* film_bytes() { return film().bytes.data(); }
LOOM_EXPORT std::size_t film_size() { return film().bytes.size(); }
LOOM_EXPORT const char* film_error() { return film().error.c_str(); }
