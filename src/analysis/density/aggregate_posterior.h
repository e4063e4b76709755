// Where the encoder puts the test set: the aggregate posterior of every class over the latent plane (the first two
// axes; in more dimensions, the marginal over the others).
//
//   q_c(z) = 1/N sum_{n in class c} q(z|x_n),   q(z) = sum_c q_c(z),   shares r_c(z) = q_c(z) / q(z)
//
// per unit of area, with q(z|x_n) = N(mu_n, diag sigma_n^2) (Makhzani et al. 2015, section 2; Hoffman & Johnson 2016).
// Comparing q with the prior p shows holes, where q << p (Rosca et al. 2018). A plain autoencoder has no sigma; all
// its kernels then have the same width, given by Scott's rule.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/plane/point.h"
#include "analysis/plane/point_index.h"

namespace loom {

// Scott's rule for the width of a kernel: sigma_d n^(-1/(D+4)) per axis, D = 2 (Scott 1992, equation 6.42); sigma_d is
// the standard deviation of the n points. (1, 1) without points.
Point scott_width(std::span<const Point> points);

class AggregatePosterior {
 public:
  AggregatePosterior() = default;

  // sigma is either as long as mu or has one entry, which applies to all points. labels < classes.
  AggregatePosterior(std::span<const Point> mu, std::span<const Point> sigma, std::span<const std::uint8_t> labels,
                     std::size_t classes);

  std::size_t classes() const { return classes_; }

  // Returns q(z) and sets by_class[c] = q_c(z); by_class has classes() entries. Exact except for the tails beyond
  // 6 sigma, which hold 2e-9 of a Gaussian.
  double density(Point z, std::span<double> by_class) const;

  // The median of q at the encoded points, a typical density. 0 if there are none.
  double typical_density() const { return typical_; }

 private:
  struct Kernel {
    Point inverse_sigma;
    float weight = 0;  // 1 / (2 pi N sigma_1 sigma_2)
    std::uint8_t label = 0;
  };
  // Kernels of similar width, which extend at most `reach`. Grouped so that a few wide posteriors do not slow down
  // every look-up.
  struct Level {
    float reach = 0;
    PointIndex mu;
    std::vector<Kernel> kernels;
  };

  double median_density() const;

  std::vector<Level> levels_;
  std::size_t classes_ = 0;
  double typical_ = 0;
};

}  // namespace loom
