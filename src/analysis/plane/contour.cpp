#include "analysis/plane/contour.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <unordered_map>

namespace loom {
namespace {

// A line crosses an edge between two neighbouring centers. The edge's number is 2 * (number of the lower or left
// center), plus 1 if the edge is vertical.
using Edge = std::size_t;

struct Crossings {
  const LatentGrid& grid;
  std::span<const float> field;
  float level;

  Point at(Edge edge) const {
    const std::size_t from = edge / 2, to = from + (edge % 2 ? static_cast<std::size_t>(grid.columns) : 1);
    const float share = (level - field[from]) / (field[to] - field[from]);
    const Point a = grid.center(from), b = grid.center(to);
    return a + (b - a) * share;
  }
};

// The neighbours of every crossing: two, or one at an end of a line.
struct Links {
  static constexpr Edge kNone = static_cast<Edge>(-1);
  std::unordered_map<Edge, std::array<Edge, 2>> of;

  void join(Edge a, Edge b) { add(a, b), add(b, a); }
  void add(Edge a, Edge b) {
    auto& pair = of.try_emplace(a, std::array{kNone, kNone}).first->second;
    pair[pair[0] == kNone ? 0 : 1] = b;
  }
};

// Edges of the square whose lower left center is `corner`: bottom, right, top, left.
std::array<Edge, 4> edges_of(std::size_t corner, std::size_t columns) {
  return {2 * corner, 2 * (corner + 1) + 1, 2 * (corner + columns), 2 * corner + 1};
}

void join_square(Links& links, const std::array<Edge, 4>& edge, unsigned above, bool middle_above) {
  // Corners counter-clockwise from the lower left are the bits of `above`; edge i goes from corner i to corner i + 1.
  std::array<Edge, 4> cut{};
  std::size_t cuts = 0;
  for (unsigned i = 0; i < 4; ++i)
    if (((above >> i) & 1) != ((above >> ((i + 1) % 4)) & 1)) cut[cuts++] = edge[i];
  if (cuts == 2) links.join(cut[0], cut[1]);
  if (cuts != 4) return;
  // A saddle: the lines separate the two corners that lie on the other side of the level than the middle.
  const bool first_corner_alone = ((above & 1) != 0) != middle_above;
  if (first_corner_alone) {
    links.join(edge[3], edge[0]), links.join(edge[1], edge[2]);
  } else {
    links.join(edge[0], edge[1]), links.join(edge[2], edge[3]);
  }
}

ContourLine follow(Links& links, const Crossings& crossings, Edge start) {
  ContourLine line;
  Edge at = start, before = Links::kNone;
  while (at != Links::kNone) {
    const auto found = links.of.find(at);
    if (found == links.of.end()) {  // back at the start
      line.closed = true;
      break;
    }
    const std::array<Edge, 2> pair = found->second;
    links.of.erase(found);
    line.points.push_back(crossings.at(at));
    const Edge next = pair[0] == before ? pair[1] : pair[0];
    before = at;
    at = next;
  }
  if (line.closed) line.points.push_back(line.points.front());
  for (std::size_t i = 1; i < line.points.size(); ++i)
    line.length += static_cast<double>(length(line.points[i] - line.points[i - 1]));
  return line;
}

}  // namespace

std::vector<ContourLine> contour_lines(const LatentGrid& grid, std::span<const float> field, float level,
                                       std::span<const std::uint8_t> mask) {
  const auto columns = static_cast<std::size_t>(grid.columns), rows = static_cast<std::size_t>(grid.rows);
  Links links;
  std::vector<Edge> seen;  // in the order of the grid, so that the result does not depend on a hash
  for (std::size_t row = 0; row + 1 < rows; ++row)
    for (std::size_t column = 0; column + 1 < columns; ++column) {
      const std::size_t corner = row * columns + column;
      const std::array<std::size_t, 4> corners{corner, corner + 1, corner + columns + 1, corner + columns};
      unsigned above = 0;
      float middle = 0;
      bool out = false;
      for (unsigned i = 0; i < 4; ++i) {
        const float value = field[corners[i]];
        if (value >= level) above |= 1u << i;
        middle += value / 4;
        out = out || (!mask.empty() && !mask[corners[i]]);
      }
      if (out || above == 0 || above == 15) continue;
      const std::array<Edge, 4> edges = edges_of(corner, columns);
      join_square(links, edges, above, middle >= level);
      seen.insert(seen.end(), edges.begin(), edges.end());
    }
  const Crossings crossings{grid, field, level};
  std::vector<ContourLine> lines;
  for (const bool open : {true, false})  // open lines from their ends, then what is left are closed ones
    for (const Edge edge : seen) {
      const auto found = links.of.find(edge);
      if (found == links.of.end() || (open && found->second[1] != Links::kNone)) continue;
      lines.push_back(follow(links, crossings, edge));
    }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const ContourLine& a, const ContourLine& b) { return a.length > b.length; });
  return lines;
}

Point point_along(const ContourLine& line, double share) {
  if (line.points.empty()) return {};
  double left = std::clamp(share, 0.0, 1.0) * line.length;
  for (std::size_t i = 1; i < line.points.size(); ++i) {
    const Point step = line.points[i] - line.points[i - 1];
    const double size = static_cast<double>(length(step));
    if (left <= size && size > 0) return line.points[i - 1] + step * static_cast<float>(left / size);
    left -= size;
  }
  return line.points.back();
}

}  // namespace loom
