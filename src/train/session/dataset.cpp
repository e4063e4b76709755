#include "train/session/dataset.h"

#include <algorithm>

#include "core/error.h"
#include "core/json/json.h"
#include "core/utf8.h"
#include "data/hold_out.h"
#include "data/identity.h"

namespace loom {
namespace {

constexpr std::string_view kWhere = "training images";

void check_shape(const ImageShape& shape) {
  const auto fits = [](Index side) { return side >= 1 && side <= kMaxImageSide; };
  if (shape.channels != 1 || !fits(shape.height) || !fits(shape.width))
    fail(kWhere, ": are ", image_shape_text(shape), ", expected one channel and sides of 1 to ", kMaxImageSide);
}

void check_class_names(const Dataset& data) {
  if (data.class_names.size() > kMaxClasses)
    fail(kWhere, ": ", data.class_names.size(), " class names, expected at most ", kMaxClasses);
  for (const std::string& name : data.class_names)
    if (name.size() > kMaxClassName || utf8_valid_length(name) != name.size())
      fail(kWhere, ": the class name ", quoted_name(name), " is longer than ", kMaxClassName, " bytes or not UTF-8");
  const auto label = std::ranges::max_element(data.labels);
  const std::size_t classes = data.class_names.empty() ? kMaxClasses : data.class_names.size();
  if (*label >= classes)
    fail(kWhere, ": image ", label - data.labels.begin(), " has the label ", static_cast<int>(*label),
         ", expected one of ", classes, " classes");
}

}  // namespace

Dataset memory_dataset(std::vector<std::uint8_t> pixels, std::vector<std::uint8_t> labels, const ImageShape& shape,
                       std::vector<std::string> class_names) {
  check_shape(shape);
  const auto size = static_cast<std::size_t>(shape.size());
  const std::size_t images = pixels.size() / size;
  if (images == 0 || pixels.size() % size != 0)
    fail(kWhere, ": ", pixels.size(), " pixels, expected a multiple of ", size, ", at least one image");
  const bool labelled = !labels.empty();
  if (labelled && labels.size() != images)
    fail(kWhere, ": ", labels.size(), " labels for ", images, " images, expected as many, or none");

  Dataset data;
  data.shape = shape;
  data.pixels = std::move(pixels);
  data.labels = labelled ? std::move(labels) : std::vector<std::uint8_t>(images, 0);
  data.class_names = std::move(class_names);
  data.images_path = data.labels_path = kWhere;
  check_class_names(data);
  set_hashes(data, labelled);
  const std::optional<KnownFile> known = identify(data.images_sha256, IdxKind::images);
  if (known && known->split == Split::train) data.name = known->dataset->name;
  return data;
}

void keep_first(Dataset& data, Index count) {
  if (count == 0 || count == data.size()) return;
  if (count < 0 || count > data.size())
    fail(data.images_path, ": the first ", count, " images are asked for, there are ", data.size());
  const bool labelled = !data.labels_sha256.empty();
  data.pixels.resize(static_cast<std::size_t>(count) * static_cast<std::size_t>(data.shape.size()));
  data.labels.resize(static_cast<std::size_t>(count));
  set_hashes(data, labelled);
}

}  // namespace loom
