#include "data/identity.h"

#include "core/text.h"

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

std::string_view origin_name(const Dataset& dataset) {
  return dataset.name == kCustomDataset && dataset.pack ? dataset.pack->origin.name : dataset.name;
}

std::string part_text(const Dataset& dataset) {
  if (dataset.name != kCustomDataset || !dataset.pack) return {};
  const auto& [origin, levels, sha256] = *dataset.pack;
  std::string words = dataset.size() == origin.images
                          ? text("all ", count_text(origin.images))
                          : text(count_text(dataset.size()), " of ", count_text(origin.images));
  words += " images";
  if (levels < kGreyLevels) words += text(" at ", levels, " grey levels");
  return text(words, " of ", origin.title, " (", split_text(dataset.split), "), pack SHA-256 ", sha256);
}

}  // namespace loom
