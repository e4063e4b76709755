// The continuous Bernoulli distribution on [0, 1] (Loaiza-Ganem & Cunningham 2019), in logits l:
//
//   p(x | l) = C(l) sigmoid(l)^x (1 - sigmoid(l))^(1-x),   C(l) = l / tanh(l/2),   E[x] = 1 / (1 - e^-l) - 1/l
//
// Near l = 0 cancellation makes both formulas inaccurate, so power series are used there, with enough terms that the
// first omitted one is below the rounding error.
#pragma once

#include <cmath>

#include "core/math.h"
#include "core/types.h"

namespace loom {

// E[x | l], in (0, 1).
inline Scalar continuous_mean(Scalar l) {
  if (l > -1 && l < 1) {
    const Scalar q = l * l;
    Scalar p = Scalar(-691.0 / 1307674368000.0);
    p = p * q + Scalar(1.0 / 47900160);
    p = p * q - Scalar(1.0 / 1209600);
    p = p * q + Scalar(1.0 / 30240);
    p = p * q - Scalar(1.0 / 720);
    p = p * q + Scalar(1.0 / 12);
    return Scalar(0.5) + l * p;
  }
  return 1 / (1 - loom::exp(-l)) - 1 / l;
}

// log C(l) >= log 2.
inline Scalar log_continuous_norm(Scalar l) {
  constexpr Scalar kLog2 = Scalar(0.69314718055994530942);
  const Scalar a = l < 0 ? -l : l;
  if (a < Scalar(0.5)) {  // log 2 + integral of 1/l - 1/sinh(l)
    const Scalar q = l * l;
    Scalar p = Scalar(-1414477.0 / 7846046208000.0);
    p = p * q + Scalar(73.0 / 34214400);
    p = p * q - Scalar(127.0 / 4838400);
    p = p * q + Scalar(31.0 / 90720);
    p = p * q - Scalar(7.0 / 1440);
    p = p * q + Scalar(1.0 / 12);
    return kLog2 + q * p;
  }
  const Scalar e = loom::exp(-a);  // tanh(a/2) = (1 - e^-a) / (1 + e^-a)
  return std::log(a) + log1p_unit(e) - std::log1p(-e);
}

}  // namespace loom
