#include "data/dataset.h"

#include <optional>
#include <utility>

#include "core/error.h"
#include "data/idx.h"

namespace loom {
namespace {

constexpr const char* kRemedy = "tools/fetch-data downloads the known data sets";

// A published file: of which data set, of which half.
struct Known {
  const DatasetIdentity* dataset;
  Split split;
};

std::string_view published_sha256(const DatasetIdentity& dataset, Split split, IdxKind kind) {
  if (split == Split::train) return kind == IdxKind::images ? dataset.train_images_sha256 : dataset.train_labels_sha256;
  return kind == IdxKind::images ? dataset.test_images_sha256 : dataset.test_labels_sha256;
}

std::optional<Known> identify(std::string_view sha256, IdxKind kind) {
  for (const DatasetIdentity& dataset : known_datasets())
    for (const Split split : {Split::train, Split::test})
      if (sha256 == published_sha256(dataset, split, kind)) return Known{&dataset, split};
  return std::nullopt;
}

const char* split_text(Split split) { return split == Split::train ? "training" : "test"; }

std::filesystem::path find_file(const std::filesystem::path& folder, Split split, IdxKind kind) {
  const std::string stem = text(split == Split::train ? "train-" : "t10k-", kind_text(kind));
  const std::string_view type = kind == IdxKind::images ? "idx3-ubyte" : "idx1-ubyte";
  std::string names;
  for (const char* separator : {"-", "."}) {
    for (const char* ending : {"", ".gz"}) {
      const std::string name = text(stem, separator, type, ending);
      std::error_code ignored;  // what cannot be looked at counts as missing
      if (std::filesystem::exists(folder / name, ignored)) return folder / name;
      names += text(names.empty() ? "" : ", ", name);
    }
  }
  fail(folder.string(), ": no ", split_text(split), ' ', kind_text(kind), " here; looked for ", names, "; ", kRemedy);
}

// One of the two files, with what is known about it. Known files of the wrong half are refused: testing on training
// data must not go unnoticed.
struct Part {
  std::string path;
  IdxFile file;
  std::optional<Known> known;
};

Part load_part(const std::filesystem::path& folder, Split split, IdxKind kind) {
  const std::filesystem::path path = find_file(folder, split, kind);
  Part part{path.string(), read_idx(path, kind), {}};
  part.known = identify(part.file.sha256, kind);
  if (part.known && part.known->split != split)
    fail(part.path, ": holds the ", split_text(part.known->split), ' ', kind_text(kind), " of ",
         part.known->dataset->title, " where ", split_text(split), ' ', kind_text(kind), " are wanted");
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

}  // namespace

Dataset load_dataset(const std::filesystem::path& folder, Split split) {
  Part images = load_part(folder, split, IdxKind::images);
  Part labels = load_part(folder, split, IdxKind::labels);
  check_pair(images, labels);
  Dataset dataset;
  if (images.known && labels.known) {
    const DatasetIdentity& identity = *images.known->dataset;
    dataset.name = identity.name;
    dataset.class_names.assign(identity.class_names.begin(), identity.class_names.end());
  }
  dataset.split = split;
  dataset.shape = {1, images.file.shape[1], images.file.shape[2]};
  dataset.pixels = std::move(images.file.values);
  dataset.labels = std::move(labels.file.values);
  dataset.images_sha256 = std::move(images.file.sha256);
  dataset.labels_sha256 = std::move(labels.file.sha256);
  dataset.images_path = std::move(images.path);
  dataset.labels_path = std::move(labels.path);
  return dataset;
}

void require_identity(const Dataset& dataset, std::string_view expected) {
  const DatasetIdentity* wanted = find_dataset(expected);
  if (wanted == nullptr) fail("'", expected, "' is not a known data set");
  if (dataset.name == expected) return;

  const auto check = [&](const std::string& path, const std::string& sha256, IdxKind kind) {
    const std::optional<Known> known = identify(sha256, kind);
    if (known && known->dataset == wanted) return;
    if (known)
      fail(path, ": holds ", known->dataset->title, ", not ", wanted->title,
           " (caches have served one under the other's name); ", kRemedy);
    fail(path, ": not the ", kind_text(kind), " of ", wanted->title, ": SHA-256 of the unpacked file is ", sha256,
         ", wanted ", published_sha256(*wanted, dataset.split, kind), "; ", kRemedy);
  };
  check(dataset.images_path, dataset.images_sha256, IdxKind::images);
  check(dataset.labels_path, dataset.labels_sha256, IdxKind::labels);
}

void fill_images(const Dataset& dataset, std::span<const Index> indices, MatrixMap out) {
  const Index size = dataset.shape.size();
  const Index rows = static_cast<Index>(indices.size());
  if (out.rows() != rows || out.cols() != size)
    fail("fill_images: out is ", shape_text({out.rows(), out.cols()}), ", wanted ", shape_text({rows, size}));
  for (Index row = 0; row < rows; ++row) {
    const Index index = indices[static_cast<std::size_t>(row)];
    if (index < 0 || index >= dataset.size())
      fail("fill_images: image ", index, " of ", dataset.size(), " (", dataset.images_path, ')');
    const std::uint8_t* pixels = dataset.pixels.data() + index * size;
    Scalar* y = out.row(row).data();
    for (Index i = 0; i < size; ++i) y[i] = static_cast<Scalar>(pixels[i]) / 255;  // divided: 255 gives exactly 1
  }
}

}  // namespace loom
