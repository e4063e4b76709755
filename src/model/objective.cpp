#include "model/objective.h"

#include <algorithm>
#include <iterator>

#include "nn/gaussian.h"

namespace loom {
namespace {

// Sets dlogvar to 0 where logvar was clamped, because the clamp has no gradient there.
void mask_clamped(const Matrix& code, const ModelSpec& spec, Matrix& dlogvar) {
  for (Index n = 0; n < dlogvar.rows(); ++n)
    for (Index d = 0; d < dlogvar.cols(); ++d) {
      const Scalar raw = code(n, spec.latent_dim + d);
      if (raw < spec.logvar_min || raw > spec.logvar_max) dlogvar(n, d) = 0;
    }
}

}  // namespace

Gradient zero_gradient(const Model& model) { return {zero_like(model.encoder), zero_like(model.decoder)}; }

void set_zero(Gradient& gradient) {
  for (Parameter& p : parameters(gradient)) std::fill(p.value.begin(), p.value.end(), Scalar(0));
}

std::vector<Parameter> parameters(Gradient& gradient) {
  std::vector<Parameter> list = parameters(gradient.encoder, "encoder");
  std::vector<Parameter> decoder = parameters(gradient.decoder, "decoder");
  list.insert(list.end(), std::make_move_iterator(decoder.begin()), std::make_move_iterator(decoder.end()));
  return list;
}

namespace {

// The terms for the posterior in s.posterior; sets s.dlogits to weight * dreconstruction/dlogits if `with_gradient`.
ElboSums elbo_sums(const Model& model, const Matrix& target, const Matrix& eps, Scalar weight, bool with_gradient,
                   ObjectiveScratch& s) {
  const bool variational = model.spec.variational;
  const Posterior& q = s.posterior;
  if (variational)
    reparameterize(q.mu, q.logvar, eps, s.z);
  else
    s.z = q.mu;
  const Matrix& logits = decode_logits(model, s.z, s.decoder);

  ElboSums sums;
  sums.images = static_cast<double>(target.rows());
  sums.reconstruction =
      find_likelihood(model.spec.likelihood)
          ->reconstruction(logits, target, model.spec.image, weight, with_gradient ? &s.dlogits : nullptr);
  if (variational) sums.kl = kl_divergence(q.mu, q.logvar);
  return sums;
}

}  // namespace

ElboSums evaluate_encoded(const Model& model, const Matrix& target, const Matrix& eps, ObjectiveScratch& s) {
  return elbo_sums(model, target, eps, 1, false, s);
}

ElboSums evaluate(const Model& model, const Matrix& x, const Matrix& target, const Matrix& eps, Scalar beta,
                  Scalar weight, Gradient* grad, ObjectiveScratch& s) {
  const bool variational = model.spec.variational;
  encode(model, x, s.encoder, s.posterior);
  const Posterior& q = s.posterior;
  const ElboSums sums = elbo_sums(model, target, eps, weight, grad != nullptr, s);
  if (!grad) return sums;

  const Matrix& dz = *backward(model.decoder, s.z, s.dlogits, s.decoder, grad->decoder, true);
  if (variational) {
    s.dmu.setZero(dz.rows(), dz.cols());
    s.dlogvar.setZero(dz.rows(), dz.cols());
    reparameterize_backward(q.logvar, eps, dz, s.dmu, s.dlogvar);
    kl_divergence_backward(q.mu, q.logvar, weight * beta, s.dmu, s.dlogvar);
    mask_clamped(s.encoder.outputs.back(), model.spec, s.dlogvar);
    s.dcode.resize(dz.rows(), 2 * dz.cols());
    s.dcode << s.dmu, s.dlogvar;
    backward(model.encoder, x, s.dcode, s.encoder, grad->encoder, false);
  } else {
    backward(model.encoder, x, dz, s.encoder, grad->encoder, false);
  }
  return sums;
}

ElboSums evaluate(const Model& model, const Matrix& x, const Matrix& eps, Scalar beta, Scalar weight, Gradient* grad,
                  ObjectiveScratch& s) {
  return evaluate(model, x, x, eps, beta, weight, grad, s);
}

}  // namespace loom
