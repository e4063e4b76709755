// Which IDX files of a folder belong together, by their names and first bytes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace loom {

// The one file of images in a folder. If there are several, the one whose name has "train", where the others are a
// test or validation set; all other cases throw Error. Empty without any.
std::filesystem::path find_idx_images(const std::filesystem::path& folder);

// The images of the two sets: the file itself and the one whose name has "test" or "t10k" where the other has "train",
// whichever was given. `test` is empty if there is none, and a tenth is to be held out.
struct IdxSets {
  std::filesystem::path training, test;
};
IdxSets idx_sets(const std::filesystem::path& images);

// The labels of a file of images: the file whose name has "labels" for "images", with any ending; otherwise the only
// file of labels in the folder. Empty if there is none.
std::filesystem::path labels_beside(const std::filesystem::path& images);

// The names of the classes from a file such as EMNIST's emnist-letters-mapping.txt beside the images, whose lines are a
// label and the codes of its characters: "1 65 97" is "Aa". A label without a line has its number for a name. Empty if
// there is no such file. Throws Error for other lines, and if a label of the data has no line.
std::vector<std::string> mapped_class_names(const std::filesystem::path& images,
                                            const std::vector<std::uint8_t>& labels);

}  // namespace loom
