// The prior p(z) = N(0, I) on the latent plane.
#pragma once

#include "analysis/plane/point.h"

namespace loom {

// Standard deviations from the mean beyond which the density of a Gaussian is taken as zero.
inline constexpr float kGaussianReach = 6;

// exp(-|z|^2 / 2) / 2 pi, per unit of area.
double prior_density(Point z);
double log_prior_density(Point z);

// Radius of the circle that holds this share of the prior: |z| is Rayleigh distributed, P(|z| < r) = 1 - exp(-r^2 / 2).
// `mass` in [0, 1).
double prior_radius(double mass);

}  // namespace loom
