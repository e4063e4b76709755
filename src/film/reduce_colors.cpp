// Median cut (Heckbert 1982, Color image quantization for frame buffer display): the box of colours with the largest
// spread is cut in two until there are enough boxes.
#include <algorithm>
#include <array>
#include <unordered_map>

#include "film/gif.h"

namespace loom {
namespace {

struct Counted {
  Color color;
  std::uint32_t count;
};

constexpr std::uint32_t channel(Color color, int k) { return color >> (8 * k) & 255; }

// Colours first to last of the list, and along which channel they are most spread.
struct Box {
  std::size_t first, last;
  int widest;
  double spread;  // variance along it times the number of pixels
};

Box box_of(const std::vector<Counted>& colors, std::size_t first, std::size_t last) {
  Box box{first, last, 0, 0};
  for (int k = 0; k < 3; ++k) {
    double n = 0, sum = 0, squares = 0;
    for (std::size_t i = first; i < last; ++i) {
      const double v = channel(colors[i].color, k), w = colors[i].count;
      n += w, sum += w * v, squares += w * v * v;
    }
    const double spread = squares - sum * sum / n;
    if (spread > box.spread) box.spread = spread, box.widest = k;
  }
  return box;
}

// After the colours that hold half of the pixels; both parts keep at least one.
std::size_t middle_of(const std::vector<Counted>& colors, const Box& box) {
  double all = 0, before = 0;
  for (std::size_t i = box.first; i < box.last; ++i) all += colors[i].count;
  for (std::size_t i = box.first; i + 1 < box.last; ++i)
    if ((before += colors[i].count) >= all / 2) return i + 1;
  return box.last - 1;
}

Color mean_of(const std::vector<Counted>& colors, const Box& box) {
  std::array<double, 3> sum{};
  double n = 0;
  for (std::size_t i = box.first; i < box.last; ++i) {
    n += colors[i].count;
    for (int k = 0; k < 3; ++k)
      sum[static_cast<std::size_t>(k)] += static_cast<double>(channel(colors[i].color, k)) * colors[i].count;
  }
  Color out = 0xff000000;
  for (int k = 0; k < 3; ++k) out |= static_cast<Color>(sum[static_cast<std::size_t>(k)] / n + 0.5) << (8 * k);
  return out;
}

}  // namespace

ReducedColors reduce_colors(std::span<const Color> pixels, std::size_t most) {
  std::unordered_map<Color, std::uint32_t> index;  // first the counts, then the indices
  for (const Color c : pixels) ++index[c];
  std::vector<Counted> colors;
  for (const auto& [color, count] : index) colors.push_back({color, count});
  std::ranges::sort(colors, {}, &Counted::color);  // for equal bytes, whatever the order of the map
  std::vector<Box> boxes;
  if (colors.size() <= most) {
    for (std::size_t i = 0; i < colors.size(); ++i) boxes.push_back({i, i + 1, 0, 0});
  } else {
    boxes.push_back(box_of(colors, 0, colors.size()));
    while (boxes.size() < most) {
      const auto widest = std::ranges::max_element(boxes, {}, &Box::spread);
      const Box box = *widest;
      if (box.spread <= 0) break;
      const auto begin = colors.begin() + static_cast<std::ptrdiff_t>(box.first);
      std::sort(begin, colors.begin() + static_cast<std::ptrdiff_t>(box.last), [&](const Counted& a, const Counted& b) {
        return std::pair(channel(a.color, box.widest), a.color) < std::pair(channel(b.color, box.widest), b.color);
      });
      const std::size_t middle = middle_of(colors, box);
      *widest = box_of(colors, box.first, middle);
      boxes.push_back(box_of(colors, middle, box.last));
    }
  }
  ReducedColors out;
  for (std::size_t b = 0; b < boxes.size(); ++b) {
    out.palette.push_back(mean_of(colors, boxes[b]));
    for (std::size_t i = boxes[b].first; i < boxes[b].last; ++i) index[colors[i].color] = static_cast<std::uint32_t>(b);
  }
  out.indices.reserve(pixels.size());
  for (const Color c : pixels) out.indices.push_back(static_cast<std::uint8_t>(index[c]));
  return out;
}

}  // namespace loom
