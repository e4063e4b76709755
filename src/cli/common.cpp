#include "cli/common.h"

#include <cmath>
#include <cstdio>

#include "core/error.h"
#include "core/file.h"
#include "weights/tensor.h"

namespace loom {

ModelFile read_model(const std::string& path) { return load_model(read_file(path, kMaxWeightFileBytes), path); }

Dataset read_test_set(const std::string& folder, const Model& model) {
  Dataset data = load_dataset(folder, Split::test);
  if (data.shape != model.spec.image)
    fail(data.images_path, ": images are ", image_shape_text(data.shape), ", the model was trained on ",
         image_shape_text(model.spec.image));
  const auto trained_on = model.spec.provenance.find("dataset");
  if (trained_on != model.spec.provenance.end() && trained_on->second != data.name)
    std::fprintf(stderr, "loom: note: the model was trained on %s, these images are %s\n", trained_on->second.c_str(),
                 data.name.c_str());
  return data;
}

RowVector parse_vector(std::string_view numbers, Index count, std::string_view what) {
  RowVector values(count);
  Index found = 0;
  const char* at = numbers.data();
  const char* const end = at + numbers.size();
  for (;;) {
    Scalar value = 0;
    const auto [stop, error] = std::from_chars(at, end, value);
    if (error != std::errc() || !std::isfinite(value))
      fail(what, " is '", numbers, "', expected ", count, " numbers separated by commas");
    if (found < count) values(found) = value;
    ++found;
    at = stop;
    if (at == end) break;
    if (*at++ != ',') fail(what, " is '", numbers, "', expected ", count, " numbers separated by commas");
  }
  if (found != count) fail(what, " has ", found, " numbers, the model's latent space has ", count, " dimensions");
  return values;
}

void print(std::string_view line) {
  std::fwrite(line.data(), 1, line.size(), stdout);
  std::fputc('\n', stdout);
  if (std::fflush(stdout) != 0) fail("cannot write to standard output");
}

void write_text(const std::string& path, std::string_view content) {
  write_file_atomic(path, std::as_bytes(std::span(content)));
}

int thread_count(int requested) { return requested > 0 ? requested : available_threads(); }

}  // namespace loom
