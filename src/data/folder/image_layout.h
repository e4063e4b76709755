// Finds out how a folder of images is laid out: which subfolders are classes, and which are training and test sets.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "data/images/file_kind.h"

namespace loom {

// What a folder holds. Names that begin with a dot and what systems leave behind (__MACOSX, @eaDir, Thumbs.db and
// others) are neither files nor folders of a data set.
struct FolderContent {
  std::vector<std::filesystem::path> pictures, folders;  // each in the order of their names
  KindCounts left_out;                                   // files that are not read
  std::vector<std::string> passed_over;                  // names of hidden files and of what systems leave behind
};

// A picture is what holds PNG or JPEG, and what only its name calls an image, so that it is refused when it is read.
// Throws Error if the folder cannot be listed.
FolderContent list_folder(const std::filesystem::path& folder);

// What was left out or passed over, a sentence each.
std::vector<std::string> notes_on(const FolderContent& content, const std::filesystem::path& folder);

struct ImageLayout {
  // Folders of images or of classes; the same for both where a tenth is held out. Empty if there is none.
  std::filesystem::path training, test;
  std::vector<std::filesystem::path> sets;  // all folders whose subfolders are classes, also those not used
  std::vector<std::string> notes;           // what was left aside
};

// Follows folders that hold nothing but one other folder, as unpacked archives do. nullopt if there are no images.
std::optional<ImageLayout> find_image_layout(const std::filesystem::path& folder);

// What the folder holds, for an error, and what to do about it: "60 WebP images and the folders a, b; convert the
// images to PNG first".
std::string content_text(const std::filesystem::path& folder);

}  // namespace loom
