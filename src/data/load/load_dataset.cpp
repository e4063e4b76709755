#include "data/load/load_dataset.h"

#include "core/error.h"
#include "data/idx_dataset.h"
#include "data/image_folder.h"
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

}  // namespace

Dataset load_dataset(const DataSource& source, Split split) {
  if (split == Split::test && !source.test_path.empty()) {
    DataSource test = source;
    test.path = source.test_path;
    test.test_path.clear();
    return load_dataset(test, split);
  }
  const fs::path& path = source.path;
  std::error_code ignored;  // load_mnist_files reports inaccessible files as missing
  const bool folder = fs::is_directory(path, ignored), mnist = has_mnist_files(path);
  if (folder && !mnist && is_image_folder(path)) return load_image_folder(source, split);
  const bool pack = is_pack(path);
  refuse_picture_options(source, path, pack ? "a data pack" : "IDX files");
  if (pack) return load_pack(path, split);
  if (fs::is_regular_file(path, ignored))
    return has_mnist_name(path) ? load_mnist_files(path.parent_path(), split) : load_idx_pair(path, split);
  if (folder && !mnist)
    if (const fs::path images = find_idx_images(path); !images.empty()) return load_idx_pair(images, split);
  return load_mnist_files(path, split);
}

}  // namespace loom
