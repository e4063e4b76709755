#include "data/folder/image_folder.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "core/error.h"
#include "core/utf8.h"
#include "data/change_images.h"
#include "data/folder/image_layout.h"
#include "data/hold_out.h"
#include "data/identity.h"
#include "data/idx.h"
#include "data/images/image_file.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

bool is_utf8(std::string_view text) { return utf8_valid_length(text) == text.size(); }

std::string name_of(const fs::path& path) { return path.filename().string(); }

std::vector<std::string> class_names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const fs::path& subfolder : list_folder(folder).folders) names.push_back(name_of(subfolder));
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
  FolderContent aside;                                   // what was left out of the folder and its subfolders
  std::vector<std::pair<fs::path, std::uint8_t>> files;  // and the class of each
};

void add_aside(const FolderContent& content, FolderContent& aside) {
  for (const auto& [kind, count] : content.left_out) aside.left_out[kind] += count;
  aside.passed_over.insert(aside.passed_over.end(), content.passed_over.begin(), content.passed_over.end());
}

// Lists the images of one folder, which are either all in it or all in its subfolders. `class_names` are those of the
// training and the test set together.
Listing list_pictures(const fs::path& folder, std::vector<std::string> class_names) {
  check_class_names(class_names, folder);
  Listing listing{std::move(class_names), {}, {}};
  const FolderContent content = list_folder(folder);
  const std::vector<fs::path>& here = content.pictures;
  add_aside(content, listing.aside);
  if (!here.empty() && !listing.class_names.empty())
    fail(folder.string(), ": has images (", name_of(here[0]), ") beside subfolders (", listing.class_names[0],
         "), expected all images here, or all in subfolders, one per class");
  for (const fs::path& file : here) listing.files.emplace_back(file, std::uint8_t{0});
  for (const fs::path& subfolder : content.folders) {
    const FolderContent inside = list_folder(subfolder);
    if (inside.pictures.empty())
      fail(subfolder.string(), ": no PNG or JPEG images in this class, which holds ", content_text(subfolder),
           "; remove the folder if it is no class");
    add_aside(inside, listing.aside);
    const auto at = std::ranges::find(listing.class_names, name_of(subfolder));
    for (const fs::path& file : inside.pictures)
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
      image = read_image(path, source.invert ? Background::white : Background::black);
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

bool is_image_folder(const fs::path& folder) { return find_image_layout(folder).has_value(); }

Dataset load_image_folder(const DataSource& source, Split split) {
  check_resize(source);
  const std::optional<ImageLayout> layout = find_image_layout(source.path);
  if (!layout) fail(source.path.string(), ": no PNG or JPEG images; it holds ", content_text(source.path));
  const fs::path& folder = split == Split::train ? layout->training : layout->test;
  if (folder.empty())
    fail(source.path.string(), ": no ", split_text(split), " images; it holds ", content_text(source.path));
  std::set<std::string> names;  // of all sets, so that a class has the same number in each
  for (const fs::path& set : layout->sets)
    for (const std::string& name : class_names_in(set)) names.insert(name);
  Listing listing = list_pictures(folder, {names.begin(), names.end()});
  Dataset dataset;
  dataset.split = split;
  dataset.images_path = dataset.labels_path = folder.string();
  dataset.notes = notes_on(listing.aside, folder);
  dataset.notes.insert(dataset.notes.begin(), layout->notes.begin(), layout->notes.end());
  read_pictures(listing, source, dataset);
  dataset.class_names = std::move(listing.class_names);
  set_hashes(dataset, !dataset.class_names.empty());
  change_images(dataset, source);
  if (layout->training == layout->test) keep_split(dataset);
  return dataset;
}

}  // namespace loom
