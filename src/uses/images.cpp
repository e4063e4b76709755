#include "uses/images.h"

#include <algorithm>
#include <numeric>

#include "core/error.h"
#include "core/text.h"

namespace loom {
namespace {

constexpr Index kRows = 250;  // images per group

}  // namespace

Matrix images_at(const Dataset& data, std::span<const Index> indices) {
  Matrix x(static_cast<Index>(indices.size()), data.shape.size());
  fill_images(data, indices, MatrixMap(x.data(), x.rows(), x.cols()));
  return x;
}

Matrix image_at(const Dataset& data, Index index) { return images_at(data, {&index, 1}); }

std::vector<Index> some_of_each_class(const Dataset& data, Index count) {
  if (count < 1 || count > data.size()) fail(count, " images are asked for, the data set has 1 to ", data.size());
  std::vector<std::vector<Index>> by_class(256);
  for (Index n = 0; n < data.size(); ++n) by_class[data.labels[static_cast<std::size_t>(n)]].push_back(n);
  std::vector<Index> out;
  for (std::size_t round = 0; out.size() < static_cast<std::size_t>(count); ++round)
    for (const std::vector<Index>& members : by_class)
      if (round < members.size() && out.size() < static_cast<std::size_t>(count)) out.push_back(members[round]);
  return out;
}

bool has_classes(const Model& model, const Dataset& data) {
  return !data.class_names.empty() || !model.spec.class_names.empty() ||
         std::ranges::any_of(data.labels, [](std::uint8_t label) { return label != 0; });
}

std::string class_name(const Model& model, const Dataset& data, int label) {
  if (!has_classes(model, data)) return "image";
  const auto at = static_cast<std::size_t>(label);
  // The data set's own names first, because the model may have been trained on another data set.
  if (at < data.class_names.size()) return data.class_names[at];
  if (at < model.spec.class_names.size()) return model.spec.class_names[at];
  return text("class ", label);
}

int class_count(const Model&, const Dataset& data) {
  const int largest = data.labels.empty() ? 0 : *std::ranges::max_element(data.labels);
  return std::max(largest + 1, static_cast<int>(data.class_names.size()));
}

int find_class(const Model& model, const Dataset& data, std::string_view name, std::string_view where) {
  std::vector<std::string> names;
  for (int label = 0; label < class_count(model, data); ++label) names.push_back(class_name(model, data, label));
  return find_class(names, name, where);
}

void for_each_batch(const Dataset& data, ThreadPool& pool, const OnProgress& on_progress, const BatchWork& work) {
  pool.run((data.size() + kRows - 1) / kRows, [&](Index task) {
    std::vector<Index> group(static_cast<std::size_t>(std::min(kRows, data.size() - task * kRows)));
    std::iota(group.begin(), group.end(), task * kRows);
    work(task * kRows, images_at(data, group));
    if (on_progress) on_progress(static_cast<Index>(group.size()), data.size());
  });
}

}  // namespace loom
