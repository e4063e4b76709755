#include "explorer/model/images/selection.h"

#include <algorithm>

#include "core/text.h"

namespace loom {
namespace {

std::string csv_field(std::string_view words) {
  if (words.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(words);
  std::string out = "\"";
  for (const char c : words) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

}  // namespace

std::vector<std::int64_t> images_in_box(const LoadedModel& model, const ExplorerState& state, Point a, Point b) {
  const Point low{std::min(a.x, b.x), std::min(a.y, b.y)}, high{std::max(a.x, b.x), std::max(a.y, b.y)};
  std::vector<std::int64_t> images;
  for (std::size_t n = 0; n < model.mu.size(); ++n) {
    const Point mu = model.mu[n];
    if (mu.x < low.x || mu.x > high.x || mu.y < low.y || mu.y > high.y) continue;
    if (is_class_shown(state, model.file.test.labels[n])) images.push_back(static_cast<std::int64_t>(n));
  }
  return images;
}

bool is_in_shape(std::span<const Point> corners, Point z) {
  bool in = false;
  for (std::size_t i = 0, before = corners.size() - 1; i < corners.size(); before = i++) {
    const Point &a = corners[before], &b = corners[i];
    if ((a.y > z.y) != (b.y > z.y) && z.x < a.x + (z.y - a.y) / (b.y - a.y) * (b.x - a.x)) in = !in;
  }
  return in;
}

std::vector<std::int64_t> images_in_shape(const LoadedModel& model, const ExplorerState& state,
                                          std::span<const Point> corners) {
  std::vector<std::int64_t> images;
  for (std::size_t n = 0; n < model.mu.size(); ++n)
    if (is_class_shown(state, model.file.test.labels[n]) && is_in_shape(corners, model.mu[n]))
      images.push_back(static_cast<std::int64_t>(n));
  return images;
}

std::vector<std::size_t> class_counts(const LoadedModel& model, const std::vector<std::int64_t>& images) {
  std::vector<std::size_t> counts(model.class_names.size());
  for (const std::int64_t n : images) ++counts[model.file.test.labels[static_cast<std::size_t>(n)]];
  return counts;
}

Matrix mean_image(const TestImages& originals, const std::vector<std::int64_t>& images) {
  const Index size = originals.shape().size();
  std::vector<std::uint64_t> sums(static_cast<std::size_t>(size));
  std::uint64_t count = 0;
  for (const std::int64_t n : images) {
    if (!originals.has(static_cast<Index>(n))) continue;
    ++count;
    std::size_t i = 0;
    for (const std::uint8_t value : originals.pixels(static_cast<Index>(n))) sums[i++] += value;
  }
  Matrix mean(count > 0 ? 1 : 0, count > 0 ? size : 0);
  for (Index i = 0; i < mean.cols(); ++i)
    mean(0, i) = static_cast<Scalar>(static_cast<double>(sums[static_cast<std::size_t>(i)]) /
                                     (255.0 * static_cast<double>(count)));
  return mean;
}

std::string codes_csv(const LoadedModel& model, const std::vector<std::int64_t>& images) {
  const EncodedSet& test = model.file.test;
  std::string out = model.labelled ? "image,label,class" : "image";
  for (Index d = 0; d < model.latent_dim(); ++d) out += text(",mu", d + 1);
  for (Index d = 0; d < test.logvar.cols(); ++d) out += text(",logvar", d + 1);
  out += '\n';
  for (const std::int64_t n : images) {
    const auto row = static_cast<Index>(n);
    const std::uint8_t label = test.labels[static_cast<std::size_t>(n)];
    out += text(n);
    if (model.labelled) out += text(',', label, ',', csv_field(model.class_names[label]));
    for (Index d = 0; d < test.mu.cols(); ++d) out += text(',', test.mu(row, d));
    for (Index d = 0; d < test.logvar.cols(); ++d) out += text(',', test.logvar(row, d));
    out += '\n';
  }
  return out;
}

}  // namespace loom
