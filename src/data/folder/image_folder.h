// Reads a folder of PNG and JPEG images as a data set:
//   FOLDER/*.png                     no classes
//   FOLDER/CLASS/*.png               a class per subfolder, in the order of their names
//   FOLDER/train/... and test/...    either of these in each, also as training, Train, trainingSet, testing and so on;
//                                    a validation set is the test set where there is no other
// Without a test set a tenth is held out (data/hold_out.h). Folders around these that hold nothing else are passed
// through. Images are told by their content; all other files are counted in Dataset::notes.
#pragma once

#include "data/dataset.h"

namespace loom {

// Whether the folder contains images in one of the layouts above.
bool is_image_folder(const std::filesystem::path& folder);

// Images are in the order of their paths (by class first), which does not depend on the machine. All must have the
// same size, with sides of at most kMaxImageSide, unless source.resize is given. Throws Error naming the first
// offending file, if one is damaged (unless source.skip_broken) or has another size. Also throws Error for images
// beside subfolders of images, a class without images, more than kMaxClasses classes, and class names that do not
// fit into a weight file.
Dataset load_image_folder(const DataSource& source, Split split);

}  // namespace loom
