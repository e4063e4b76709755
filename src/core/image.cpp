#include "core/image.h"

#include "core/find_named.h"

namespace loom {
namespace {

constexpr ImageShape kMnistShape{1, 28, 28};

// Payload hashes computed from the official files; class names from Xiao, Rasul & Vollgraf 2017, table 2.
constexpr std::array<DatasetIdentity, 2> kDatasets{{
    {"fashion-mnist",
     "Fashion-MNIST",
     kMnistShape,
     {"T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"},
     "MIT",
     "(c) 2017 Zalando SE (Xiao, Rasul & Vollgraf 2017)",
     "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
     "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
     "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
     "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"},
    {"mnist",
     "MNIST",
     kMnistShape,
     {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"},
     "CC BY-SA 3.0",
     "Yann LeCun and Corinna Cortes",
     "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
     "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
     "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
     "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"},
}};

}  // namespace

std::string image_shape_text(const ImageShape& shape) {
  return text(shape.channels, 'x', shape.height, 'x', shape.width);
}

std::span<const DatasetIdentity> known_datasets() { return kDatasets; }

const DatasetIdentity* find_dataset(std::string_view name) { return find_row(kDatasets, name); }

}  // namespace loom
