#include "data/dataset.h"

#include <algorithm>

#include "core/error.h"
#include "core/text.h"
#include "data/identity.h"
#include "data/set_folder.h"

namespace loom {
namespace fs = std::filesystem;

std::string dataset_title(const Dataset& dataset) {
  if (const DatasetIdentity* known = find_dataset(dataset.name)) return std::string(known->title);
  if (dataset.pack) return dataset.pack->origin.title;
  fs::path path = fs::absolute(dataset.images_path).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();  // of "folder/"
  const bool is_folder = dataset.labels_path == dataset.images_path;  // of images; otherwise one IDX file
  if (!is_folder) path = path.parent_path();
  while (set_folder(path.filename().string()) != SetFolder::none) path = path.parent_path();
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
