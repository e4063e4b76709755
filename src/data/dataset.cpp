#include "data/dataset.h"

#include "core/error.h"
#include "data/identity.h"
#include "data/idx_dataset.h"
#include "data/image_folder.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

// Options for images have no effect on IDX files, so they are refused rather than ignored.
void refuse_picture_options(const DataSource& source) {
  if (source.resize || source.skip_broken)
    fail(source.path.string(), ": holds IDX files; ", source.resize ? "resizing" : "skipping broken images",
         " is for folders of PNG or JPEG images");
}

}  // namespace

Dataset load_dataset(const DataSource& source, Split split) {
  const fs::path& path = source.path;
  std::error_code ignored;  // load_mnist_files reports inaccessible files as missing
  const bool folder = fs::is_directory(path, ignored), mnist = has_mnist_files(path);
  if (folder && !mnist && is_image_folder(path)) return load_image_folder(source, split);
  refuse_picture_options(source);
  if (fs::is_regular_file(path, ignored))
    return has_mnist_name(path) ? load_mnist_files(path.parent_path(), split) : load_idx_pair(path, split);
  if (folder && !mnist)
    if (const fs::path images = find_idx_images(path); !images.empty()) return load_idx_pair(images, split);
  return load_mnist_files(path, split);
}

std::string dataset_title(const Dataset& dataset) {
  if (const DatasetIdentity* known = find_dataset(dataset.name)) return std::string(known->title);
  fs::path path = fs::absolute(dataset.images_path).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();  // of "folder/"
  const bool is_folder = dataset.labels_path == dataset.images_path;  // of images; otherwise one IDX file
  if (!is_folder || path.filename() == "train" || path.filename() == "test") path = path.parent_path();
  return path.filename().string();
}

void require_identity(const Dataset& dataset, std::string_view expected) {
  const DatasetIdentity* wanted = find_dataset(expected);
  if (wanted == nullptr) fail("'", expected, "' is not a known data set");
  if (dataset.name == expected) return;

  const auto check = [&](const std::string& path, const std::string& sha256, IdxKind kind) {
    const std::optional<KnownFile> known = identify(sha256, kind);
    if (known && known->dataset == wanted) return;
    if (known)
      fail(path, ": holds ", known->dataset->title, ", not ", wanted->title,
           " (caches have served one under the other's name); ", kDataRemedy);
    fail(path, ": not the ", kind_text(kind), " of ", wanted->title, ": SHA-256 of the unpacked file is ", sha256,
         ", expected ", published_sha256(*wanted, dataset.split, kind), "; ", kDataRemedy);
  };
  check(dataset.images_path, dataset.images_sha256, IdxKind::images);
  check(dataset.labels_path, dataset.labels_sha256, IdxKind::labels);
}

}  // namespace loom
