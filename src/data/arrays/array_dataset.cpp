#include "data/arrays/array_dataset.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <memory>
#include <optional>
#include <utility>

#include "core/error.h"
#include "core/files/file.h"
#include "core/image.h"
#include "data/arrays/csv.h"
#include "data/arrays/npy.h"
#include "data/arrays/stored_array.h"
#include "data/arrays/zip_file.h"
#include "data/change_images.h"
#include "data/hold_out.h"
#include "data/idx_header.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kMaxArrayFile = std::uint64_t{4} << 30;  // eight bytes a pixel
constexpr std::size_t kStart = 8;

enum class Kind { none, csv, npy, npz };

std::string lower(std::string name) {
  for (char& c : name)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return name;
}

Kind kind_of(const fs::path& path) {
  const std::string name = lower(path.filename().string());
  if (name.starts_with('.')) return Kind::none;
  if (name.ends_with(".csv") || name.ends_with(".csv.gz") || name.ends_with(".tsv")) return Kind::csv;
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
  if (!file) return Kind::none;
  std::array<std::byte, kStart> start;
  const std::span<const std::byte> begin(start.data(), std::fread(start.data(), 1, start.size(), file.get()));
  if (is_npy(begin)) return Kind::npy;
  return is_zip(begin) && name.ends_with(".npz") ? Kind::npz : Kind::none;
}

std::vector<fs::path> files_of(const fs::path& path) {
  std::error_code ignored;
  if (!fs::is_directory(path, ignored))
    return kind_of(path) == Kind::none ? std::vector<fs::path>() : std::vector{path};
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(path, ignored))
    if (entry.is_regular_file(ignored) && kind_of(entry.path()) != Kind::none) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

// ---- which array is what -----------------------------------------------------------------------------------------

enum class Set { any, training, validation, test };

Set set_of(const std::string& name) {
  const std::string small = lower(name);
  const auto has = [&](const char* word) { return small.find(word) != std::string::npos; };
  if (has("train")) return Set::training;
  if (has("test") || has("t10k")) return Set::test;
  return has("val") ? Set::validation : Set::any;
}

bool is_labels(const Shape& shape) { return shape.size() == 1 || (shape.size() == 2 && shape[1] == 1); }

// (height, width) of images, or nothing.
std::optional<PictureSize> picture_size(const Shape& shape) {
  Shape sides(shape.begin() + std::min<std::ptrdiff_t>(1, std::ssize(shape)), shape.end());
  if (sides.size() == 3) {  // the one colour comes first or last
    if (sides[2] == 1)
      sides.pop_back();
    else if (sides[0] == 1)
      sides.erase(sides.begin());
  }
  if (sides.size() == 1 && sides[0] > 1) {
    const auto side = static_cast<Index>(std::lround(std::sqrt(static_cast<double>(sides[0]))));
    if (side * side == sides[0]) return PictureSize{side, side};
  }
  if (sides.size() == 2) return PictureSize{sides[0], sides[1]};
  return std::nullopt;
}

std::string list_of(const std::vector<StoredArray>& arrays) {
  std::string out;
  for (const StoredArray& array : arrays)
    out += text(out.empty() ? "" : ", ", array.name, ' ', shape_text(array.shape));
  return out;
}

std::vector<StoredArray> of_set(const std::vector<StoredArray>& arrays, Set set, bool labels) {
  std::vector<StoredArray> found;
  for (const StoredArray& array : arrays)
    if (set_of(array.name) == set &&
        (labels ? is_labels(array.shape) : picture_size(array.shape) && !is_labels(array.shape)))
      found.push_back(array);
  return found;
}

// ---- reading --------------------------------------------------------------------------------------------------------

StoredArray npy_array(std::string name, std::string where, const NpyHeader& header,
                      std::function<std::vector<std::byte>()> bytes) {
  return {std::move(name), where, header.shape,
          [where, header, bytes = std::move(bytes)] { return npy_values(header, bytes(), where); }};
}

std::string without_ending(const std::string& name) { return name.substr(0, name.find('.')); }

void add_npy(const fs::path& path, std::vector<StoredArray>& arrays) {
  const auto read = [path] { return read_file(path.string(), kMaxArrayFile); };
  const NpyHeader header = read_npy_header(read(), path.string());
  arrays.push_back(npy_array(without_ending(path.filename().string()), path.string(), header, read));
}

void add_npz(const fs::path& path, std::vector<StoredArray>& arrays) {
  const auto file = std::make_shared<std::vector<std::byte>>(read_file(path.string(), kMaxArrayFile));
  for (const ZipEntry& entry : zip_entries(*file, path.string())) {
    const std::string where = text(path.string(), ": ", entry.name);
    const std::vector<std::byte> begin = unzip(*file, entry, kMaxNpyHeader, where);
    if (!is_npy(begin)) continue;
    arrays.push_back(npy_array(without_ending(entry.name), where, read_npy_header(begin, where),
                               [file, entry, where] { return unzip(*file, entry, kMaxArrayFile, where); }));
  }
}

// Images and labels of one set. `alone`: nothing says which set they are, so that a test set is held out.
struct Pair {
  std::vector<std::uint8_t> pixels, labels;
  PictureSize size;
  std::string images_path, labels_path;
  bool alone = false;
};

const StoredArray& only(const std::vector<StoredArray>& found, const fs::path& path, const char* what,
                        const std::vector<StoredArray>& all) {
  if (found.size() == 1) return found[0];
  fail(path.string(), ": ", found.size(), " arrays that could be the ", what, " (of ", list_of(all),
       "), expected one; names such as x_train and y_train say which are meant");
}

Pair pair_of_arrays(const std::vector<fs::path>& files, const fs::path& path, Split split,
                    std::vector<std::string>& notes) {
  std::vector<StoredArray> arrays;
  for (const fs::path& file : files) kind_of(file) == Kind::npz ? add_npz(file, arrays) : add_npy(file, arrays);
  const bool sets = !of_set(arrays, Set::training, false).empty();
  const Set set = !sets ? Set::any : split == Split::train ? Set::training : Set::test;
  std::vector<StoredArray> images = of_set(arrays, set, false);
  if (images.empty())
    fail(path.string(), ": no ", sets && split == Split::test ? "test " : "", "images among its arrays (",
         list_of(arrays), "), expected (N, H, W) or (N, H * W) with grey levels");
  const StoredArray& chosen = only(images, path, "images", arrays);
  const std::vector<StoredArray> labels = of_set(arrays, set, true);
  Pair pair;
  pair.alone = !sets;
  pair.size = *picture_size(chosen.shape);
  pair.images_path = pair.labels_path = chosen.where;
  pair.pixels = chosen.read();
  if (!labels.empty()) {
    const StoredArray& beside = only(labels, path, "labels", arrays);
    pair.labels_path = beside.where;
    pair.labels = beside.read();
  }
  if (sets && !of_set(arrays, Set::validation, false).empty())
    notes.push_back(text(path.string(), ": its validation images are not used"));
  return pair;
}

// The table of the set: train.csv and test.csv, or the only one.
Pair pair_of_table(const std::vector<fs::path>& files, const fs::path& path, Split split) {
  const fs::path* training = nullptr;
  const fs::path* test = nullptr;
  const auto name = [](const fs::path& file) { return file.filename().string(); };
  for (const fs::path& file : files) {
    const fs::path*& place = set_of(name(file)) == Set::test ? test : training;
    if (place)
      fail(path.string(), ": two tables, ", name(*place), " and ", name(file),
           ", that could be the same set; name the one to use");
    place = &file;
  }
  const fs::path& chosen = split == Split::test && test && training ? *test : training ? *training : *test;
  CsvImages images = read_csv_images(chosen);
  return {std::move(images.pixels), std::move(images.labels), {images.side, images.side},
          chosen.string(),          chosen.string(),          !(training && test)};
}

// For one table, the other set beside it.
std::vector<fs::path> with_other_set(const fs::path& file) {
  std::vector<fs::path> files{file};
  const std::string name = file.filename().string();
  for (const auto& [word, other] : {std::pair("train", "test"), std::pair("test", "train")})
    if (const std::size_t at = name.rfind(word); at != std::string::npos) {
      std::string changed = name;
      const fs::path beside = file.parent_path() / changed.replace(at, std::string_view(word).size(), other);
      std::error_code ignored;
      if (fs::is_regular_file(beside, ignored)) files.push_back(beside);
      break;
    }
  return files;
}

}  // namespace

bool is_array_data(const fs::path& path) { return !files_of(path).empty(); }

Dataset load_array_data(const DataSource& source, Split split) {
  const fs::path& path = source.path;
  std::vector<fs::path> files = files_of(path);
  if (files.empty()) fail(path.string(), ": no CSV table and no NumPy array here");
  std::vector<fs::path> tables;
  std::ranges::copy_if(files, std::back_inserter(tables), [](const fs::path& f) { return kind_of(f) == Kind::csv; });
  std::error_code ignored;
  if (tables.size() == 1 && !fs::is_directory(path, ignored)) tables = with_other_set(path);
  Dataset dataset;
  dataset.split = split;
  if (!tables.empty() && tables.size() < files.size())
    dataset.notes.push_back(text(path.string(), ": its NumPy arrays are not read, as there is a table"));
  Pair pair = tables.empty() ? pair_of_arrays(files, path, split, dataset.notes) : pair_of_table(tables, path, split);
  dataset.shape = {1, pair.size.height, pair.size.width};
  if (pair.size.height < 1 || pair.size.width < 1 || pair.size.height > kMaxImageSide ||
      pair.size.width > kMaxImageSide)
    fail(pair.images_path, ": images of ", pair.size.height, 'x', pair.size.width,
         " (height x width), expected 1x1 to ", kMaxImageSide, 'x', kMaxImageSide);
  dataset.images_path = pair.images_path, dataset.labels_path = pair.labels_path;
  dataset.pixels = std::move(pair.pixels);
  const std::size_t images = dataset.pixels.size() / static_cast<std::size_t>(dataset.shape.size());
  if (images == 0) fail(pair.images_path, ": no images in it");
  const bool labelled = !pair.labels.empty();
  if (labelled && pair.labels.size() != images)
    fail(pair.images_path, ": ", images, " images, but ", pair.labels_path, " has ", pair.labels.size(), " labels");
  if (!labelled)
    dataset.notes.push_back(text(pair.images_path, ": no labels with these images, so they have no classes"));
  dataset.labels = labelled ? std::move(pair.labels) : std::vector<std::uint8_t>(images, 0);
  set_hashes(dataset, labelled);
  change_images(dataset, source);
  if (pair.alone) keep_split(dataset);
  return dataset;
}

}  // namespace loom
