// The inverse of the standard normal distribution function, for grids whose cells hold equal shares of the prior
// (Kingma & Welling 2014, figure 4).
#pragma once

namespace loom {

// The z for which a standard normal variable is below z with this probability; relative error about 1e-16 (Wichura
// 1988, algorithm AS 241, PPND16). Infinite at 0 and 1, NaN outside [0, 1].
double normal_quantile(double probability);

}  // namespace loom
