#include "analysis/plane/neighbours.h"

#include <algorithm>
#include <cmath>

namespace loom {
namespace {

constexpr Index kRowBlock = 512;  // rows whose distances are found in one vectorised pass

bool nearer(const Neighbour& a, const Neighbour& b) {
  return a.distance < b.distance || (a.distance == b.distance && a.image < b.image);
}

// Keeps the best so far in a heap with the worst on top; distances stay squared until the end. `columns` is mu
// transposed, (D, N), so that each coordinate of a block of images is contiguous.
void search(const Matrix& columns, const Scalar* z, std::size_t count, Index except, std::vector<Neighbour>& best) {
  best.clear();
  if (count == 0) return;
  float square[kRowBlock];
  const Index images = columns.cols();
  for (Index first = 0; first < images; first += kRowBlock) {
    const Index size = std::min(kRowBlock, images - first);
    std::fill_n(square, size, 0.0f);
    for (Index d = 0; d < columns.rows(); ++d) {
      const Scalar* along = &columns(d, first);
      for (Index i = 0; i < size; ++i) square[i] += (along[i] - z[d]) * (along[i] - z[d]);
    }
    for (Index i = 0; i < size; ++i) {
      if (best.size() == count && square[i] >= best.front().distance) continue;
      if (first + i == except) continue;
      if (best.size() == count) {
        std::pop_heap(best.begin(), best.end(), nearer);
        best.back() = {first + i, square[i]};
      } else {
        best.push_back({first + i, square[i]});
      }
      std::push_heap(best.begin(), best.end(), nearer);
    }
  }
}

}  // namespace

std::vector<Neighbour> nearest_codes(const Matrix& mu, const RowVector& z, std::size_t count, Index except) {
  const Matrix columns = mu.transpose();
  std::vector<Neighbour> best;
  search(columns, z.data(), count, except, best);
  std::sort_heap(best.begin(), best.end(), nearer);
  for (Neighbour& n : best) n.distance = std::sqrt(n.distance);
  return best;
}

void NeighbourSums::add(const NeighbourSums& other) {
  right += other.right, hits += other.hits, entropy += other.entropy, images += other.images;
  right_by_class.resize(std::max(right_by_class.size(), other.right_by_class.size()));
  images_by_class.resize(right_by_class.size());
  for (std::size_t c = 0; c < other.right_by_class.size(); ++c) {
    right_by_class[c] += other.right_by_class[c];
    images_by_class[c] += other.images_by_class[c];
  }
}

NeighbourSums neighbour_sums(const Matrix& mu, std::span<const std::uint8_t> labels, std::size_t classes, std::size_t k,
                             Index first, Index last) {
  NeighbourSums sums;
  sums.right_by_class.resize(classes);
  sums.images_by_class.resize(classes);
  const Matrix columns = mu.transpose();
  std::vector<Neighbour> near;
  std::vector<double> votes(classes);
  for (Index n = first; n < last; ++n) {
    search(columns, mu.row(n).data(), k, n, near);
    std::fill(votes.begin(), votes.end(), 0.0);
    for (const Neighbour& neighbour : near) ++votes[labels[static_cast<std::size_t>(neighbour.image)]];
    const std::size_t own = labels[static_cast<std::size_t>(n)];
    const auto most = static_cast<std::size_t>(std::max_element(votes.begin(), votes.end()) - votes.begin());
    const double found = static_cast<double>(near.size());
    const double right = found > 0 && most == own ? 1 : 0;
    sums.right += right, sums.right_by_class[own] += right;
    ++sums.images, ++sums.images_by_class[own];
    if (found == 0) continue;
    sums.hits += votes[own] / found;
    for (const double vote : votes)
      if (vote > 0) sums.entropy -= vote / found * std::log(vote / found);
  }
  return sums;
}

}  // namespace loom
