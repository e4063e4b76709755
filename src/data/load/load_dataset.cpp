#include "data/load/load_dataset.h"

#include <algorithm>
#include <span>

#include "core/error.h"
#include "data/arrays/array_dataset.h"
#include "data/change_images.h"
#include "data/folder/image_folder.h"
#include "data/folder/image_layout.h"
#include "data/idx.h"
#include "data/idx/idx_dataset.h"
#include "data/idx/idx_names.h"
#include "data/pack/pack_file.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

// Options for images have no effect on IDX files and packs, so they are refused rather than ignored.
void refuse_picture_options(const DataSource& source, const fs::path& path, const char* what) {
  if (source.resize || source.skip_broken)
    fail(path.string(), ": holds ", what, "; ", source.resize ? "resizing" : "skipping broken images",
         " is for folders of PNG or JPEG images");
}

// The folder in which the files are: torchvision has them in MNIST/raw. Follows folders that hold no files of their
// own.
fs::path folder_of_files(fs::path folder) {
  constexpr int kMaxLevels = 4;
  const fs::path given = folder;
  for (int level = 0; level < kMaxLevels; ++level) {
    if (has_mnist_files(folder) || !find_idx_images(folder).empty()) return folder;
    const FolderContent content = list_folder(folder);
    const fs::path raw = folder / "raw";
    std::error_code ignored;
    if (fs::is_directory(raw, ignored))
      folder = raw;
    else if (content.folders.size() == 1)
      folder = content.folders[0];
    else
      break;
  }
  return given;
}

// Names the first IDX file of a folder that holds no images as they are read here.
void refuse_other_idx(const fs::path& folder) {
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored))
    if (entry.is_regular_file(ignored) && file_kind(entry.path()) == FileKind::idx)
      read_idx(entry.path(), IdxKind::images);
}

Dataset changed(Dataset dataset, const DataSource& source) {
  change_images(dataset, source);
  return dataset;
}

Dataset load_files(const DataSource& source, Split split) {
  fs::path path = source.path;
  std::error_code ignored;  // load_mnist_files reports inaccessible files as missing
  const bool folder = fs::is_directory(path, ignored);
  if (folder && !has_mnist_files(path) && is_image_folder(path)) return load_image_folder(source, split);
  if (folder) path = folder_of_files(path);
  const bool mnist = has_mnist_files(path);
  const bool pack = is_pack(path);
  if (pack && (source.transpose || source.invert))
    fail(path.string(), ": holds a data pack, whose images are used as they are, without --transpose and --invert");
  const bool arrays = !pack && !mnist && (!folder || find_idx_images(path).empty()) && is_array_data(path);
  refuse_picture_options(source, path, pack ? "a data pack" : arrays ? "arrays of numbers" : "IDX files");
  if (pack) return load_pack(path, split);
  if (arrays) {
    DataSource of_files = source;
    of_files.path = path;
    return load_array_data(of_files, split);
  }
  if (fs::is_regular_file(path, ignored))
    return has_mnist_name(path) ? changed(load_mnist_files(path.parent_path(), split), source)
                                : load_idx_pair(path, source, split);
  if (folder && !mnist)
    if (const fs::path images = find_idx_images(path); !images.empty()) return load_idx_pair(images, source, split);
  if (folder && !mnist) refuse_other_idx(path);
  if (folder && !mnist)
    fail(path.string(), ": no data set here: it holds ", content_text(path),
         "; looked for PNG or JPEG images, in a subfolder per class or not, also below train and test, for IDX files "
         "such as train-images-idx3-ubyte, and for CSV, .npy and .npz files; ",
         kDataRemedy);
  return changed(load_mnist_files(path, split), source);
}

// Black ink on a transparent background is all black here, so it is said.
void note_empty_images(Dataset& dataset, bool inverted) {
  const auto size = static_cast<std::size_t>(dataset.shape.size());
  Index empty = 0;
  for (std::size_t n = 0; n < dataset.labels.size(); ++n) {
    const auto image = std::span(dataset.pixels).subspan(n * size, size);
    empty += size > 1 && std::ranges::all_of(image, [&](std::uint8_t pixel) { return pixel == image[0]; });
  }
  if (empty > 0)
    dataset.notes.push_back(
        text(dataset.images_path, ": empty images, the same grey everywhere: ", empty, " of ", dataset.size(),
             inverted ? "" : "; --invert shows what is drawn in black on a transparent background"));
}

}  // namespace

Dataset load_dataset(const DataSource& source, Split split) {
  DataSource of_split = source;
  if (split == Split::test && !source.test_path.empty()) of_split.path = source.test_path;
  Dataset dataset = load_files(of_split, split);
  if (dataset.name == kCustomDataset && !dataset.pack) note_empty_images(dataset, source.invert);
  return dataset;
}

}  // namespace loom
