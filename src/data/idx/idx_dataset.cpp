#include "data/idx/idx_dataset.h"

#include <optional>
#include <utility>

#include "core/error.h"
#include "data/change_images.h"
#include "data/hold_out.h"
#include "data/identity.h"
#include "data/idx.h"
#include "data/idx/idx_labels.h"
#include "data/idx/idx_names.h"

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

// The file of this name; some archives have it in a folder of the same name. Empty if there is none.
fs::path file_named(const fs::path& path) {
  std::error_code ignored;
  for (const fs::path& candidate : {path, path / path.filename()})
    if (is_there(candidate) && !fs::is_directory(candidate, ignored)) return candidate;
  return {};
}

fs::path find_file(const fs::path& folder, Split split, IdxKind kind) {
  std::string looked_for;
  for (const std::string& name : mnist_names(split, kind)) {
    if (const fs::path found = file_named(folder / name); !found.empty()) return found;
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
  Part part{path.string(), kind == IdxKind::labels ? read_idx_labels(path) : read_idx(path, kind), {}};
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
        if (!file_named(folder / name).empty()) return true;
  return false;
}

Dataset load_mnist_files(const fs::path& folder, Split split) {
  Part images = load_part(find_file(folder, split, IdxKind::images), split, IdxKind::images);
  Part labels = load_part(find_file(folder, split, IdxKind::labels), split, IdxKind::labels);
  return joined(images, &labels, split);
}

Dataset load_idx_pair(const fs::path& path, const DataSource& source, Split split) {
  const IdxSets sets = idx_sets(path);
  const fs::path& file = split == Split::test && !sets.test.empty() ? sets.test : sets.training;
  Part images = load_part(file, split, IdxKind::images);
  const fs::path beside = labels_beside(file);
  std::optional<Part> labels;
  if (!beside.empty()) labels = load_part(beside, split, IdxKind::labels);
  const bool published = images.known.has_value();
  Dataset dataset = joined(images, labels ? &*labels : nullptr, split);
  if (!labels) dataset.notes.push_back(text(file.string(), ": no labels beside these images, so they have no classes"));
  if (labels && dataset.class_names.empty()) dataset.class_names = mapped_class_names(file, dataset.labels);
  change_images(dataset, source);
  if (!published && sets.test.empty()) keep_split(dataset);
  return dataset;
}

}  // namespace loom
