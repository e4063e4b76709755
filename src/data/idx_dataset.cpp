#include "data/idx_dataset.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <optional>
#include <utility>

#include "core/error.h"
#include "data/gzip.h"
#include "data/hold_out.h"
#include "data/identity.h"
#include "data/idx.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

// The possible names of one of the four files, in the order in which they are tried.
std::vector<std::string> mnist_names(Split split, IdxKind kind) {
  const std::string stem = text(split == Split::train ? "train-" : "t10k-", kind_text(kind));
  const std::string_view type = kind == IdxKind::images ? "idx3-ubyte" : "idx1-ubyte";
  std::vector<std::string> names;
  for (const char* separator : {"-", "."})
    for (const char* ending : {"", ".gz"}) names.push_back(text(stem, separator, type, ending));
  return names;
}

bool is_there(const fs::path& path) {
  std::error_code ignored;  // inaccessible files count as missing
  return fs::exists(path, ignored);
}

fs::path find_file(const fs::path& folder, Split split, IdxKind kind) {
  std::string looked_for;
  for (const std::string& name : mnist_names(split, kind)) {
    if (is_there(folder / name)) return folder / name;
    looked_for += text(looked_for.empty() ? "" : ", ", name);
  }
  fail(folder.string(), ": no ", split_text(split), ' ', kind_text(kind), " here; looked for ", looked_for,
       "; own data may be one pair of IDX files or a folder of PNG or JPEG images; ", kDataRemedy);
}

// One of the two files, and the published file that it equals, if any. Published files of the wrong split are refused,
// so that nobody tests on training data by mistake.
struct Part {
  std::string path;
  IdxFile file;
  std::optional<KnownFile> known;
};

Part load_part(const fs::path& path, Split split, IdxKind kind) {
  Part part{path.string(), read_idx(path, kind), {}};
  part.known = identify(part.file.sha256, kind);
  if (part.known && part.known->split != split)
    fail(part.path, ": holds the ", split_text(part.known->split), ' ', kind_text(kind), " of ",
         part.known->dataset->title, " where ", split_text(split), ' ', kind_text(kind), " are expected");
  return part;
}

void check_pair(const Part& images, const Part& labels) {
  if (images.file.shape[0] != labels.file.shape[0])
    fail(images.path, ": ", images.file.shape[0], " images, but ", labels.path, " has ", labels.file.shape[0],
         " labels");
  if (!images.known) return;
  const DatasetIdentity& dataset = *images.known->dataset;
  if (labels.known && labels.known->dataset != &dataset)
    fail(images.path, ": holds ", dataset.title, ", but ", labels.path, " holds the labels of ",
         labels.known->dataset->title);
  for (std::size_t i = 0; i < labels.file.values.size(); ++i)
    if (labels.file.values[i] >= dataset.class_names.size())
      fail(labels.path, ": label ", i, " is ", labels.file.values[i], ", but ", dataset.title, " has the classes 0 to ",
           dataset.class_names.size() - 1);
}

// Combines images and labels into a data set.
Dataset joined(Part& images, Part* labels, Split split) {
  Dataset dataset;
  dataset.split = split;
  dataset.shape = {1, images.file.shape[1], images.file.shape[2]};
  dataset.images_path = images.path;
  if (labels) {
    check_pair(images, *labels);
    dataset.labels_path = labels->path;
    dataset.labels_sha256 = std::move(labels->file.sha256);
    dataset.labels = std::move(labels->file.values);
    if (images.known && labels->known) {
      const DatasetIdentity& identity = *images.known->dataset;
      dataset.name = identity.name;
      dataset.class_names.assign(identity.class_names.begin(), identity.class_names.end());
    }
  } else {
    dataset.labels.assign(static_cast<std::size_t>(images.file.shape[0]), 0);
  }
  dataset.images_sha256 = std::move(images.file.sha256);
  dataset.pixels = std::move(images.file.values);
  return dataset;
}

// Whether a file, plain or gzip, begins like an IDX file of this kind. Only its beginning is read.
bool begins_as_idx(const fs::path& path, IdxKind kind) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
  std::array<std::byte, 4096> stored;
  if (!file) return false;
  const std::span<const std::byte> bytes(stored.data(), std::fread(stored.data(), 1, stored.size(), file.get()));
  std::array<std::byte, 4> start{};
  if (is_gzip(bytes)) try {
      if (GzipReader(bytes, path.string()).read(start) < start.size()) return false;
    } catch (const Error&) {  // some other gzip file
      return false;
    }
  else
    std::copy_n(bytes.begin(), std::min(bytes.size(), start.size()), start.begin());
  return starts_as_idx(start, kind);
}

fs::path the_one_of_kind(const fs::path& folder, IdxKind kind) {
  std::vector<fs::path> found;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored))
    if (entry.is_regular_file(ignored) && entry.path().filename().string()[0] != '.' &&
        begins_as_idx(entry.path(), kind))
      found.push_back(entry.path());
  std::ranges::sort(found);
  if (found.size() > 1)
    fail(folder.string(), ": ", found.size(), " IDX files of ", kind_text(kind), " here (",
         found[0].filename().string(), ", ", found[1].filename().string(), found.size() > 2 ? ", ..." : "",
         "), expected one; name the file of images to use");
  return found.empty() ? fs::path() : found[0];
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.rfind(from);
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

fs::path labels_of(const fs::path& images) {
  const std::string name = images.filename().string();
  const std::string other = replaced(replaced(name, "images", "labels"), "idx3", "idx1");
  if (other != name) {
    const std::string stem = other.ends_with(".gz") ? other.substr(0, other.size() - 3) : other;
    for (const std::string& candidate : {other, stem, stem + ".gz"})
      if (is_there(images.parent_path() / candidate)) return images.parent_path() / candidate;
  }
  return the_one_of_kind(images.parent_path().empty() ? "." : images.parent_path(), IdxKind::labels);
}

}  // namespace

bool has_mnist_name(const fs::path& file) {
  for (const Split split : {Split::train, Split::test})
    for (const IdxKind kind : {IdxKind::images, IdxKind::labels})
      for (const std::string& name : mnist_names(split, kind))
        if (file.filename() == name) return true;
  return false;
}

bool has_mnist_files(const fs::path& folder) {
  for (const Split split : {Split::train, Split::test})
    for (const IdxKind kind : {IdxKind::images, IdxKind::labels})
      for (const std::string& name : mnist_names(split, kind))
        if (is_there(folder / name)) return true;
  return false;
}

Dataset load_mnist_files(const fs::path& folder, Split split) {
  Part images = load_part(find_file(folder, split, IdxKind::images), split, IdxKind::images);
  Part labels = load_part(find_file(folder, split, IdxKind::labels), split, IdxKind::labels);
  return joined(images, &labels, split);
}

fs::path find_idx_images(const fs::path& folder) { return the_one_of_kind(folder, IdxKind::images); }

Dataset load_idx_pair(const fs::path& path, Split split) {
  Part images = load_part(path, split, IdxKind::images);
  const fs::path beside = labels_of(path);
  std::optional<Part> labels;
  if (!beside.empty()) labels = load_part(beside, split, IdxKind::labels);
  const bool published = images.known.has_value();
  Dataset dataset = joined(images, labels ? &*labels : nullptr, split);
  if (!published) keep_split(dataset);
  return dataset;
}

}  // namespace loom
