#include "cli/common.h"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <set>

#include "core/error.h"
#include "core/files/file.h"
#include "data/identity.h"
#include "data/load/load_dataset.h"
#include "data/pack/pack_file.h"
#include "weights/foreign_file.h"
#include "weights/tensor.h"

namespace loom {

ModelFile read_model(const std::string& path) {
  const std::vector<std::byte> bytes = read_file(path, kMaxWeightFileBytes);
  refuse_foreign_file(bytes, path);
  return load_model(bytes, path);
}

namespace {

// Parses a size such as "20x16", height first as in all shapes here.
PictureSize parse_size(const std::string& size) {
  PictureSize result;
  const char* const end = size.data() + size.size();
  const auto [cross, error] = std::from_chars(size.data(), end, result.height);
  if (error == std::errc() && cross != end && *cross == 'x') {
    const auto [stop, second] = std::from_chars(cross + 1, end, result.width);
    if (second == std::errc() && stop == end) return result;
  }
  throw CLI::ValidationError("--resize", text("is '", size, "', expected HEIGHTxWIDTH as in 28x28"));
}

}  // namespace

void add_data_options(CLI::App& command, DataSource& source, Needed needed) {
  command
      .add_option_function<std::string>(
          "--data", [&source](const std::string& path) { source.path = path; },
          "data set: a folder with MNIST's four IDX files, with one pair of IDX files, or with PNG or JPEG images; "
          "or a data pack")
      ->required(needed == Needed::yes);
  command.add_option_function<std::string>(
      "--resize", [&source](const std::string& size) { source.resize = parse_size(size); },
      "HEIGHTxWIDTH: resize PNG and JPEG images to this size");
  command.add_flag("--transpose", source.transpose, "swap rows and columns of all images, as EMNIST's files need");
  command.add_flag("--invert", source.invert, "make black on white white on black; transparent parts count as white");
  command.add_flag("--skip-broken", source.skip_broken, "leave out image files that cannot be read");
}

void add_test_data_option(CLI::App& command, DataSource& source) {
  command.add_option_function<std::string>(
      "--test-data", [&source](const std::string& path) { source.test_path = path; },
      "the test images, if --data is a data pack of training images, or to use other test images");
}

Dataset read_data(const DataSource& source, Split split) {
  Dataset data = load_dataset(source, split);
  if (!data.skipped.empty())
    print_note(
        text(data.skipped.size(), " image files that cannot be read are left out; the first: ", data.skipped.front()));
  static std::set<std::string> said;  // training and test set often come from the same folder
  for (const std::string& note : data.notes)
    if (said.insert(note).second) print_note(note);
  return data;
}

std::string data_options_text(const DataSource& source) {
  const auto name = [](const std::filesystem::path& path) {
    return is_pack(path) ? path.filename().string() : std::string("DIR");
  };
  std::string options = text(" --data ", name(source.path));
  if (!source.test_path.empty()) options += text(" --test-data ", name(source.test_path));
  if (source.resize) options += text(" --resize ", source.resize->height, 'x', source.resize->width);
  if (source.transpose) options += " --transpose";
  if (source.invert) options += " --invert";
  return source.skip_broken ? options + " --skip-broken" : options;
}

Dataset read_test_set(const DataSource& source, const Model& model) {
  Dataset data = read_data(source, Split::test);
  if (data.shape != model.spec.image)
    fail(data.images_path, ": images are ", image_shape_text(data.shape), ", the model was trained on ",
         image_shape_text(model.spec.image));
  const auto none = model.spec.provenance.end();
  auto trained_on = model.spec.provenance.find("dataset_origin");
  if (trained_on == none) trained_on = model.spec.provenance.find("dataset");
  if (trained_on != none && trained_on->second != origin_name(data))
    print_note(text("the model was trained on ", trained_on->second, ", these images are ", origin_name(data)));
  if (const std::string part = part_text(data); !part.empty()) print_note(text("the test images are ", part));
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

std::vector<Index> parse_indices(std::string_view numbers, Index size, std::string_view what) {
  std::vector<Index> out;
  const char* at = numbers.data();
  const char* const end = at + numbers.size();
  for (;;) {
    Index value = 0;
    const auto [stop, error] = std::from_chars(at, end, value);
    if (error != std::errc() || value < 0)
      fail(what, " is '", numbers, "', expected whole numbers separated by commas");
    if (value >= size) fail(what, ": there is no image ", value, ", the data set has 0 to ", size - 1);
    out.push_back(value);
    at = stop;
    if (at == end) return out;
    if (*at++ != ',') fail(what, " is '", numbers, "', expected whole numbers separated by commas");
  }
}

void write_text(const std::string& path, std::string_view content) {
  write_file_atomic(path, std::as_bytes(std::span(content)));
}

int thread_count(int requested) { return requested > 0 ? requested : available_threads(); }

}  // namespace loom
