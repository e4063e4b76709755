// A folder of PNG and JPEG pictures as a data set:
//   FOLDER/*.png                     no classes
//   FOLDER/CLASS/*.png               a class per subfolder, in the order of their names
//   FOLDER/train/... and test/...    either of these in each; otherwise a tenth is held out as the test set
//   (data/hold_out.h)
// Names that begin with a dot and files that do not end in .png, .jpg or .jpeg are ignored.
#pragma once

#include "data/dataset.h"

namespace loom {

// Whether the folder holds pictures in one of the ways above.
bool is_image_folder(const std::filesystem::path& folder);

// Pictures in the order of their paths (classes first), which does not depend on the machine. All must have one size
// of at most kMaxImageSide a side, or are brought to source.resize. Throws Error naming the first offending file: a
// damaged one (unless source.skip_broken), one of another size; and for pictures beside subfolders of pictures, a
// subfolder without any, more than kMaxClasses classes and names that do not fit a weight file.
Dataset load_image_folder(const DataSource& source, Split split);

}  // namespace loom
