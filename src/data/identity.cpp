#include "data/identity.h"

namespace loom {

std::string_view published_sha256(const DatasetIdentity& dataset, Split split, IdxKind kind) {
  if (split == Split::train) return kind == IdxKind::images ? dataset.train_images_sha256 : dataset.train_labels_sha256;
  return kind == IdxKind::images ? dataset.test_images_sha256 : dataset.test_labels_sha256;
}

std::optional<KnownFile> identify(std::string_view sha256, IdxKind kind) {
  for (const DatasetIdentity& dataset : known_datasets())
    for (const Split split : {Split::train, Split::test})
      if (sha256 == published_sha256(dataset, split, kind)) return KnownFile{&dataset, split};
  return std::nullopt;
}

const char* split_text(Split split) { return split == Split::train ? "training" : "test"; }

}  // namespace loom
