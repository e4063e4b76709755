#include "nn/gaussian.h"

#include "core/math.h"

namespace loom {

void reparameterize(const Matrix& mu, const Matrix& logvar, const Matrix& eps, Matrix& z) {
  z.resize(mu.rows(), mu.cols());
  for (Index i = 0; i < mu.size(); ++i) z.data()[i] = mu.data()[i] + loom::exp(logvar.data()[i] / 2) * eps.data()[i];
}

void reparameterize_backward(const Matrix& logvar, const Matrix& eps, const Matrix& dz, Matrix& dmu, Matrix& dlogvar) {
  for (Index i = 0; i < dz.size(); ++i) {
    dmu.data()[i] += dz.data()[i];
    dlogvar.data()[i] += dz.data()[i] * eps.data()[i] * loom::exp(logvar.data()[i] / 2) / 2;
  }
}

double kl_divergence(const Matrix& mu, const Matrix& logvar) {
  double sum = 0;
  for (Index i = 0; i < mu.size(); ++i) sum += static_cast<double>(kl_divergence(mu.data()[i], logvar.data()[i]));
  return sum;
}

void kl_divergence_backward(const Matrix& mu, const Matrix& logvar, Scalar weight, Matrix& dmu, Matrix& dlogvar) {
  for (Index i = 0; i < mu.size(); ++i) {
    dmu.data()[i] += weight * mu.data()[i];
    dlogvar.data()[i] += weight * (loom::exp(logvar.data()[i]) - 1) / 2;
  }
}

}  // namespace loom
