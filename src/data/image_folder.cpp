#include "data/image_folder.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/error.h"
#include "core/utf8.h"
#include "data/hold_out.h"
#include "data/identity.h"
#include "data/idx.h"
#include "data/images/image_file.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

std::vector<fs::path> sorted_entries(const fs::path& folder, bool (*wanted)(const fs::directory_entry&)) {
  std::vector<fs::path> found;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error))
    if (entry.path().filename().string()[0] != '.' && wanted(entry)) found.push_back(entry.path());
  if (error) fail(folder.string(), ": cannot be listed: ", error.message());
  std::ranges::sort(found, {}, [](const fs::path& path) { return path.string(); });
  return found;
}

std::vector<fs::path> pictures_in(const fs::path& folder) {
  return sorted_entries(folder, [](const fs::directory_entry& entry) {
    std::error_code ignored;
    return has_image_name(entry.path()) && !entry.is_directory(ignored);
  });
}

std::vector<fs::path> folders_in(const fs::path& folder) {
  return sorted_entries(folder, [](const fs::directory_entry& entry) {
    std::error_code ignored;
    return entry.is_directory(ignored);
  });
}

bool is_utf8(std::string_view text) { return utf8_valid_length(text) == text.size(); }

std::string name_of(const fs::path& path) { return path.filename().string(); }

// Whether the folder has subfolders, all named train or test, and no images of its own.
bool has_split_folders(const fs::path& folder) {
  const std::vector<fs::path> folders = folders_in(folder);
  return !folders.empty() && pictures_in(folder).empty() &&
         std::ranges::all_of(folders, [](const fs::path& f) { return name_of(f) == "train" || name_of(f) == "test"; });
}

bool has_pictures(const fs::path& folder, int depth) {
  if (!pictures_in(folder).empty()) return true;
  return depth > 0 &&
         std::ranges::any_of(folders_in(folder), [&](const fs::path& f) { return has_pictures(f, depth - 1); });
}

std::vector<std::string> class_names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const fs::path& subfolder : folders_in(folder)) names.push_back(name_of(subfolder));
  return names;
}

void check_class_names(const std::vector<std::string>& names, const fs::path& folder) {
  if (names.size() > kMaxClasses)
    fail(folder.string(), ": has ", names.size(), " subfolders, one a class, expected at most ", kMaxClasses);
  for (const std::string& name : names)
    if (name.size() > kMaxClassName || !is_utf8(name))
      fail((folder / name).string(), ": the name of a class is ", name.size(), " bytes",
           is_utf8(name) ? "" : " that are not UTF-8", ", expected at most ", kMaxClassName, " of UTF-8");
}

struct Listing {
  std::vector<std::string> class_names;
  std::vector<std::pair<fs::path, std::uint8_t>> files;  // and the class of each
};

// Lists the images of one folder, which are either all in it or all in its subfolders. `class_names` are those of the
// training and the test set together.
Listing list_pictures(const fs::path& folder, std::vector<std::string> class_names) {
  check_class_names(class_names, folder);
  Listing listing{std::move(class_names), {}};
  const std::vector<fs::path> here = pictures_in(folder), subfolders = folders_in(folder);
  if (!here.empty() && !listing.class_names.empty())
    fail(folder.string(), ": has images (", name_of(here[0]), ") beside subfolders (", listing.class_names[0],
         "), expected all images here, or all in subfolders, one per class");
  for (const fs::path& file : here) listing.files.emplace_back(file, std::uint8_t{0});
  for (const fs::path& subfolder : subfolders) {
    const std::vector<fs::path> pictures = pictures_in(subfolder);
    if (pictures.empty()) fail(subfolder.string(), ": no PNG or JPEG images in this class");
    const auto at = std::ranges::find(listing.class_names, name_of(subfolder));
    for (const fs::path& file : pictures)
      listing.files.emplace_back(file, static_cast<std::uint8_t>(at - listing.class_names.begin()));
  }
  return listing;
}

std::string size_text(Index height, Index width) { return text(height, 'x', width, " (height x width)"); }

// Appends an image to the data set. The first image determines the shape of the data set.
void append(Dataset& dataset, const GreyImage& image, const std::string& path, const std::string& first) {
  if (dataset.pixels.empty()) {
    if (image.height > kMaxImageSide || image.width > kMaxImageSide)
      fail(path, ": is ", size_text(image.height, image.width), ", expected at most ", kMaxImageSide, "x",
           kMaxImageSide, "; --resize HxW makes it smaller");
    dataset.shape = {1, image.height, image.width};
  } else if (image.height != dataset.shape.height || image.width != dataset.shape.width) {
    fail(path, ": is ", size_text(image.height, image.width), ", expected ",
         size_text(dataset.shape.height, dataset.shape.width), " as ", first, " is; --resize HxW makes all one size");
  }
  if (dataset.pixels.size() + image.pixels.size() > kMaxIdxBytes)
    fail(path, ": more than ", kMaxIdxBytes, " pixels in all");
  dataset.pixels.insert(dataset.pixels.end(), image.pixels.begin(), image.pixels.end());
}

void read_pictures(const Listing& listing, const DataSource& source, Dataset& dataset) {
  std::string first;
  for (const auto& [path, label] : listing.files) {
    GreyImage image;
    try {
      image = read_image(path);
    } catch (const Error& error) {
      if (!source.skip_broken) fail(error.what(), "; --skip-broken leaves such images out");
      dataset.skipped.emplace_back(error.what());
      continue;
    }
    if (source.resize) image = resize_by_area(image, source.resize->height, source.resize->width);
    if (first.empty()) first = path.string();
    append(dataset, image, path.string(), first);
    dataset.labels.push_back(label);
  }
  if (dataset.labels.empty())
    fail(dataset.images_path, ": none of the ", listing.files.size(), " images can be read",
         dataset.skipped.empty() ? "" : "; the first: ", dataset.skipped.empty() ? "" : dataset.skipped[0]);
}

void check_resize(const DataSource& source) {
  if (!source.resize) return;
  const auto [height, width] = *source.resize;
  if (height < 1 || width < 1 || height > kMaxImageSide || width > kMaxImageSide)
    fail("resize: ", size_text(height, width), ", expected 1x1 to ", kMaxImageSide, "x", kMaxImageSide);
}

}  // namespace

bool is_image_folder(const fs::path& folder) { return has_pictures(folder, has_split_folders(folder) ? 2 : 1); }

Dataset load_image_folder(const DataSource& source, Split split) {
  check_resize(source);
  const bool split_folders = has_split_folders(source.path);
  fs::path folder = source.path;
  std::vector<std::string> class_names = class_names_in(folder);
  if (split_folders) {
    folder /= split == Split::train ? "train" : "test";
    if (!fs::is_directory(folder))
      fail(source.path.string(), ": no ", split_text(split), " images: the folder ", name_of(folder), " is missing");
    std::set<std::string> names;  // of both sets, so that a class has the same number in both
    for (const fs::path& set : folders_in(source.path))
      for (const std::string& name : class_names_in(set)) names.insert(name);
    class_names.assign(names.begin(), names.end());
  }
  Listing listing = list_pictures(folder, std::move(class_names));
  Dataset dataset;
  dataset.split = split;
  dataset.images_path = dataset.labels_path = folder.string();
  read_pictures(listing, source, dataset);
  dataset.class_names = std::move(listing.class_names);
  set_hashes(dataset, !dataset.class_names.empty());
  if (!split_folders) keep_split(dataset);
  return dataset;
}

}  // namespace loom
