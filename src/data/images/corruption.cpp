#include "data/images/corruption.h"

#include <algorithm>
#include <array>

#include "core/find_named.h"

namespace loom {
namespace {

// x + sigma eps, clipped to black and white as in a camera or a file. With sigma 0.3 the MSE on Fashion-MNIST is
// therefore 0.053, not 0.09: its many black pixels lose the negative half of their noise.
void add_gaussian(Rng& rng, double sigma, std::span<Scalar> pixels) {
  for (Scalar& pixel : pixels)
    pixel = std::clamp(pixel + static_cast<Scalar>(sigma * rng.normal()), Scalar(0), Scalar(1));
}

void mask(Rng& rng, double fraction, std::span<Scalar> pixels) {
  for (Scalar& pixel : pixels)
    if (rng.uniform() < fraction) pixel = 0;
}

// One random number decides whether a pixel is changed and, by the half of the interval in which it lies, to black or
// white.
void salt_and_pepper(Rng& rng, double fraction, std::span<Scalar> pixels) {
  for (Scalar& pixel : pixels)
    if (const double u = rng.uniform(); u < fraction) pixel = u < fraction / 2 ? Scalar(0) : Scalar(1);
}

constexpr std::array<Corruption, 3> kCorruptions{{
    {"gaussian", "normal noise added to every pixel, clipped to [0, 1]", "standard deviation in grey values", 10,
     add_gaussian},
    {"masking", "pixels set to black", "fraction of pixels", 1, mask},
    {"salt-and-pepper", "pixels set to black or white by a fair coin", "fraction of pixels", 1, salt_and_pepper},
}};

}  // namespace

std::span<const Corruption> corruptions() { return kCorruptions; }

const Corruption& find_corruption(std::string_view name) { return find_named(kCorruptions, name, "noise"); }

void check_level(const Corruption& kind, double level, std::string_view where) {
  if (!(level >= 0 && level <= kind.max_level))
    fail(where, " is ", level, ", expected 0 to ", kind.max_level, " (", kind.level, ")");
}

void corrupt(const Corruption& kind, double level, std::uint64_t seed, std::uint64_t key_of_row_0, Matrix& x) {
  for (Index n = 0; n < x.rows(); ++n) {
    Rng rng(seed, Stream::corruption, key_of_row_0 + static_cast<std::uint64_t>(n));
    kind.apply(rng, level, {x.row(n).data(), static_cast<std::size_t>(x.cols())});
  }
}

}  // namespace loom
